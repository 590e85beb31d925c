import { expect, test } from '@jest/globals';
import { officialCalendar } from './calendar.ts';
import { PlainDate } from './ids.ts';
import { occasionsDue } from './occasions.ts';
import { isOccasion } from './round-period.ts';

const china = officialCalendar({ timeZone: 'Asia/Shanghai' });
const days = { 'spring-festival': '春节', 'police-day': '01-10' };
const due = (on: string) => occasionsDue(days, 15, PlainDate.parse(on), china);

test('a memorial day is due from its lead on, to the day itself, also across the turn of the year', () => {
  expect(due('2024-12-25')).toEqual([]);
  expect(due('2024-12-26')).toEqual(['2025-police-day']);
  expect(due('2025-01-10')).toEqual(['2025-police-day']);
});

test('spring festival is due by the first day of its holiday, and not again by the later ones', () => {
  expect(china.nameOf(PlainDate.parse('2025-01-28'))?.zh).toBe('春节');
  expect(due('2025-01-12')).toEqual([]);
  expect(due('2025-01-13')).toEqual(['2025-spring-festival']);
  expect(due('2025-01-29')).toEqual([]);
});

test('an occasion is told from a period of the calendar by its name', () => {
  expect(['2026', '2026-Q4', '2026-11', '2026-police-day'].map(isOccasion)).toEqual([false, false, false, true]);
});
