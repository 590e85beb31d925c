import { expect, test } from '@jest/globals';
import { caseFilters, filtersIn, queryOf, taskFilters, withoutFilter } from './filters.ts';

const address = (text: string) => new URLSearchParams(text);

test('the filters of an address are shown, and nothing else that stands in it', () => {
  const filters = filtersIn(address('unit=u-1&level=2&colour=red&q='), caseFilters);
  expect(filters.map(({ name }) => name)).toEqual(['unit', 'level']);
});

test('the two ends of a period are one filter, which may lack an end and goes as a whole', () => {
  const asked = address('openedFrom=2026-10-31T16%3A00Z&openedTo=2026-11-30T16%3A00Z&closedTo=2026-12-31T16%3A00Z&state=closed');
  const [state, opened, closed] = filtersIn(asked, caseFilters);
  expect(state).toMatchObject({ kind: 'value', name: 'state', value: 'closed' });
  expect(opened).toMatchObject({ kind: 'period', name: 'opened', from: '2026-10-31T16:00Z', to: '2026-11-30T16:00Z' });
  expect(closed).toMatchObject({ kind: 'period', name: 'closed', from: null });
  const left = withoutFilter(asked, { removes: opened?.removes ?? [] });
  expect(filtersIn(left, caseFilters).map(({ name }) => name)).toEqual(['state', 'closed']);
});

test('a list is asked for what it knows, in the order that was asked for', () => {
  expect(queryOf(address('late=true&overdue=true&sort=-closedAt&show=done&key='), taskFilters).toString()).toBe('late=true&sort=-closedAt');
});
