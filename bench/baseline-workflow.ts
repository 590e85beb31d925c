import { condition, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow';

/** Does nothing. */
export const touch = defineUpdate<void>('touch');
/** Writes one row through a local activity. */
export const write = defineUpdate<void, [string]>('write');
export const finish = defineUpdate<void>('finish');

const { writeRow } = proxyLocalActivities<{ writeRow(text: string): Promise<void> }>({ startToCloseTimeout: '10s' });

/** The least that a durable case could be: what the figures of the real one are held against. */
export async function bare(): Promise<void> {
  let isFinished = false;
  setHandler(touch, () => undefined);
  setHandler(write, (text) => writeRow(text));
  setHandler(finish, () => {
    isFinished = true;
  });
  await condition(() => isFinished);
}
