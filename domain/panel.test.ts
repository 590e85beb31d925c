import { test as check, fc } from '@fast-check/jest';
import { describe, expect, test } from '@jest/globals';
import { needed, type PanelRule, panelVerdict } from './panel.ts';

const rule: fc.Arbitrary<PanelRule> = fc.oneof(
  fc.constantFrom<PanelRule>('all', 'majority', 'one'),
  fc.integer({ min: 1, max: 100 }).map((percent) => ({ ratio: percent / 100 })),
);
const votes = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
const tally = (members: number, cast: readonly boolean[]) => ({
  members,
  for: cast.filter((vote) => vote).length,
  against: cast.filter((vote) => !vote).length,
});

describe('a panel', () => {
  test.each([
    ['all', 3, 3],
    ['majority', 3, 2],
    ['majority', 4, 3],
    ['one', 5, 1],
    [{ ratio: 2 / 3 }, 3, 2],
    [{ ratio: 0.7 }, 10, 7],
    [{ ratio: 0.01 }, 3, 1],
  ] as const)('by the rule %j of %i members needs %i', (by, members, agreed) => {
    expect(needed(by, members)).toBe(agreed);
  });

  test.each([
    ['all', [true, false], 3, 'rejected'],
    ['all', [true, true], 3, null],
    ['majority', [true, true], 4, null],
    ['majority', [true, false, true, false], 4, 'rejected'], // a tie
    ['one', [false, false], 3, null],
    ['one', [false, true], 3, 'carried'],
  ] as const)('by the rule %s after the votes %j of %i members: %s', (by, cast, members, verdict) => {
    expect(panelVerdict(by, tally(members, cast))).toBe(verdict);
  });

  check.prop([rule, votes])('has decided when all have voted, by what was needed', (by, cast) => {
    const { members, for: agreed, against } = tally(cast.length, cast);
    expect(panelVerdict(by, { members, for: agreed, against })).toBe(agreed >= needed(by, members) ? 'carried' : 'rejected');
  });

  check.prop([rule, votes])('never changes a decision by the votes that come after it', (by, cast) => {
    const verdicts = cast.map((_, index) => panelVerdict(by, tally(cast.length, cast.slice(0, index + 1))));
    const first = verdicts.findIndex((verdict) => verdict !== null);
    expect(new Set(verdicts.slice(first)).size).toBe(1);
  });

  check.prop([rule, votes, fc.nat()])('decides the same whatever the order of the votes', (by, cast, shift) => {
    const turned = cast.map((_, index) => cast[(index + shift) % cast.length] ?? false);
    expect(panelVerdict(by, tally(cast.length, turned))).toBe(panelVerdict(by, tally(cast.length, cast)));
  });

  check.prop([rule, votes])('decides no earlier than it is certain: some votes still to come could have led elsewhere', (by, cast) => {
    const open = cast.length + 1;
    const rest = (vote: boolean) => panelVerdict(by, tally(open, [...cast, vote]));
    if (panelVerdict(by, tally(open, cast)) === null) expect(rest(true)).not.toBe(rest(false));
    else expect(rest(true)).toBe(rest(false));
  });
});
