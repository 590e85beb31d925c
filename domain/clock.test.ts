import { test as check, fc } from '@fast-check/jest';
import { officialCalendar } from './calendar.ts';
import { after, before, dueAt, explainDue, extendedDue, reckonedDue } from './clock.ts';
import { type Duration, plainMs } from './duration.ts';
import { Instant, PlainDate } from './ids.ts';

const china = officialCalendar({ timeZone: 'Asia/Shanghai', overrides: { '2026-03-02': { working: false, name: '局庆' } } });
const hour = 3_600_000;

const instant = fc
  .integer({ min: Date.parse('2005-03-01') / 60_000, max: Date.parse('2025-06-30') / 60_000 })
  .map((minute) => instantAt(minute * 60_000));
const workingDays = fc.integer({ min: 1, max: 250 });
const workingHours = fc.integer({ min: 1, max: 60 * 20 }).map((minutes) => ({ workingHours: minutes / 60 }));
const limit: fc.Arbitrary<Duration> = fc.oneof(
  workingDays.map((n) => ({ workingDays: n })),
  workingHours,
  fc.integer({ min: 1, max: 400 }).map((n) => ({ days: n })),
  fc.integer({ min: 1, max: 5_000 }).map((n) => ({ minutes: n })),
  fc.record({ workingDays: fc.integer({ min: 1, max: 30 }), hours: fc.integer({ min: 1, max: 30 }) }),
);

describe('working days', () => {
  test.each([
    ['an ordinary week', '2026-11-23T10:00+08:00', 5, '2026-12-01T00:00+08:00'],
    ['one day from Friday ends on Monday', '2026-11-27T16:00+08:00', 1, '2026-12-01T00:00+08:00'],
    ['across National Day, with the make-up Saturday 10 October', '2026-09-30T09:00+08:00', 3, '2026-10-11T00:00+08:00'],
    ['across Spring Festival, from the make-up Saturday 14 February', '2026-02-14T09:00+08:00', 4, '2026-02-28T00:00+08:00'],
    ['over the bureau’s own holiday on 2 March', '2026-02-28T09:00+08:00', 1, '2026-03-04T00:00+08:00'],
    ['begun on a day off', '2026-10-03T23:59+08:00', 1, '2026-10-09T00:00+08:00'],
    ['just before midnight and just after', '2026-11-23T23:59:59.999+08:00', 1, '2026-11-25T00:00+08:00'],
    ['at midnight the new day is the day of the start', '2026-11-24T00:00+08:00', 1, '2026-11-26T00:00+08:00'],
  ])('%s', (_, from, days, due) => {
    expect(dueAt(instantFrom(from), { workingDays: days }, china)).toBe(instantFrom(due));
  });

  check.prop([instant, workingDays])('a limit ends at 24:00 of a working day and spans exactly its days', (from, days) => {
    const due = dueAt(from, { workingDays: days }, china);
    const lastDay = shanghaiDay(Date.parse(due) - 1);
    expect(shanghaiDay(due)).not.toBe(lastDay); // the next millisecond is the next day
    expect(china.isWorkingDay(lastDay)).toBe(true);
    expect(workingDaysAfter(shanghaiDay(from), lastDay)).toBe(days);
  });

  test('half a working day is half of the hours of duty', () => {
    expect(dueAt(instantFrom('2026-11-24T08:30+08:00'), { workingDays: 0.5 }, china)).toBe(instantFrom('2026-11-24T12:00+08:00'));
    expect(dueAt(instantFrom('2026-11-24T08:30+08:00'), { workingDays: 1.5 }, china)).toBe(instantFrom('2026-11-26T12:00+08:00'));
  });
});

describe('working hours', () => {
  test.each([
    ['inside one stretch', '2026-11-24T09:00+08:00', 2, '2026-11-24T11:00+08:00'],
    ['over the midday break', '2026-11-24T11:00+08:00', 2, '2026-11-24T15:00+08:00'],
    ['to the very end of a stretch', '2026-11-24T09:00+08:00', 3, '2026-11-24T12:00+08:00'],
    ['over night and weekend', '2026-11-27T17:00+08:00', 1, '2026-11-30T09:00+08:00'],
    ['over National Day', '2026-09-30T16:30+08:00', 2, '2026-10-08T09:30+08:00'],
    ['begun on a day off', '2026-10-04T12:00+08:00', 1, '2026-10-08T09:30+08:00'],
  ])('%s', (_, from, hours, due) => {
    expect(dueAt(instantFrom(from), { workingHours: hours }, china)).toBe(instantFrom(due));
  });

  check.prop([instant, workingHours])('they end in duty and count every minute of duty, no other', (from, amount) => {
    const due = dueAt(from, amount, china);
    expect(isDutyMinute(Date.parse(due) - 60_000)).toBe(true);
    expect(dutyMinutes(from, due)).toBe(Math.round(amount.workingHours * 60));
  });
});

describe('plain time', () => {
  check.prop([instant, fc.record({ days: fc.nat(400), hours: fc.nat(100), minutes: fc.nat(100), seconds: fc.nat(100) })])(
    'is exact',
    (from, amount) => {
      const { days, hours, minutes, seconds } = amount;
      expect(Date.parse(dueAt(from, amount, china)) - Date.parse(from)).toBe(
        ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000,
      );
    },
  );

  test('a day is 24 hours, also when clocks change', () => {
    const newYork = officialCalendar({ timeZone: 'America/New_York' });
    expect(dueAt(instantFrom('2026-10-31T12:00-04:00'), { days: 1 }, newYork)).toBe(instantFrom('2026-11-01T11:00-05:00'));
  });

  test('several units are added with the largest first', () => {
    expect(dueAt(instantFrom('2026-11-23T10:00+08:00'), { hours: 2, workingDays: 1, days: 1 }, china)).toBe(
      instantFrom('2026-11-26T02:00+08:00'),
    );
  });
});

describe('laws of every limit', () => {
  check.prop([instant, fc.nat(60 * 24 * 20), limit])('who starts later is due no earlier', (from, minutes, amount) => {
    const later = instantAt(Date.parse(from) + minutes * 60_000);
    expect(Date.parse(dueAt(later, amount, china))).toBeGreaterThanOrEqual(Date.parse(dueAt(from, amount, china)));
  });

  check.prop([instant, limit, fc.double({ min: 1, max: 2, noNaN: true })])('a longer limit is due no earlier', (from, amount, factor) => {
    const longer = Object.fromEntries(Object.entries(amount).map(([unit, value]) => [unit, value === undefined ? value : value * factor]));
    expect(Date.parse(dueAt(from, longer, china))).toBeGreaterThanOrEqual(Date.parse(dueAt(from, amount, china)));
  });

  check.prop([instant, limit])('every limit leads forward', (from, amount) => {
    expect(Date.parse(dueAt(from, amount, china))).toBeGreaterThan(Date.parse(from));
  });

  check.prop([instant, limit])('with 86,400 a day passes in a second, working or not', (from, amount) => {
    expect(Date.parse(dueAt(from, amount, china, 86_400)) - Date.parse(from)).toBe(Math.round(plainMs(amount) / 86_400));
    expect(Date.parse(dueAt(from, { workingDays: 1 }, china, 86_400)) - Date.parse(from)).toBe(1_000);
  });
});

describe('before and after a due date', () => {
  test.each([
    ['4 working hours before 24:00', '2026-11-25T00:00+08:00', { workingHours: 4 }, '2026-11-24T11:30+08:00'],
    ['4 working hours before the morning', '2026-11-24T09:00+08:00', { workingHours: 4 }, '2026-11-23T14:00+08:00'],
    ['1 working day before 24:00 stays 24:00', '2026-12-01T00:00+08:00', { workingDays: 1 }, '2026-11-28T00:00+08:00'],
    ['1 working day before 15:00 is 15:00', '2026-11-25T15:00+08:00', { workingDays: 1 }, '2026-11-24T15:00+08:00'],
    ['1 working day before a Sunday counts from Friday’s end', '2026-11-29T15:00+08:00', { workingDays: 1 }, '2026-11-27T00:00+08:00'],
    ['30 minutes', '2026-11-25T00:00+08:00', { minutes: 30 }, '2026-11-24T23:30+08:00'],
  ])('%s', (_, due, by, at) => {
    expect(before(instantFrom(due), by, china)).toBe(instantFrom(at));
  });

  check.prop([instant, workingDays, fc.integer({ min: 1, max: 40 })])('working days there and back', (from, days, by) => {
    const due = dueAt(from, { workingDays: days }, china);
    expect(before(after(due, { workingDays: by }, china), { workingDays: by }, china)).toBe(due);
    if (by < days) expect(after(before(due, { workingDays: by }, china), { workingDays: by }, china)).toBe(due);
  });

  test('so many minutes of duty before the end of a day lead back to the end of that day', () => {
    const by = { workingHours: 962 / 60 };
    const due = instantAt(Date.parse('2005-03-01T09:30:00Z'));
    expect(after(before(due, by, china), by, china)).toBe(due);
  });

  check.prop([instant, workingHours, workingHours])('working hours there and back, from an instant in duty', (from, amount, by) => {
    const due = dueAt(from, amount, china);
    expect(after(before(due, by, china), by, china)).toBe(due);
  });

  check.prop([instant, fc.record({ days: fc.nat(50), minutes: fc.nat(5_000) })])('plain time there and back', (at, by) => {
    expect(before(after(at, by, china), by, china)).toBe(at);
  });

  check.prop([instant, fc.nat(60 * 24 * 10), limit])('before keeps the order', (at, minutes, by) => {
    const later = instantAt(Date.parse(at) + minutes * 60_000);
    expect(Date.parse(before(later, by, china))).toBeGreaterThanOrEqual(Date.parse(before(at, by, china)));
    expect(Date.parse(before(at, by, china))).toBeLessThanOrEqual(Date.parse(at));
  });

  check.prop([instant, limit])('at a time scale they are plain fractions', (at, by) => {
    expect(Date.parse(at) - Date.parse(before(at, by, china, 1_000))).toBe(-Math.round(-plainMs(by) / 1_000));
  });
});

describe('extension', () => {
  check.prop([instant, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 })])(
    'days granted are added to the days there were',
    (from, days, granted) => {
      const due = dueAt(from, { workingDays: days }, china);
      expect(extendedDue(due, { workingDays: granted }, china)).toBe(dueAt(from, { workingDays: days + granted }, china));
    },
  );

  check.prop([instant, limit, limit])('an extension never takes time away', (from, amount, granted) => {
    const due = dueAt(from, amount, china);
    expect(Date.parse(extendedDue(due, granted, china))).toBeGreaterThan(Date.parse(due));
  });
});

describe('explaining a due date', () => {
  test('day by day, with the names of the days that do not count', () => {
    const shown = explainDue(instantFrom('2026-09-30T09:00+08:00'), { workingDays: 3 }, china);
    expect(shown.map(({ date, working, counts }) => [date.slice(5), working, counts])).toEqual([
      ['09-30', true, null],
      ...['10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07'].map((date) => [date, false, null]),
      ['10-08', true, 1],
      ['10-09', true, 2],
      ['10-10', true, 3],
    ]);
    expect(shown[1]?.name).toEqual({ zh: '国庆节', en: 'National Day' });
    expect(shown.at(-1)?.name).toEqual({ zh: '国庆节调休上班', en: 'Make-up working day for National Day' });
  });

  test('working hours add up over the days, plain days count whole', () => {
    expect(explainDue(instantFrom('2026-11-27T16:00+08:00'), { workingHours: 4 }, china).map(({ counts }) => counts)).toEqual([
      1.5,
      null,
      null,
      4,
    ]);
    expect(explainDue(instantFrom('2026-11-27T16:00+08:00'), { days: 2 }, china).map(({ counts }) => counts)).toEqual([null, 1, 2]);
    expect(explainDue(instantFrom('2026-11-27T16:00+08:00'), { hours: 12 }, china).map(({ counts }) => counts)).toEqual([8, 12]);
  });

  test('days of a year without a notice are marked', () => {
    const shown = explainDue(instantFrom('2026-12-30T09:00+08:00'), { workingDays: 2 }, china);
    expect(shown.map(({ date, provisional }) => [date, provisional])).toEqual([
      ['2026-12-30', undefined],
      ['2026-12-31', undefined],
      ['2027-01-01', true],
      ['2027-01-02', true],
      ['2027-01-03', true],
      ['2027-01-04', true],
    ]);
  });

  check.prop([instant, workingDays])('the last day shown is the last day, and as many days count as the limit has', (from, days) => {
    const shown = explainDue(from, { workingDays: days }, china);
    expect(shown.flatMap(({ counts }) => (counts === null ? [] : [counts]))).toEqual(Array.from({ length: days }, (_, index) => index + 1));
    expect(shown.at(-1)?.date).toBe(shanghaiDay(Date.parse(dueAt(from, { workingDays: days }, china)) - 1));
  });
});

test('thirty working days cost microseconds, not milliseconds', () => {
  const from = instantFrom('2026-01-05T09:00+08:00');
  dueAt(from, { workingDays: 30 }, china);
  const begun = performance.now();
  for (let run = 0; run < 1_000; run += 1) dueAt(from, { workingDays: 30 }, china);
  expect(performance.now() - begun).toBeLessThan(200); // measured 6; a busy machine may take longer
});

function instantFrom(text: string): Instant {
  return instantAt(Date.parse(text));
}

function instantAt(ms: number): Instant {
  return Instant.parse(new Date(ms).toISOString());
}

/** Shanghai has been at +08:00 since 1991. */
function shanghaiDay(at: Instant | number): PlainDate {
  return PlainDate.parse(new Date((typeof at === 'number' ? at : Date.parse(at)) + 8 * hour).toISOString().slice(0, 10));
}

function workingDaysAfter(from: PlainDate, to: PlainDate): number {
  let count = 0;
  for (let at = Date.parse(from) + 24 * hour; at <= Date.parse(to); at += 24 * hour) {
    if (china.isWorkingDay(PlainDate.parse(new Date(at).toISOString().slice(0, 10)))) count += 1;
  }
  return count;
}

function isDutyMinute(at: number): boolean {
  const minute = ((at + 8 * hour) / 60_000) % (24 * 60);
  const inHours = (minute >= 510 && minute < 720) || (minute >= 840 && minute < 1050);
  return inHours && china.isWorkingDay(shanghaiDay(at));
}

function dutyMinutes(from: Instant, to: Instant): number {
  let count = 0;
  for (let at = Date.parse(from); at < Date.parse(to); at += 60_000) if (isDutyMinute(at)) count += 1;
  return count;
}

describe('a date that is reckoned anew', () => {
  check.prop([instant, limit])('is the date itself where nothing has moved it', (from, by) => {
    expect(reckonedDue({ from, limit: by, moves: [], calendar: china })).toBe(dueAt(from, by, china));
  });

  check.prop([instant, limit, workingDays])('has every extension that was granted', (from, by, days) => {
    const extension = { workingDays: days };
    const moves = [{ by: extension }];
    expect(reckonedDue({ from, limit: by, moves, calendar: china })).toBe(extendedDue(dueAt(from, by, china), extension, china));
  });
});
