import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { searchAttributes, untilServing, withDeadline } from './temporal.ts';

const ALREADY_THERE = 6;
/** How long Temporal keeps the history of a closed case; the record in the database stays. */
const RETENTION = '90d';
const { INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

/**
 * Makes the client's namespace and its search attributes where they are missing; as often as wanted.
 * @throws ServiceError of the engine; Error when the namespace does not come into use within a minute
 */
export async function prepareNamespace(client: Client): Promise<void> {
  const { namespace } = client.options;
  await unlessThere(client, () =>
    client.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(RETENTION) }),
  );
  if (!(await untilServing(client, 60_000))) throw new Error(`namespace ${namespace} did not come into use`);
  const types = Object.fromEntries(searchAttributes.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD]));
  await unlessThere(client, () => client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes: types }));
}

async function unlessThere(client: Client, make: () => Promise<unknown>): Promise<void> {
  try {
    await withDeadline(client, 30_000, make);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === ALREADY_THERE)) throw error;
  }
}
