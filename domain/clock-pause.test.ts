import { test as check, fc } from '@fast-check/jest';
import { officialCalendar } from './calendar.ts';
import { dueAt, extendedDue, shiftedDue } from './clock.ts';
import type { Duration } from './duration.ts';
import { Instant } from './ids.ts';

const calendar = officialCalendar({ timeZone: 'Asia/Shanghai' });
const minute = 60_000;

const instant = fc
  .integer({ min: Date.parse('2005-03-01') / minute, max: Date.parse('2025-06-30') / minute })
  .map((at) => instantAt(at * minute));
const limit: fc.Arbitrary<Duration> = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((n) => ({ workingDays: n })),
  fc.integer({ min: 1, max: 80 }).map((n) => ({ workingHours: n / 2 })),
  fc.integer({ min: 1, max: 90 }).map((n) => ({ days: n })),
  fc.record({ workingDays: fc.integer({ min: 1, max: 10 }), hours: fc.integer({ min: 1, max: 30 }) }),
);
/** When in the course of the limit it was paused, from 0 to just before 1, and for how many minutes. */
const moment = fc.double({ min: 0, max: 0.999, noNaN: true });
const length = fc.integer({ min: 0, max: 60 * 24 * 40 });

describe('working days', () => {
  test.each([
    [
      'paused on Wednesday, resumed a week later on Thursday: two days are left, Friday and Monday',
      '11-25T15:00',
      '12-03T09:00',
      '12-08T00:00',
    ],
    ['resumed on the day of the pause: nothing changes', '11-25T09:00', '11-25T16:00', '11-28T00:00'],
    ['paused over a weekend only: nothing changes', '11-27T15:00', '11-27T23:00', '11-28T00:00'],
    ['paused on the last day: it ends with the day of the resumption', '11-27T15:00', '12-01T09:00', '12-02T00:00'],
    ['paused on the last day, resumed on a Sunday: it ends with Monday', '11-27T15:00', '11-29T09:00', '12-01T00:00'],
    ['paused after it had run out: a pause does not heal', '11-28T09:00', '12-03T09:00', '11-28T00:00'],
  ])('a limit to Friday 27 November, %s', (_, paused, resumed, due) => {
    const shifted = shiftedDue({
      dueAt: at('11-28T00:00'),
      pausedAt: at(paused),
      resumedAt: at(resumed),
      limit: { workingDays: 4 },
      calendar,
    });
    expect(shifted).toBe(at(due));
  });
});

test('of working hours the duty time left runs on', () => {
  const shifted = shiftedDue({
    dueAt: at('11-24T16:00'),
    pausedAt: at('11-24T11:00'),
    resumedAt: at('11-27T17:00'),
    limit: { workingHours: 4 },
    calendar,
  });
  expect(shifted).toBe(at('11-30T11:00')); // 1 h before noon and 2 h after were left: 30 min on Friday, 2.5 h on Monday
});

test('of plain time the time left runs on, to the second', () => {
  const shifted = shiftedDue({
    dueAt: at('11-30T12:00'),
    pausedAt: at('11-24T11:00'),
    resumedAt: at('11-28T03:30'),
    limit: { days: 7 },
    calendar,
  });
  expect(shifted).toBe(at('12-04T04:30'));
});

test('an extended limit that was paused keeps its extension', () => {
  const due = extendedDue(at('11-28T00:00'), { workingDays: 5 }, calendar);
  expect(shiftedDue({ dueAt: due, pausedAt: at('11-26T09:00'), resumedAt: at('11-27T09:00'), limit: { workingDays: 4 }, calendar })).toBe(
    at('12-08T00:00'),
  );
});

describe('laws of every pause', () => {
  check.prop([instant, limit, moment, length])(
    'a pause never shortens, and leaves the due date after the resumption',
    (from, amount, share, minutes) => {
      const { due, paused, resumed } = pausedCase(from, amount, share, minutes);
      const shifted = shiftedDue({ dueAt: due, pausedAt: paused, resumedAt: resumed, limit: amount, calendar });
      expect(Date.parse(shifted)).toBeGreaterThanOrEqual(Date.parse(due));
      expect(Date.parse(shifted)).toBeGreaterThanOrEqual(Date.parse(resumed));
    },
  );

  check.prop([instant, limit, moment])('a pause of no length changes nothing', (from, amount, share) => {
    const { due, paused } = pausedCase(from, amount, share, 0);
    expect(shiftedDue({ dueAt: due, pausedAt: paused, resumedAt: paused, limit: amount, calendar })).toBe(due);
  });

  check.prop([instant, limit, moment, length, length])(
    'a longer pause never leaves an earlier date',
    (from, amount, share, minutes, more) => {
      const shorter = pausedCase(from, amount, share, minutes);
      const longer = pausedCase(from, amount, share, minutes + more);
      const shifted = ({ due, paused, resumed }: typeof shorter) =>
        Date.parse(shiftedDue({ dueAt: due, pausedAt: paused, resumedAt: resumed, limit: amount, calendar }));
      expect(shifted(longer)).toBeGreaterThanOrEqual(shifted(shorter));
    },
  );

  check.prop([instant, fc.integer({ min: 1, max: 60 }), moment, length])(
    'a limit in working days still ends at 24:00 of a working day',
    (from, days, share, minutes) => {
      const { due, paused, resumed } = pausedCase(from, { workingDays: days }, share, minutes);
      const shifted = shiftedDue({ dueAt: due, pausedAt: paused, resumedAt: resumed, limit: { workingDays: days }, calendar });
      const lastDay = calendar.dayAt(Date.parse(shifted) - 1);
      expect(lastDay.working).toBe(true);
      expect(Date.parse(shifted)).toBe(calendar.startOf(lastDay.number + 1));
    },
  );

  check.prop([instant, limit, moment, length])('at a time scale the plain time left runs on', (from, amount, share, minutes) => {
    const due = dueAt(from, amount, calendar, 1_000);
    const paused = instantAt(Math.floor(Date.parse(from) + share * (Date.parse(due) - Date.parse(from))));
    const resumed = instantAt(Date.parse(paused) + minutes);
    const shifted = shiftedDue({ dueAt: due, pausedAt: paused, resumedAt: resumed, limit: amount, calendar, timeScale: 1_000 });
    expect(Date.parse(shifted) - Date.parse(due)).toBe(paused === due ? 0 : minutes);
  });
});

function pausedCase(from: Instant, amount: Duration, share: number, minutes: number) {
  const due = dueAt(from, amount, calendar);
  const paused = instantAt(Math.floor(Date.parse(from) + share * (Date.parse(due) - Date.parse(from))));
  return { due, paused, resumed: instantAt(Date.parse(paused) + minutes * minute) };
}

/** A time of 2026 in Shanghai. */
function at(text: string): Instant {
  return instantAt(Date.parse(`2026-${text}+08:00`));
}

function instantAt(ms: number): Instant {
  return Instant.parse(new Date(ms).toISOString());
}
