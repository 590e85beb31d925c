import { expect, test } from '@jest/globals';
import type { FigureGroup } from '../../contract/figures.ts';
import { barsOf } from './bars.ts';

const text = (word: string) => ({ zh: word, en: word });
const group = (by: string, columns: readonly string[], rows: Readonly<Record<string, readonly number[]>>): FigureGroup => ({
  by,
  title: text(by),
  columns: columns.map((key) => ({ key, title: text(key), of: 'cases' as const })),
  rows: Object.entries(rows).map(([title, values]) => ({
    key: title,
    title: text(title),
    numbers: Object.fromEntries(columns.map((key, at) => [key, { value: values[at] ?? null, link: `/api/v1/cases?key=${title}.${key}` }])),
  })),
});
const drawn = (of: FigureGroup) => barsOf(of)?.bars.map(({ title, parts }) => `${title.zh} ${parts.map(({ value }) => value).join('+')}`);

test('the parts of a bar add up to the whole that the table has, and lead to what they show', () => {
  const appeals = group('process', ['open', 'overdue'], { appeal: [7, 2], clue: [9, 0] });
  expect(drawn(appeals)).toEqual(['clue 9+0', 'appeal 5+2']);
  expect(barsOf(appeals)?.bars[1]?.parts.map(({ page }) => page)).toEqual(['/cases?key=appeal.open', '/cases?key=appeal.overdue']);
});

test('the unit that has all the others in it is no bar', () => {
  expect(drawn(group('unit', ['done', 'late'], { city: [9, 3], branch: [4, 1], station: [5, 2] }))).toEqual(['station 3+2', 'branch 3+1']);
});

test('rows with an order of their own keep it, others come by length and no more than can be read', () => {
  expect(drawn(group('score', ['cases', 'share'], { 1: [2, 20], 5: [8, 80] }))).toEqual(['1 2', '5 8']);
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, nth) => [`task-${nth}`, [nth]]));
  expect(drawn(group('task', ['cases'], many))).toEqual(Array.from({ length: 12 }, (_, nth) => `task-${39 - nth} ${39 - nth}`));
});

test('one row, or rows without anything to count, are no chart', () => {
  expect(barsOf(group('process', ['open', 'overdue'], { appeal: [7, 2] }))).toBeNull();
  expect(barsOf(group('unit', ['rate'], { city: [7], branch: [3], station: [2] }))).toBeNull();
});
