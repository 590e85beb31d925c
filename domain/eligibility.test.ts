import { test as check, fc } from '@fast-check/jest';
import { barDays, promotionBarMonths, reasonsAgainst } from './eligibility.ts';
import { PlainDate } from './ids.ts';
import { monthsAfter } from './months.ts';
import { sanctionIds } from './sanctions.ts';

const on = (day: string) => PlainDate.parse(day);
const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((day) => PlainDate.parse(day.toISOString().slice(0, 10)));

describe('months of the calendar', () => {
  test.each([
    ['2026-11-25', 6, '2027-05-25'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-12-31', 18, '2028-06-30'],
    ['2024-02-29', 24, '2026-02-28'],
    ['2026-01-15', 0, '2026-01-15'],
  ])('%s and %i months is %s', (from, months, expected) => {
    expect(monthsAfter(on(from), months)).toBe(expected);
  });

  const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  check.prop([date, fc.integer({ min: 0, max: 48 })])('the day has the same number, or is the last of a shorter month', (from, months) => {
    const end = monthsAfter(from, months);
    expect(monthOf(end) - monthOf(from)).toBe(months);
    const isLastOfShorterMonth = nextDay(end).endsWith('-01') && end.slice(8) < from.slice(8);
    expect(end.slice(8) === from.slice(8) || isLastOfShorterMonth).toBe(true);
  });
});

describe('how long a sanction bars', () => {
  test.each([
    ['admonition', '2027-05-25'],
    ['warning', '2027-05-25'],
    ['demerit', '2027-11-25'],
    ['major-demerit', '2028-05-25'],
    ['demotion', '2028-11-25'],
    ['removal', '2028-11-25'],
  ] as const)('%s of 25 November 2026 bars promotion until %s', (sanction, until) => {
    expect(barDays('promotion', sanction, on('2026-11-25'))).toEqual({ from: '2026-11-25', until });
  });

  test('honours are barred for the rest of the year, whatever the sanction', () => {
    for (const sanction of sanctionIds)
      expect(barDays('honours', sanction, on('2026-11-25'))).toEqual({ from: '2026-11-25', until: '2026-12-31' });
  });

  test('a heavier sanction never bars for a shorter time', () => {
    const months = sanctionIds.map((sanction) => promotionBarMonths[sanction]);
    expect(months).toEqual([...months].sort((a, b) => a - b));
  });
});

describe('what stands against someone', () => {
  const day = (at: string) => ({ from: Date.parse(`${at}T00:00:00+08:00`), until: Date.parse(`${at}T24:00:00+08:00`) });
  const promotion = { kind: 'promotion' as const, from: day('2026-11-25').from, until: day('2027-05-25').until };
  const suspension = {
    kind: 'suspension' as const,
    from: Date.parse('2026-11-20T09:00:00+08:00'),
    until: Date.parse('2026-12-20T09:00:00+08:00'),
  };
  const against = (purpose: 'honours' | 'promotion', asked: { from: number; until: number }, measuresBar = true) =>
    reasonsAgainst(purpose, [suspension, promotion], { asked, measuresBar }).map(({ kind }) => kind);

  test('a bar holds from its first day to its last, both included', () => {
    expect(against('promotion', day('2026-11-24'), false)).toEqual([]);
    expect(against('promotion', day('2026-11-25'), false)).toEqual(['promotion']);
    expect(against('promotion', day('2027-05-25'), false)).toEqual(['promotion']);
    expect(against('promotion', day('2027-05-26'), false)).toEqual([]);
  });

  test('a bar to promotion is none to honours, and a measure stands against both where policy says so', () => {
    expect(against('honours', day('2026-12-01'))).toEqual(['suspension']);
    expect(against('honours', day('2026-12-01'), false)).toEqual([]);
    expect(against('promotion', day('2026-12-01'))).toEqual(['promotion', 'suspension']);
  });

  test('of today only what is left counts: what ended this morning stands against nobody', () => {
    const rest = { from: Date.parse('2026-12-20T09:00:00+08:00'), until: day('2026-12-20').until };
    expect(against('honours', rest)).toEqual([]);
    expect(against('honours', { ...rest, from: rest.from - 1 })).toEqual(['suspension']);
  });

  check.prop([fc.constantFrom(...sanctionIds), date, fc.integer({ min: -800, max: 800 })])(
    'on every day from the decision to the end of the period, and on no other, a sanction stands against promotion',
    (sanction, decidedOn, shift) => {
      const asked = new Date(Date.parse(decidedOn) + shift * 86_400_000).toISOString().slice(0, 10);
      const { from, until } = barDays('promotion', sanction, decidedOn);
      const bar = { kind: 'promotion' as const, from: day(from).from, until: day(until).until };
      const reasons = reasonsAgainst('promotion', [bar], { asked: day(asked), measuresBar: true });
      expect(reasons.length > 0).toBe(asked >= from && asked <= until);
    },
  );
});
