import { expect, test } from '@jest/globals';
import { monthLater, monthsFrom, monthsIn, queryOf, viewIn } from './asked.ts';

const today = '2026-11-25';
const address = (text: string) => new URLSearchParams(text);

test('months of the address are asked for as the instants of the bureau between which they lie', () => {
  expect(Object.fromEntries(queryOf('timeliness', address('from=2026-11&to=2026-12&unit=u-1&process=appeal'), today))).toEqual({
    unit: 'u-1',
    process: 'appeal',
    from: '2026-11-01T00:00:00+08:00',
    to: '2027-01-01T00:00:00+08:00',
  });
});

test('a view is not asked for what it does not have: what is open now has no months, and appeals are one process', () => {
  expect(queryOf('overview', address('from=2026-11&to=2026-12&process=appeal'), today).toString()).toBe('process=appeal');
  expect(queryOf('appeals', address('process=clue&unit=u-1'), today).toString()).toBe('unit=u-1');
});

test('a trend goes back twice as far as it is shown, so that there is something to compare it with', () => {
  const from = (text: string) => queryOf('trend', address(text), today).get('from');
  expect(from('from=2026-02&to=2026-04')).toBe('2025-11-01T00:00:00+08:00');
  expect(from('grain=month')).toBe('2024-12-01T00:00:00+08:00');
  expect(from('grain=week')).toBe('2026-06-17T00:00:00+08:00');
});

test.each(['from=2026-11', 'from=2026-12&to=2026-11', 'from=2026-13&to=2027-01', 'from=today&to=tomorrow'])('%s is no period', (text) => {
  expect(monthsIn(address(text))).toBeNull();
});

test('a view that is not the reader’s is their first instead', () => {
  expect(viewIn(address('view=bars'), ['overview', 'trend'])).toBe('overview');
  expect(viewIn(address('view=trend'), ['overview', 'trend'])).toBe('trend');
});

test('months are counted across years', () => {
  expect(monthLater('2026-11', 3)).toBe('2027-02');
  expect(monthLater('2026-02', -3)).toBe('2025-11');
  expect(monthsFrom('2025-11', '2026-02')).toBe(4);
});
