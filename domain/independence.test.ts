import { test as check, fc } from '@fast-check/jest';
import { expect, test } from '@jest/globals';
import { type Ties, tieTo } from './independence.ts';

const nobody: Ties = { unitPath: '/city/inspection/', relativesPaths: [], hasHandledThere: false };
const station = '/city/branch/station-1/';
const name = fc.constantFrom('a', 'b', 'c');
/** Units of a bureau `/city/`, one to three levels below it. */
const unit = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `/city/${names.join('/')}/`);

test.each([
  ['a member of the unit', { unitPath: station }, 'member'],
  ['a member of a unit below it', { unitPath: '/city/branch/station-1/squad/' }, 'member'],
  ['a member of the unit above it', { unitPath: '/city/branch/' }, 'member'],
  ['a member of the bureau itself, which is above everybody,', { unitPath: '/city/' }, null],
  ['a member of another unit of the same branch', { unitPath: '/city/branch/station-2/' }, null],
  ['a member of a unit whose name begins alike', { unitPath: '/city/branch/station-11/' }, null],
  ['a relative of someone in the unit', { relativesPaths: ['/city/', station] }, 'relative'],
  ['a relative of someone in a unit below it', { relativesPaths: ['/city/branch/station-1/squad/'] }, 'relative'],
  ['a relative of someone above it', { relativesPaths: ['/city/branch/'] }, null],
  ['whoever handled cases of the unit', { hasHandledThere: true }, 'former-handler'],
] as const)('%s is tied to it as %s: %s', (_, ties, tie) => {
  expect(tieTo(station, { ...nobody, ...ties })).toBe(tie);
});

check.prop([unit, unit])('membership ties in both directions: whoever may inspect the other unit may be inspected by it', (one, other) => {
  expect(tieTo(one, { ...nobody, unitPath: other })).toBe(tieTo(other, { ...nobody, unitPath: one }));
});

check.prop([unit, unit, fc.array(unit), fc.boolean()])('a further tie never makes anyone free', (own, inspected, relatives, handled) => {
  const few = { unitPath: own, relativesPaths: [], hasHandledThere: false };
  const more = { unitPath: own, relativesPaths: relatives, hasHandledThere: handled };
  if (tieTo(inspected, few) !== null) expect(tieTo(inspected, more)).not.toBeNull();
});
