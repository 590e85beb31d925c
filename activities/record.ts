import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type CaseNumber, caseOfTask, type TaskId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Ahead, CaseStep, Recorded } from '../domain/step.ts';
import type { Bureau } from '../store/bureau.ts';
import { openTasksOf } from '../store/open-tasks.ts';
import { record } from '../store/record.ts';
import { waitingFor } from '../store/waits.ts';
import { acceptanceOfSpawn } from '../workflows/definitions.ts';
import { answeredSignal, waitEndedSignal } from '../workflows/kit/submission.ts';
import type { ActivityDeps } from './deps.ts';

export type RecordActivities = ReturnType<typeof recordActivities>;

export const recordActivities = ({ bureau, temporal, startSoon }: ActivityDeps) => ({
  /** Writes all changes of one step in one transaction, then starts the cases that it opened and wakes those that waited for this one to close. */
  async record(step: CaseStep): Promise<Recorded | Ahead> {
    const recorded = await record(bureau, step, acceptanceOfSpawn).catch(withoutRetryOfProblems);
    if (!('tasks' in recorded)) return recorded;
    for (const number of recorded.spawned) startSoon(number);
    for (const change of step.changes) {
      if (change.kind === 'answer-task') await answer(temporal, change.task, change.data);
      if (change.kind === 'answer-open')
        for (const task of await openTasksOf(bureau.db, change.case, change.key)) await answer(temporal, task, change.data);
    }
    if (step.changes.some(({ kind }) => kind === 'close')) await wakeThoseWaitingFor(bureau, temporal, step.case);
    return recorded;
  },
});

/** Repeating can't mend a refusal: the workflow task fails, and operators see the case as stuck. */
function withoutRetryOfProblems(error: unknown): never {
  throw error instanceof Problem ? ApplicationFailure.create({ type: error.slug, message: error.slug, nonRetryable: true }) : error;
}

/** A case that has ended meanwhile needs no answer any more. */
async function answer(temporal: Client, task: TaskId, data: unknown): Promise<void> {
  const asking = temporal.workflow.getHandle(caseOfTask(task));
  await asking.signal(answeredSignal, task, data).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}

async function wakeThoseWaitingFor({ db }: Bureau, temporal: Client, number: CaseNumber): Promise<void> {
  for (const waiting of await waitingFor(db, number))
    await temporal.workflow.getHandle(waiting.number).signal(waitEndedSignal, waiting.wait);
}
