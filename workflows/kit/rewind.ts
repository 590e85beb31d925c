import type { TaskId } from '../../domain/ids.ts';
import type { ChangeKind } from '../../domain/step.ts';
import type { OpenTask, Run } from './run.ts';
import type { Rewinding, Submission } from './submission.ts';

/*
 * 撤回: whoever handed a task on may take it back while nobody has taken up what follows. The case goes back to where it stood before, by taking the causes of its journal again but for
 * the last; the tasks that the submission had opened are cancelled, and the one that it completed is open again. Only a submission that did nothing but hand on can be taken
 * back: nothing that reached someone outside, no other case, no part in this one.
 */

type Recall = Extract<Submission, { action: 'recall' }>;

/** What a step changes that can be taken back. */
const handsOnOnly: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['complete-task', 'open-task', 'stage']);
export const isHandingOn = (kinds: readonly ChangeKind[]): boolean => kinds.every((kind) => handsOnOnly.has(kind));

/** The task that judges the one recalled, where there is one: that is simply called off, and the draft has a new round. */
export const judgeOf = (run: Run, { task }: { readonly task: TaskId }): OpenTask | undefined =>
  [...run.tasks.values()].find(({ judges }) => judges === task);

/** Whether the last thing that happened to the case is this person's submission, and can be taken back. */
export function isRecallable({ journal }: Run, { task, by }: Recall): boolean {
  const last = journal.at(-1);
  if (last?.cause.kind !== 'submission' || !last.handsOn) return false;
  const { submission } = last.cause;
  return submission.action === 'complete' && submission.task === task && submission.by === by;
}

/** The recalled task is open again in a run that was taken back; live and whenever the journal is taken again. */
export function reopenRecalled(run: Run, { task, reason }: Recall, { steps, opened, rounds, stage, gone }: Rewinding): void {
  run.steps = steps;
  run.opened = opened;
  for (const [key, round] of rounds) run.rounds.set(key, round);
  for (const id of gone) run.changes.push({ kind: 'cancel-task', task: id, reason: 'recalled' });
  run.changes.push({ kind: 'reopen-task', task, reason });
  if (stage !== run.stage) run.changes.push({ kind: 'stage', stage: run.stage });
}
