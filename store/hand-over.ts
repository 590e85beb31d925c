import type { PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { addParticipant, openTasks } from './case-file.ts';
import { type StepDraft, tell } from './step-draft.ts';
import { nameSuccessor } from './succession.ts';

/**
 * 交接: all that someone has in a case goes to another: open tasks, the handler's part, and what the procedure will open for them later. One event.
 * @throws Problem `recused` where the successor is excluded from one of the tasks, `not-now` where there is nothing to hand over, or nobody else to hand it to
 */
export async function handOver(
  draft: StepDraft,
  { from, to, reason }: { readonly from: PersonId; readonly to: PersonId; readonly reason: string },
): Promise<void> {
  const { file, context, step } = draft;
  const tasks = openTasks(file).filter(({ assignee, role }) => assignee === from && role !== 'subject');
  const isHandler = file.handler === from;
  if (from === to || (tasks.length === 0 && !isHandler)) throw new Problem('not-now');
  if (tasks.some(({ excluded }) => excluded.includes(to))) throw new Problem('recused');
  for (const task of tasks) Object.assign(task, { assignee: to, claimedAt: null, isChanged: true });
  if (isHandler) {
    file.handler = to;
    addParticipant(file, to, 'handler');
  }
  await nameSuccessor(context.tx, file.id, { from, to, at: step.at });
  tell(draft, 'handed-over', { from, to, reason, tasks: tasks.map(({ id }) => id), handler: isHandler });
  draft.notices.push({ file, person: to, task: tasks[0]?.id ?? null, kind: 'handed-over' });
}
