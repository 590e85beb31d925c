import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bucketOf, monthOf, quantile, weekOf } from './figures.ts';

const MINUTE_MS = 60_000;
const duration = fc.integer({ min: MINUTE_MS, max: 5 * 365 * 24 * 60 * MINUTE_MS });

const bucketed = (durations: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const ms of durations) counts.set(bucketOf(ms), (counts.get(bucketOf(ms)) ?? 0) + 1);
  return [...counts].map(([bucket, n]) => ({ bucket, n }));
};

describe('a duration', () => {
  test('goes with those that are at most a half doubling longer or shorter', () => {
    fc.assert(
      fc.property(duration, (ms) => {
        expect(bucketOf(ms * Math.SQRT2)).toBe(bucketOf(ms) + 1);
        expect(bucketOf(ms + 1)).toBeGreaterThanOrEqual(bucketOf(ms));
      }),
    );
  });

  test('of no more than a minute is one of no time, and one of a lifetime has its place too', () => {
    expect([bucketOf(0), bucketOf(MINUTE_MS - 1), bucketOf(MINUTE_MS)]).toEqual([0, 0, 1]);
    expect(bucketOf(1e15)).toBe(45);
  });
});

describe('a quantile', () => {
  test('is a true one to within half a doubling', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 300 }), fc.constantFrom(0.5, 0.9), (durations, share) => {
        const sorted = durations.toSorted((one, other) => one - other);
        const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
        const kept = quantile(bucketed(durations), share) ?? 0;
        expect(kept / exact).toBeGreaterThan(Math.SQRT1_2 * 0.999);
        expect(kept / exact).toBeLessThan(Math.SQRT2 * 1.001);
      }),
    );
  });

  test('is none where there is nothing', () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(quantile([{ bucket: 3, n: 0 }], 0.5)).toBeNull();
  });
});

test('a week begins on Monday, a month on its first day', () => {
  expect(['2026-11-22', '2026-11-23', '2026-11-29', '2027-01-01'].map(weekOf)).toEqual([
    '2026-11-16',
    '2026-11-23',
    '2026-11-23',
    '2026-12-28',
  ]);
  expect(monthOf('2026-11-25')).toBe('2026-11-01');
});
