import { test as check, fc } from '@fast-check/jest';
import { describe, expect, test } from '@jest/globals';
import { type LeaveAccount, type LeaveDates, type LeavePeriod, leaveBalance, leaveDays, meets, noLeave } from './annual-leave.ts';
import { officialCalendar, plainDateOf } from './calendar.ts';
import { PlainDate } from './ids.ts';
import { againstLeave, workingDaysIn } from './leave-request.ts';

const on = (text: string) => PlainDate.parse(text);
const calendar = officialCalendar({ timeZone: 'Asia/Shanghai' });
const none = { schoolHolidays: 0, personalDays: 0, sickMonths: 0 };

describe('条例第三条 days by length of service', () => {
  test.each([
    ['2025-12-01', '2026-11-30', 0],
    ['2025-12-01', '2026-12-01', 5],
    ['2016-06-15', '2026-06-30', 5],
    ['2016-06-15', '2026-07-01', 10], // from the month after
    ['2006-07-01', '2026-06-30', 10],
    ['2006-07-01', '2026-07-01', 15],
    ['2016-02-29', '2026-02-28', 5],
    ['2016-02-29', '2026-03-01', 10],
    ['1990-07-01', '2026-03-01', 15],
  ])('who works since %s has on %s %i days', (since, day, days) => {
    expect(leaveDays(on(since), on(day))).toBe(days);
  });

  const dayNumber = fc.integer({ min: Date.parse('1985-01-01') / 86_400_000, max: Date.parse('2060-12-31') / 86_400_000 });
  check.prop([dayNumber, dayNumber, fc.nat(4000)])(
    'they never become fewer with time, nor more with a later beginning',
    (since, day, more) => {
      const days = leaveDays(plainDateOf(since), plainDateOf(day));
      expect(leaveDays(plainDateOf(since), plainDateOf(day + more))).toBeGreaterThanOrEqual(days);
      expect(leaveDays(plainDateOf(since + more), plainDateOf(day))).toBeLessThanOrEqual(days);
    },
  );

  check.prop([dayNumber, fc.constantFrom([1, 5], [10, 10], [20, 15])])(
    'a step is reached within the month after its year',
    (since, [years, days]) => {
      const [year, month, dayOfMonth] = plainDateOf(since).split('-').map(Number) as [number, number, number];
      const inTime = plainDateOf(Date.UTC(year + years, month, 1) / 86_400_000);
      expect(leaveDays(plainDateOf(since), inTime)).toBe(days);
      const before = plainDateOf(Date.UTC(year + years, month - 1, Math.min(dayOfMonth, 28)) / 86_400_000 - 1);
      expect(leaveDays(plainDateOf(since), before)).toBeLessThan(days as number);
    },
  );
});

describe('条例第四条 who has none in a year', () => {
  const of = (workingSince: string) => ({ year: 2026, workingSince: on(workingSince) });
  test.each([
    ['within the first year of service', '2026-02-01', {}, 'first-year'],
    ['with longer school holidays', '2020-01-01', { schoolHolidays: 6 }, 'school-holidays'],
    ['with school holidays as long', '2020-01-01', { schoolHolidays: 5 }, null],
    ['after 20 days of paid personal leave', '2020-01-01', { personalDays: 20 }, 'personal-leave'],
    ['after 19 of them', '2020-01-01', { personalDays: 19 }, null],
    ['of 1 to 10 years after two months of illness', '2020-01-01', { sickMonths: 2 }, 'sick-leave'],
    ['of 10 to 20 years after two months of illness', '2010-01-01', { sickMonths: 2 }, null],
    ['of 10 to 20 years after three', '2010-01-01', { sickMonths: 3 }, 'sick-leave'],
    ['of 20 years after three', '2000-01-01', { sickMonths: 3 }, null],
    ['of 20 years after four', '2000-01-01', { sickMonths: 4 }, 'sick-leave'],
  ])('%s', (_, since, absences, reason) => {
    expect(noLeave(of(since), { ...none, ...absences })).toBe(reason);
  });
});

describe('条例第三条 holidays and days of rest do not count', () => {
  test.each([
    ['2026-09-28', '2026-10-09', 5], // National Day, 1 to 7 October, with no make-up day in between
    ['2026-10-10', '2026-10-10', 1], // a Saturday that is worked
    ['2026-10-03', '2026-10-04', 0],
    ['2026-03-05', '2026-03-04', 0],
  ])('from %s to %s there are %i days', (from, until, days) => {
    expect(workingDaysIn({ from: on(from), until: on(until) }, calendar)).toBe(days);
  });
});

const account: LeaveAccount = { year: 2026, workingSince: on('2016-06-15'), takenBefore: 2, carriedOver: false, periods: [] };
const asking = (dates: readonly [string, string], more: Partial<LeaveAccount> = {}, today = '2026-02-01') => {
  const of = { ...account, ...more };
  const standing = of.periods.filter(({ state }) => state !== 'planned');
  return againstLeave({ from: on(dates[0]), until: on(dates[1]) }, { account: of, today: on(today), calendar, standing });
};
const period = (from: string, until: string, days: number, state: LeavePeriod['state'] = 'approved') => ({
  from: on(from),
  until: on(until),
  days,
  state,
});

describe('what is asked for', () => {
  test.each([
    ['fits', ['2026-03-02', '2026-03-04'], {}, null],
    ['is more than there is on its first day', ['2026-03-02', '2026-03-05'], {}, 'leave-exceeded'],
    ['fits once ten years of service are over', ['2026-07-06', '2026-07-10'], {}, null],
    ['meets other leave by a day', ['2026-03-04', '2026-03-05'], { periods: [period('2026-03-02', '2026-03-04', 1)] }, 'leave-overlaps'],
    ['meets what was only planned', ['2026-03-04', '2026-03-05'], { periods: [period('2026-03-02', '2026-03-04', 3, 'planned')] }, null],
    ['begins before today', ['2026-01-30', '2026-02-03'], {}, 'leave-outside'],
    ['ends before it begins', ['2026-03-04', '2026-03-02'], {}, 'leave-outside'],
    ['holds no working day', ['2026-03-07', '2026-03-08'], {}, 'leave-outside'],
    ['crosses the year', ['2026-12-31', '2027-01-04'], {}, 'leave-outside'],
    ['crosses the year where it is carried over', ['2026-12-31', '2027-01-04'], { carriedOver: true }, null],
    ['lies in the year after the next', ['2028-01-04', '2028-01-05'], { carriedOver: true }, 'leave-outside'],
  ] as const)('that %s', (_, dates, more, refusal) => {
    expect(asking(dates, more)).toBe(refusal);
  });

  const dates = fc
    .tuple(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 12 }))
    .map(([start, length]): LeaveDates => ({ from: plainDateOf(20_454 + start), until: plainDateOf(20_454 + start + length) }));
  const years = fc.integer({ min: 0, max: 30 }).map((of) => on(`${2026 - of}-05-20`));
  check.prop([years, fc.nat(15), fc.array(dates, { maxLength: 12 })])(
    'whatever is asked for, what is granted never meets and never exceeds what is due by the end of the year',
    (workingSince, takenBefore, asked) => {
      let of: LeaveAccount = { ...account, workingSince, takenBefore, periods: [] };
      for (const each of asked) {
        const refusal = againstLeave(each, { account: of, today: on('2026-01-01'), calendar, standing: of.periods });
        const days = workingDaysIn(each, calendar);
        if (refusal === null) of = { ...of, periods: [...of.periods, { ...each, days, state: 'approved' }] };
      }
      const { entitled, taken, left } = leaveBalance(of);
      if (of.periods.length > 0) expect(taken).toBeLessThanOrEqual(entitled);
      expect(left).toBe(Math.max(0, entitled - taken));
      for (const [index, one] of of.periods.entries()) expect(of.periods.slice(index + 1).some((other) => meets(one, other))).toBe(false);
    },
  );
});
