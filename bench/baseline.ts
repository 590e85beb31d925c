import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';

export const baselineQueue = 'bench';

/** One start of a workflow that does nothing. @returns its id */
export async function startBare(client: Client): Promise<string> {
  const workflowId = `bare-${randomUUID()}`;
  await client.workflow.start('bare', { workflowId, taskQueue: baselineQueue });
  return workflowId;
}

export const touchBare = (client: Client, id: string): Promise<void> => client.workflow.getHandle(id).executeUpdate<void, []>('touch');

export const writeBare = (client: Client, id: string): Promise<void> =>
  client.workflow.getHandle(id).executeUpdate<void, [string]>('write', { args: ['办理'] });
