import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { basicItems, type CheckFacts, checkPackage } from './check-package.ts';
import type { PlainDate } from './ids.ts';

const day = (text: string) => text as PlainDate;
const on = day('2026-06-15');
const facts = fc.record<CheckFacts>({
  sex: fc.constantFrom('male', 'female'),
  bornOn: fc
    .date({ min: new Date('1960-01-01'), max: new Date('2005-12-31'), noInvalidDate: true })
    .map((date) => day(date.toISOString().slice(0, 10))),
  post: fc.constantFrom('frontline', 'shifts', 'exposed', 'desk'),
  rank: fc.constantFrom('constable', 'sergeant', 'superintendent', 'commissioner'),
});

describe('what belongs to a check', () => {
  test('everyone has the basic package, once, and something for the post', () => {
    fc.assert(
      fc.property(facts, (of) => {
        const items = checkPackage(of, on);
        expect(items.slice(0, basicItems.length)).toEqual(basicItems);
        expect(new Set(items).size).toBe(items.length);
        expect(items.length).toBeGreaterThan(basicItems.length);
      }),
    );
  });

  test('whose facts are not known has the basic package', () => {
    expect(checkPackage(undefined, on)).toEqual(basicItems);
  });

  test('nothing is taken away by growing older, or by a higher rank', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 1, max: 30 }), (of, years) => {
        const later = day(`${Number(on.slice(0, 4)) + years}${on.slice(4)}`);
        expect(checkPackage(of, later)).toEqual(expect.arrayContaining([...checkPackage(of, on)]));
        expect(checkPackage({ ...of, rank: 'commissioner' }, on)).toEqual(expect.arrayContaining([...checkPackage(of, on)]));
      }),
    );
  });

  test.each([
    ['1986-06-15', true],
    ['1986-06-16', false],
  ])('of who was born on %s the carotid arteries belong to it: %s', (bornOn, belongs) => {
    const items = checkPackage({ sex: 'male', bornOn: day(bornOn), post: 'desk', rank: 'sergeant' }, on);
    expect(items.includes('carotid')).toBe(belongs);
  });

  test.each([
    [{ sex: 'female', bornOn: day('1980-01-01'), post: 'shifts', rank: 'sergeant' }, ['carotid', 'gynaecology', 'breast', 'sleep']],
    [
      { sex: 'male', bornOn: day('1970-01-01'), post: 'frontline', rank: 'superintendent' },
      ['carotid', 'tumour', 'prostate', 'joints', 'heart'],
    ],
    [{ sex: 'male', bornOn: day('2000-01-01'), post: 'exposed', rank: 'constable' }, ['exposure']],
    [{ sex: 'male', bornOn: day('1990-01-01'), post: 'desk', rank: 'commissioner' }, ['neck', 'heart']],
  ] as const)('%j: %j', (of, added) => {
    expect(checkPackage(of, on)).toEqual([...basicItems, ...added]);
  });
});
