import { z } from 'zod';
import type { Calendar } from './calendar.ts';
import { dueAt, shiftedDue } from './clock.ts';
import { Duration } from './duration.ts';
import type { Instant } from './ids.ts';

/** The tiers of supervision, in days. @source domain.md §2 "Supervision tiers" */
export const tiers = [1, 3, 5, 7, 15, 30] as const;
export type Tier = (typeof tiers)[number];

/** The tier that a form states as text. @throws Error for any other number */
export function tierOf(stated: `${Tier}`): Tier {
  const tier = tiers.find((each) => String(each) === stated);
  if (tier === undefined) throw new Error(`there is no tier ${stated}`);
  return tier;
}

/** How long each day of the sequence is in the policy: `{days: 3}`, or `{workingDays: 3}` where a bureau counts its tiers in working days. */
export const TierLimits = z.record(z.enum(tiers.map(String) as [`${Tier}`, ...`${Tier}`[]]), Duration);
export type TierLimits = z.output<typeof TierLimits>;

/** The days of a tier on which something must be shown; the last is the tier itself. `checkpointsOf(15)` is 1, 3, 5, 7, 15. */
export const checkpointsOf = (tier: Tier): Tier[] => tiers.filter((day) => day <= tier);

/** A time in which nothing was asked of anybody. */
export interface Suspension {
  readonly from: Instant;
  readonly to: Instant;
}

export interface CheckpointClock {
  readonly issuedAt: Instant;
  readonly limits: TierLimits;
  /** In order of time. */
  readonly suspensions?: readonly Suspension[];
  readonly calendar: Calendar;
  readonly timeScale?: number;
}

/**
 * When a day of the sequence ends, counted from the issue of the directive; what a suspension left of it runs on after it.
 * @source domain.md §2 "Supervision tiers"; 3.1 "supervision"
 */
export function checkpointAt(day: Tier, { issuedAt, limits, suspensions = [], calendar, timeScale = 1 }: CheckpointClock): Instant {
  const limit = limits[`${day}`];
  return suspensions.reduce(
    (due, { from, to }) => shiftedDue({ dueAt: due, pausedAt: from, resumedAt: to, limit, calendar, timeScale }),
    dueAt(issuedAt, limit, calendar, timeScale),
  );
}

/**
 * The checkpoint that a task opened at `at` is for: the first of its days that is still to come, so that a delay is climbed once, by the task that caused it, and
 * not again by each that follows; of days that have all passed, the last.
 */
export function nextCheckpoint(
  days: readonly Tier[],
  at: Instant,
  clock: CheckpointClock,
): { readonly day: Tier; readonly dueAt: Instant } {
  const dates = days.map((day) => ({ day, dueAt: checkpointAt(day, clock) }));
  const next = dates.find(({ dueAt: due }) => Date.parse(due) > Date.parse(at)) ?? dates.at(-1);
  if (!next) throw new Error('a task is for at least one checkpoint');
  return next;
}
