import { WorkflowNotFoundError } from '@temporalio/client';
import { caseOfTask, type TaskId } from '../domain/ids.ts';
import { answeredSignal } from '../workflows/kit/submission.ts';
import type { ApiDeps } from './deps.ts';

/** Answers open tasks in the bureau's own name. While the engine is away they stay open, and whoever has them answers by hand. */
export async function answerAsked(
  { temporal, engine, log }: Pick<ApiDeps, 'temporal' | 'log'> & { readonly engine: Pick<ApiDeps['engine'], 'isUp'> },
  tasks: readonly TaskId[],
  data: unknown,
): Promise<void> {
  if (!engine.isUp) return;
  for (const task of tasks)
    await temporal.workflow
      .getHandle(caseOfTask(task))
      .signal(answeredSignal, task, data)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError))
          log.warn({ case: caseOfTask(task), error }, 'a task that waits could not be answered');
      });
}
