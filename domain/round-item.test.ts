import { test as check, fc } from '@fast-check/jest';
import { expect, test } from '@jest/globals';
import { coverageRate } from './round-item.ts';

const none = { open: 0, done: 0, struck: 0, missed: 0, cancelled: 0 };

test('whoever was struck out is neither covered nor missing', () => {
  expect(coverageRate({ ...none, done: 3, open: 1 })).toBe(75);
  expect(coverageRate({ ...none, done: 3, struck: 1 })).toBe(100);
  expect(coverageRate({ ...none, struck: 4, cancelled: 2 })).toBeNull();
});

check.prop([fc.nat(5000), fc.nat(5000), fc.nat(5000)])('100 per cent means that nobody is missing', (done, open, missed) => {
  const rate = coverageRate({ ...none, done, open, missed });
  expect(rate === 100).toBe(done > 0 && open + missed === 0);
});
