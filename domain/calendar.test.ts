import { test as check, fc } from '@fast-check/jest';
import { officialCalendar, plainDateOf } from './calendar.ts';
import { PlainDate } from './ids.ts';
import { officialYears } from './official-holidays.ts';
import { Problem } from './problems.ts';
import { zoneClock } from './time-zone.ts';

const day = (text: string) => PlainDate.parse(text);
const china = officialCalendar({ timeZone: 'Asia/Shanghai' });
const nextYear = officialYears.last + 1;

describe('overrides', () => {
  const bureau = officialCalendar({
    timeZone: 'Asia/Shanghai',
    overrides: {
      '2026-03-02': { working: false, name: '局庆' },
      '2026-03-07': { working: true, name: { zh: '大练兵', en: 'Drill' } },
      '2026-02-16': { working: true },
    },
  });

  test('a bureau frees a working day and works on a day off, also against the official table', () => {
    expect(['2026-03-02', '2026-03-07', '2026-02-16', '2026-02-17'].map((text) => bureau.isWorkingDay(day(text)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(china.isWorkingDay(day('2026-03-02'))).toBe(true);
  });

  test('its names are shown; a name in one language serves for both', () => {
    expect(bureau.nameOf(day('2026-03-02'))).toEqual({ zh: '局庆', en: '局庆' });
    expect(bureau.nameOf(day('2026-03-07'))).toEqual({ zh: '大练兵', en: 'Drill' });
    expect(bureau.nameOf(day('2026-03-03'))).toBeUndefined();
  });
});

describe('years without a notice', () => {
  test('the year after the last published one is provisional: weekends and the holidays of the law', () => {
    const numbers = Array.from({ length: 365 }, (_, index) => Date.parse(`${nextYear}-01-01`) / 86_400_000 + index);
    const days = numbers.map((number) => china.day(number));
    expect(days.every(({ provisional }) => provisional)).toBe(true);
    expect(days.filter(({ working, name }) => working && name)).toEqual([]);
    expect(china.isWorkingDay(day(`${nextYear}-10-01`))).toBe(false);
    expect(china.day(Date.parse(`${officialYears.last}-12-31`) / 86_400_000).provisional).toBe(false);
  });

  test.each([`${nextYear + 1}-01-01`, '2003-12-31'])('%s is a gap, and the problem says which day', (text) => {
    const asking = () => china.isWorkingDay(day(text));
    expect(asking).toThrow(Problem);
    expect(asking).toThrow(
      expect.objectContaining({ slug: 'calendar-gap', facts: { detail: expect.objectContaining({ en: expect.stringContaining(text) }) } }),
    );
  });

  test('once a bureau has entered a whole year it is no longer provisional, and the next one opens', () => {
    const imported = officialCalendar({
      timeZone: 'Asia/Shanghai',
      publishedThrough: nextYear,
      overrides: { [`${nextYear}-10-04`]: { working: false } },
    });
    expect(imported.day(Date.parse(`${nextYear}-06-01`) / 86_400_000).provisional).toBe(false);
    expect(imported.day(Date.parse(`${nextYear + 1}-06-01`) / 86_400_000).provisional).toBe(true);
  });

  test('a day that the bureau itself decided is certain', () => {
    const bureau = officialCalendar({ timeZone: 'Asia/Shanghai', overrides: { [`${nextYear}-03-02`]: { working: false } } });
    expect(bureau.day(Date.parse(`${nextYear}-03-02`) / 86_400_000).provisional).toBe(false);
  });
});

describe('the bureau’s zone', () => {
  test('a day begins and ends at midnight there, not in UTC', () => {
    expect(china.dayAt(Date.parse('2026-03-02T15:59:59.999Z')).date).toBe('2026-03-02');
    expect(china.dayAt(Date.parse('2026-03-02T16:00:00Z')).date).toBe('2026-03-03');
  });

  // Clocks go forward at midnight in Cairo, Santiago and Beirut: those days have no 00:00. Lord Howe moves by half an hour, Kathmandu is 5:45 ahead.
  const zones = [
    'Asia/Shanghai',
    'America/New_York',
    'Africa/Cairo',
    'America/Santiago',
    'Asia/Beirut',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'UTC',
  ];
  const number = fc.integer({ min: Date.parse('2004-01-02') / 86_400_000, max: Date.parse('2026-12-30') / 86_400_000 });

  check.prop([fc.constantFrom(...zones), number])('a day starts at the first instant that bears its date', (timeZone, n) => {
    const start = zoneClock(timeZone).instantAt(n, 0);
    const dateAt = (at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
    expect(dateAt(start)).toBe(plainDateOf(n));
    expect(dateAt(start - 1)).toBe(plainDateOf(n - 1));
    expect(zoneClock(timeZone).dayNumberAt(start)).toBe(n);
    expect(zoneClock(timeZone).dayNumberAt(start - 1)).toBe(n - 1);
  });

  check.prop([fc.constantFrom(...zones), number])('duty begins when the clock on the wall shows 08:30, summer or winter', (timeZone, n) => {
    const at = zoneClock(timeZone).instantAt(n, 8 * 60 + 30);
    expect(new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)).toBe(
      `${plainDateOf(n)} 08:30`,
    );
  });

  test('where clocks go forward at midnight the day begins at 01:00', () => {
    const number = Date.parse('2024-04-26') / 86_400_000;
    expect(new Date(zoneClock('Africa/Cairo').instantAt(number, 0)).toISOString()).toBe('2024-04-25T22:00:00.000Z');
    expect(zoneClock('Africa/Cairo').instantAt(number + 1, 0) - zoneClock('Africa/Cairo').instantAt(number, 0)).toBe(23 * 3_600_000);
  });

  test('of an hour that comes twice the first is meant', () => {
    const number = Date.parse('2026-11-01') / 86_400_000;
    expect(new Date(zoneClock('America/New_York').instantAt(number, 90)).toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });
});
