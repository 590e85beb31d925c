import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;
type History = proto.temporal.api.history.v1.IHistory;

/** A workflow's history as plain JSON, and back. The SDK's own conversion wants to be loaded once, which jest and tsx don't grant it. */
export const historyAsJson = (history: History): unknown =>
  History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });

export const historyFromJson = (json: Record<string, unknown>): History => History.fromObject(json);
