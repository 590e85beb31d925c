import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { withDeadline } from './temporal.ts';

/** What the engine says of a workflow: it goes on; it tries to and can't; it has ended, however; there is none of that id. */
export type WorkflowHealth = 'running' | 'failing' | 'ended' | 'missing';

const LOOK_MS = 10_000;
/** A worker that was killed costs one attempt. What fails this often does not mend by itself. */
const ATTEMPTS = 3;

/** Looks at one workflow, not at the engine's lists, which may be stale. @throws ServiceError where the engine does not answer within ten seconds */
export async function healthOf(client: Client, workflowId: string): Promise<WorkflowHealth> {
  try {
    const { status, raw } = await withDeadline(client, LOOK_MS, () => client.workflow.getHandle(workflowId).describe());
    if (status.name !== 'RUNNING') return 'ended';
    const tried = [raw.pendingWorkflowTask, ...(raw.pendingActivities ?? [])].map((pending) => pending?.attempt ?? 0);
    return Math.max(...tried) >= ATTEMPTS ? 'failing' : 'running';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'missing';
    throw error;
  }
}
