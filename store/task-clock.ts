import { z } from 'zod';
import { nextCheckpoint, type Suspension, TierLimits } from '../domain/checkpoints.ts';
import { dueAt, extendedDue, shiftedDue } from '../domain/clock.ts';
import type { Duration } from '../domain/duration.ts';
import type { Instant } from '../domain/ids.ts';
import { ladderInstants } from '../domain/ladder.ts';
import { limitOf, settingsOf } from '../domain/policy.ts';
import type { TaskOpening } from '../domain/step.ts';
import { type CaseFile, suspendedSince, type TaskRow } from './case-file.ts';

type Clock = Pick<TaskRow, 'limit' | 'clockFrom' | 'checkpoint' | 'dueAt' | 'pausedAt' | 'ladder' | 'urgent'>;
type Dated = Omit<Clock, 'pausedAt' | 'ladder' | 'urgent'>;
type Opening = Pick<TaskOpening, 'key' | 'limit' | 'dueAt' | 'continues' | 'keepsDateOf' | 'checkpoints'>;

/** Until when a task that opens now is to be done, and what happens on the way. In a suspended case its clock stands still from the start. */
export function clockOf(file: CaseFile, opening: Opening, at: Instant): Clock {
  const { policy, calendar } = file.policy;
  const { rungs, urgent } = limitOf(policy, file.process, opening.key);
  const clock = { ...dateOf(file, opening, at), urgent };
  if (!clock.dueAt) return { ...clock, pausedAt: null, ladder: [] };
  const since = suspendedSince(file);
  const instants = ladderInstants({ openedAt: at, dueAt: clock.dueAt, rungs, calendar, timeScale: policy.timeScale });
  return {
    ...clock,
    // A limit that began with the case has stood still as long as the case has.
    pausedAt: since && (clock.clockFrom ? since : at),
    ladder: instants.map((rung) => ({ ...rung, firedAt: null })),
  };
}

function dateOf(file: CaseFile, opening: Opening, at: Instant): Dated {
  const { policy, calendar } = file.policy;
  const own = { clockFrom: null, checkpoint: null };
  const earlier = opening.keepsDateOf && file.tasks.get(opening.keepsDateOf);
  if (earlier) return keptDate(file, earlier);
  if (opening.checkpoints) return checkpointOf(file, opening.checkpoints, at);
  const { limit } = limitOf(policy, file.process, opening.key, opening.limit);
  const due = opening.dueAt ?? continuedDue(file, opening, at) ?? (limit && dueAt(at, limit, calendar, policy.timeScale));
  return due ? { ...own, limit, dueAt: due } : { ...own, limit: null, dueAt: null };
}

function checkpointOf(file: CaseFile, days: NonNullable<Opening['checkpoints']>, at: Instant): Dated {
  const { policy, calendar } = file.policy;
  const { tiers: limits } = settingsOf(policy, file.process, z.object({ tiers: TierLimits }));
  const clock = { issuedAt: file.openedAt, limits, suspensions: pastSuspensions(file), calendar, timeScale: policy.timeScale };
  const { day, dueAt: due } = nextCheckpoint(days, suspendedSince(file) ?? at, clock);
  return { limit: limits[`${day}`], dueAt: due, clockFrom: file.openedAt, checkpoint: day };
}

const pastSuspensions = ({ suspensions }: CaseFile): Suspension[] =>
  suspensions.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));

/** The date of the earlier round, moved only by what has been suspended since it closed. */
function keptDate(file: CaseFile, { dueAt: due, closedAt, limit, clockFrom, openedAt, checkpoint }: TaskRow): Dated {
  const { policy, calendar } = file.policy;
  const since = pastSuspensions(file).filter(({ to }) => closedAt !== null && Date.parse(to) > Date.parse(closedAt));
  const moved = since.reduce(
    (date, { from, to }) =>
      date &&
      shiftedDue({ dueAt: date, pausedAt: from, resumedAt: to, limit: limit ?? { seconds: 0 }, calendar, timeScale: policy.timeScale }),
    due,
  );
  return { limit, dueAt: moved, clockFrom: clockFrom ?? openedAt, checkpoint };
}

/** What was left of the earlier round's time when it closed goes on now. */
function continuedDue(file: CaseFile, { continues }: Opening, at: Instant): Instant | null {
  const earlier = continues && file.tasks.get(continues);
  if (!earlier?.dueAt || !earlier.closedAt || !earlier.limit) return null;
  const { policy, calendar } = file.policy;
  return shiftedDue({
    dueAt: earlier.dueAt,
    pausedAt: earlier.closedAt,
    resumedAt: at,
    limit: earlier.limit,
    calendar,
    timeScale: policy.timeScale,
  });
}

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
  task.resumesAt = null;
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
