import { z } from 'zod';
import { nextCheckpoint, type Suspension, TierLimits } from '../domain/checkpoints.ts';
import { dueAt, extendedDue, mayExtend, reckonedDue, shiftedDue } from '../domain/clock.ts';
import { Duration } from '../domain/duration.ts';
import type { Instant } from '../domain/ids.ts';
import { type LadderInstant, ladderInstants } from '../domain/ladder.ts';
import { limitOf, settingsOf } from '../domain/policy.ts';
import { Problem } from '../domain/problems.ts';
import type { TaskOpening } from '../domain/step.ts';
import { type CaseFile, suspendedSince, type TaskRow } from './case-file.ts';

type Clock = Pick<TaskRow, 'limit' | 'clockFrom' | 'moves' | 'checkpoint' | 'dueAt' | 'pausedAt' | 'ladder' | 'urgent'>;
type Dated = Omit<Clock, 'ladder' | 'urgent'>;
type Opening = Pick<TaskOpening, 'key' | 'limit' | 'since' | 'dueAt' | 'continues' | 'keepsDateOf' | 'checkpoints'>;

/** Until when a task that opens now is to be done, and what happens on the way. In a suspended case its clock stands still from the start. */
export function clockOf(file: CaseFile, opening: Opening, at: Instant): Clock {
  const { policy, calendar } = file.policy;
  const { rungs, urgent } = limitOf(policy, file.process, opening.key);
  const clock = { ...dateOf(file, opening, at), urgent };
  if (!clock.dueAt) return { ...clock, pausedAt: null, ladder: [] };
  const instants = ladderInstants({ openedAt: at, dueAt: clock.dueAt, rungs, calendar, timeScale: policy.timeScale });
  return { ...clock, ladder: instants.map((rung) => ({ ...rung, firedAt: null })) };
}

function dateOf(file: CaseFile, opening: Opening, at: Instant): Dated {
  const { policy, calendar } = file.policy;
  const own = { clockFrom: null, moves: [], checkpoint: null, pausedAt: suspendedSince(file) && at };
  const kept = opening.keepsDateOf && file.tasks.get(opening.keepsDateOf);
  if (kept) return keptDate(file, kept);
  if (opening.checkpoints) return checkpointOf(file, opening.checkpoints, at);
  const continued = opening.continues && continuedDate(file, file.tasks.get(opening.continues), at);
  if (continued) return { ...own, ...continued };
  if (opening.dueAt) return { ...own, limit: null, dueAt: opening.dueAt };
  const { limit } = limitOf(policy, file.process, opening.key, opening.limit);
  const { since = null } = opening;
  return { ...own, limit, clockFrom: since, dueAt: limit && dueAt(since ?? at, limit, calendar, policy.timeScale) };
}

/** A limit that began with the case has stood still as long as the case has. */
function checkpointOf(file: CaseFile, days: NonNullable<Opening['checkpoints']>, at: Instant): Dated {
  const { policy, calendar } = file.policy;
  const { tiers: limits } = settingsOf(policy, file.process, z.object({ tiers: TierLimits }));
  const moves = pastSuspensions(file);
  const clock = { issuedAt: file.openedAt, limits, suspensions: moves, calendar, timeScale: policy.timeScale };
  const { day, dueAt: due } = nextCheckpoint(days, suspendedSince(file) ?? at, clock);
  return { limit: limits[`${day}`], dueAt: due, clockFrom: file.openedAt, moves, checkpoint: day, pausedAt: suspendedSince(file) };
}

const pastSuspensions = ({ suspensions }: CaseFile): Suspension[] =>
  suspensions.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));

/** The date of the earlier round, moved only by what has been suspended since it closed. */
function keptDate(file: CaseFile, { dueAt: due, closedAt, limit, clockFrom, openedAt, moves, checkpoint }: TaskRow): Dated {
  const since = pastSuspensions(file).filter(({ to }) => closedAt !== null && Date.parse(to) > Date.parse(closedAt));
  const moved = since.reduce((date, { from, to }) => date && shifted(file, { dueAt: date, limit }, { from, to }), due);
  return {
    limit,
    dueAt: moved,
    clockFrom: clockFrom ?? openedAt,
    moves: [...moves, ...since],
    checkpoint,
    pausedAt: suspendedSince(file),
  };
}

/** What was left of the earlier round's time when it closed goes on now. */
function continuedDate(
  file: CaseFile,
  earlier: TaskRow | undefined,
  at: Instant,
): Pick<Clock, 'limit' | 'dueAt' | 'clockFrom' | 'moves'> | null {
  if (!earlier?.dueAt || !earlier.closedAt || !earlier.limit) return null;
  const pause = { from: earlier.closedAt, to: at };
  return {
    limit: earlier.limit,
    dueAt: shifted(file, { dueAt: earlier.dueAt, limit: earlier.limit }, pause),
    clockFrom: earlier.clockFrom ?? earlier.openedAt,
    moves: [...earlier.moves, pause],
  };
}

function shifted(file: CaseFile, { dueAt: due, limit }: { dueAt: Instant; limit: Duration | null }, { from, to }: Suspension): Instant {
  const { policy, calendar } = file.policy;
  return shiftedDue({ dueAt: due, pausedAt: from, resumedAt: to, limit: limit ?? { seconds: 0 }, calendar, timeScale: policy.timeScale });
}

/** Lets the task's clock go on with what was left when it was paused. */
export function resumeTask(file: CaseFile, task: TaskRow, at: Instant): void {
  if (!task.pausedAt) return;
  const pause = { from: task.pausedAt, to: at };
  if (task.dueAt) {
    task.moves = [...task.moves, pause];
    moveDue(file, task, at, shifted(file, { dueAt: task.dueAt, limit: task.limit }, pause));
  }
  task.pausedAt = null;
  task.resumesAt = null;
}

export function extendTask(file: CaseFile, task: TaskRow, by: Duration, at: Instant): void {
  if (!task.dueAt) return;
  const { policy, calendar } = file.policy;
  const { maxExtension } = settingsOf(policy, file.process, z.object({ maxExtension: Duration.optional() }));
  if (!mayExtend(task.moves, by, maxExtension)) throw new Problem('beyond-maximum');
  task.moves = [...task.moves, { by }];
  moveDue(file, task, at, extendedDue(task.dueAt, by, calendar, policy.timeScale));
}

/**
 * The date as the calendar in force has it, which may have changed since it was reckoned: a holiday was declared, a make-up day moved. A date that the procedure gave stays.
 * @returns whether it is another one now
 */
export function recomputeTask(file: CaseFile, task: TaskRow, at: Instant): boolean {
  if (!task.dueAt || !task.limit) return false;
  const { policy, calendar } = file.policy;
  const { limit, moves } = task;
  const due = reckonedDue({ from: task.clockFrom ?? task.openedAt, limit, moves, calendar, timeScale: policy.timeScale });
  if (Date.parse(due) === Date.parse(task.dueAt)) return false;
  moveDue(file, task, at, due);
  return true;
}

/** Sets a new due date and climbs towards it anew. Rungs that have fired stay in the record; one that the new date has passed already comes at once, unless it has been climbed. */
function moveDue(file: CaseFile, task: TaskRow, at: Instant, due: Instant): void {
  const { policy, calendar } = file.policy;
  const { rungs } = limitOf(policy, file.process, task.key);
  const fired = task.ladder.filter((rung) => rung.firedAt !== null);
  const wasClimbed = ({ kind, to, level }: LadderInstant) =>
    fired.some((rung) => rung.kind === kind && rung.to === to && rung.level === level);
  const instants = ladderInstants({ openedAt: at, dueAt: due, rungs, calendar, timeScale: policy.timeScale });
  const left = instants.filter((rung) => Date.parse(rung.at) > Date.parse(at) || !wasClimbed(rung));
  task.dueAt = due;
  task.ladder = [...fired, ...left.map((rung) => ({ ...rung, firedAt: null }))];
  task.isChanged = true;
}
