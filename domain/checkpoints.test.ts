import { test as check, fc } from '@fast-check/jest';
import { describe, expect, test } from '@jest/globals';
import { officialCalendar } from './calendar.ts';
import {
  type CheckpointClock,
  checkpointAt,
  checkpointsOf,
  nextCheckpoint,
  type Suspension,
  type Tier,
  type TierLimits,
  tiers,
} from './checkpoints.ts';
import type { Duration } from './duration.ts';
import { Instant } from './ids.ts';

const calendar = officialCalendar({ timeZone: 'Asia/Shanghai', overrides: {} });
const hour = 3_600_000;
const minute = 60_000;

const at = (ms: number): Instant => Instant.parse(new Date(ms).toISOString());
const table = (length: (day: Tier) => Duration): TierLimits => ({
  '1': length(1),
  '3': length(3),
  '5': length(5),
  '7': length(7),
  '15': length(15),
  '30': length(30),
});
const inDays = table((days) => ({ days }));
const inWorkingDays = table((workingDays) => ({ workingDays }));

const tier = fc.constantFrom(...tiers);
const issued = fc
  .integer({ min: Date.parse('2024-03-01') / minute, max: Date.parse('2026-10-01') / minute })
  .map((minutes) => at(minutes * minute));
const limits = fc.constantFrom(inDays, inWorkingDays);
/** Suspensions one after the other, hours after the issue. */
const suspensions = (from: Instant): fc.Arbitrary<Suspension[]> =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 })), { maxLength: 3 }).map((gaps) => {
    let clock = Date.parse(from);
    return gaps.map(([wait, length]) => {
      const begins = clock + wait * hour;
      clock = begins + length * hour;
      return { from: at(begins), to: at(clock) };
    });
  });
const clock: fc.Arbitrary<CheckpointClock> = fc
  .tuple(issued, limits)
  .chain(([issuedAt, table]) => suspensions(issuedAt).map((held) => ({ issuedAt, limits: table, suspensions: held, calendar })));

test.each([
  [1, [1]],
  [3, [1, 3]],
  [5, [1, 3, 5]],
  [7, [1, 3, 5, 7]],
  [15, [1, 3, 5, 7, 15]],
  [30, [1, 3, 5, 7, 15, 30]],
] as const)('a tier-%i directive shows something on days %j (domain.md §2)', (of, days) => {
  expect(checkpointsOf(of)).toEqual(days);
});

describe('the checkpoints of a tier', () => {
  const datesOf = (of: Tier, by: CheckpointClock) => checkpointsOf(of).map((day) => Date.parse(checkpointAt(day, by)));

  check.prop([tier, clock])('follow one another, each later than the one before', (of, by) => {
    const dates = datesOf(of, by);
    expect(dates).toEqual([...new Set(dates)].toSorted((a, b) => a - b));
  });

  check.prop([tier, clock])('end with the tier itself, and all others are earlier than the limit', (of, by) => {
    const limit = Date.parse(checkpointAt(of, by));
    const dates = datesOf(of, by);
    expect(dates.at(-1)).toBe(limit);
    expect(dates.slice(0, -1).every((date) => date < limit)).toBe(true);
  });

  test('stay apart when the directive is twice suspended on a last day and resumed on a day off', () => {
    const local = (date: string) => at(Date.parse(`${date}+08:00`));
    const held = [
      { from: local('2024-03-04T00:10'), to: local('2024-03-09T09:10') },
      { from: local('2024-03-11T00:10'), to: local('2024-03-16T00:10') },
    ];
    const dates = datesOf(3, { issuedAt: local('2024-03-01T08:10'), limits: inWorkingDays, suspensions: held, calendar });
    expect(dates).toEqual([local('2024-03-19T00:00'), local('2024-03-21T00:00')].map((date) => Date.parse(date)));
  });

  check.prop([tier, issued])('never lie on a holiday where the bureau counts working days', (of, issuedAt) => {
    for (const date of datesOf(of, { issuedAt, limits: inWorkingDays, calendar })) {
      const lastDay = new Date(date - 1 + 8 * hour).toISOString().slice(0, 10);
      expect(calendar.dayAt(date - 1)).toMatchObject({ date: lastDay, working: true });
      expect(new Date(date + 8 * hour).toISOString()).toMatch(/T00:00:00\.000Z$/);
    }
  });

  check.prop([tier, issued])('are so many times 24 hours after the issue where it counts plain days', (of, issuedAt) => {
    const dates = datesOf(of, { issuedAt, limits: inDays, calendar });
    expect(dates.map((date) => (date - Date.parse(issuedAt)) / (24 * hour))).toEqual(checkpointsOf(of));
  });

  check.prop([tier, clock])('that had passed before a suspension stay where they were, and none moves forward', (of, by) => {
    const { suspensions: held = [], ...free } = by;
    for (const day of checkpointsOf(of)) {
      const before = Date.parse(checkpointAt(day, free));
      const after = Date.parse(checkpointAt(day, by));
      expect(after).toBeGreaterThanOrEqual(before);
      if (held.every(({ from }) => Date.parse(from) >= before)) expect(after).toBe(before);
    }
  });
});

describe('a task is for', () => {
  const issuedAt = at(Date.parse('2026-11-02T09:00+08:00'));
  const by = { issuedAt, limits: inDays, calendar };
  const after = (days: number) => at(Date.parse(issuedAt) + days * 24 * hour);

  test.each([
    ['its own day while that is to come', 0.5, 3],
    ['the next day where its own passed before it opened', 3.5, 5],
    ['the next day at the very instant at which its own ends', 3, 5],
    ['the last day where all have passed', 20, 7],
  ])('%s', (_, opened, day) => {
    expect(nextCheckpoint([3, 5, 7], after(opened), by)).toEqual({ day, dueAt: after(day) });
  });
});
