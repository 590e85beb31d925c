import { expect, test } from '@jest/globals';
import type { FigureRow } from '../../contract/figures.ts';
import { growth, halves, pageOver, sumOf } from './compared.ts';

const month = (nth: number, opened: number, confidentiality = 'open'): FigureRow => ({
  key: `2026-0${nth}-01`,
  title: { zh: '', en: '' },
  numbers: {
    opened: {
      value: opened,
      link: `/api/v1/cases?confidentiality=${confidentiality}&unit=u&openedFrom=2026-0${nth}&openedTo=2026-0${nth + 1}`,
    },
  },
});

test('a period is as long as the one that it is compared with', () => {
  const { before, now } = halves([1, 2, 3, 4, 5].map((nth) => month(nth, nth)));
  expect(before.map(({ key }) => key)).toEqual(['2026-02-01', '2026-03-01']);
  expect(now.map(({ key }) => key)).toEqual(['2026-04-01', '2026-05-01']);
  expect([sumOf(now, 'opened'), sumOf(before, 'opened')]).toEqual([9, 5]);
});

test('growth is in whole per cent of what was before, and nothing grows from nothing', () => {
  expect([growth(9, 5), growth(5, 10), growth(0, 4), growth(3, 0)]).toEqual([80, -50, -100, null]);
});

test('the sum of some months leads to the cases of all of them', () => {
  expect(pageOver([month(1, 2), month(2, 0), month(3, 1)], 'opened')).toBe(
    '/cases?confidentiality=open&unit=u&openedFrom=2026-01&openedTo=2026-04',
  );
});

test('where sealed cases counted in some of the months only, no list is the sum', () => {
  expect(pageOver([month(1, 2), month(2, 9, 'open%2Csealed')], 'opened')).toBeNull();
  expect(pageOver([], 'opened')).toBeNull();
});
