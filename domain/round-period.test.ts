import { test as check, fc } from '@fast-check/jest';
import { expect, test } from '@jest/globals';
import { PlainDate } from './ids.ts';
import { nextPeriodOn, periodOn, periodsDue, type Rhythm } from './round-period.ts';

const dayMs = 86_400_000;
const on = (text: string) => PlainDate.parse(text);
const rhythm: fc.Arbitrary<Rhythm> = fc.record({
  every: fc.constantFrom('month', 'quarter', 'year'),
  day: fc.integer({ min: 1, max: 28 }),
});
const dayNumber = fc.integer({ min: Date.parse('2024-01-01') / dayMs, max: Date.parse('2040-12-31') / dayMs });
const dateOf = (day: number) => on(new Date(day * dayMs).toISOString().slice(0, 10));

test.each([
  ['month', 1, '2026-11-01', '2026-11'],
  ['month', 10, '2026-11-09', '2026-10'],
  ['month', 10, '2026-01-09', '2025-12'],
  ['quarter', 5, '2026-10-04', '2026-Q3'],
  ['quarter', 5, '2026-11-04', '2026-Q4'],
  ['quarter', 1, '2026-01-01', '2026-Q1'],
  ['year', 15, '2026-01-14', '2025'],
  ['year', 15, '2026-02-01', '2026'],
] as const)('of a round that opens every %s on day %i, the period on %s is %s', (every, day, date, period) => {
  expect(periodOn({ every, day }, on(date))).toBe(period);
});

test('what an outage left out is opened when the system is back, the earliest first', () => {
  expect(periodsDue({ every: 'month', day: 1 }, '2026-11', on('2027-02-03'))).toEqual(['2026-12', '2027-01', '2027-02']);
});

check.prop([rhythm, dayNumber])('a bureau that never opened a round begins with the current period alone', (of, day) => {
  expect(periodsDue(of, null, dateOf(day))).toEqual([periodOn(of, dateOf(day))]);
});

check.prop([rhythm, dayNumber, fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 8 })])(
  'however rarely it is asked, each period is due once, and the same ones as if it were asked daily',
  (of, start, gaps) => {
    let day = start;
    const opened = periodsDue(of, null, dateOf(day));
    for (const gap of gaps) {
      day += gap;
      opened.push(...periodsDue(of, opened.at(-1) ?? null, dateOf(day)));
    }
    const daily = new Set(Array.from({ length: day - start + 1 }, (_, index) => periodOn(of, dateOf(start + index))));
    expect(opened).toEqual([...daily]);
    expect(opened).toEqual(opened.toSorted());
  },
);

check.prop([rhythm, dayNumber])('the next period is the one that follows on the last day of the one in hand', (of, day) => {
  const period = periodOn(of, dateOf(day));
  const first = Array.from({ length: 800 }, (_, later) => periodOn(of, dateOf(day + later))).find((each) => each !== period);
  expect(nextPeriodOn(of, dateOf(day))).toBe(first);
});
