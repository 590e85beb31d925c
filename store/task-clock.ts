import { extendedDue, shiftedDue } from '../domain/clock.ts';
import type { Duration } from '../domain/duration.ts';
import type { Instant } from '../domain/ids.ts';
import { ladderInstants } from '../domain/ladder.ts';
import { limitOf } from '../domain/policy.ts';
import type { CaseFile, TaskRow } from './case-file.ts';

/** Lets the task's clock go on with what was left when it was paused. */
export function resumeTask(file: CaseFile, task: TaskRow, at: Instant): void {
  if (!task.pausedAt) return;
  if (task.dueAt) {
    const { policy, calendar } = file.policy;
    const limit = task.limit ?? { seconds: 0 };
    moveDue(
      file,
      task,
      at,
      shiftedDue({ dueAt: task.dueAt, pausedAt: task.pausedAt, resumedAt: at, limit, calendar, timeScale: policy.timeScale }),
    );
  }
  task.pausedAt = null;
}

export function extendTask(file: CaseFile, task: TaskRow, by: Duration, at: Instant): void {
  if (!task.dueAt) return;
  const { policy, calendar } = file.policy;
  moveDue(file, task, at, extendedDue(task.dueAt, by, calendar, policy.timeScale));
}

/** Sets a new due date and climbs towards it anew; rungs that have fired stay in the record. */
function moveDue(file: CaseFile, task: TaskRow, at: Instant, due: Instant): void {
  const { policy, calendar } = file.policy;
  const { rungs } = limitOf(policy, file.process, task.key);
  const fired = task.ladder.filter((rung) => rung.firedAt !== null);
  const instants = ladderInstants({ openedAt: task.openedAt, dueAt: due, rungs, calendar, timeScale: policy.timeScale });
  task.dueAt = due;
  task.ladder = [...fired, ...instants.filter((rung) => Date.parse(rung.at) > Date.parse(at)).map((rung) => ({ ...rung, firedAt: null }))];
  task.isChanged = true;
}
