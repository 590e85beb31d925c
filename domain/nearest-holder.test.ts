import { PersonId, UnitId } from './ids.ts';
import { type HolderAt, nearestHolders } from './nearest-holder.ts';
import type { Role } from './roles.ts';

const at = (role: Role, unit: string, distance: number, ...people: string[]): HolderAt[] =>
  people.map((person) => ({ role, unit: UnitId.parse(unit), distance, person: PersonId.parse(person) }));

const found = [
  ...at('reviewer', 'city', 2, 'zoe', 'yan'),
  ...at('reviewer', 'branch', 1, 'xu'),
  ...at('unit-leader', 'station', 0, 'lead'),
  ...at('unit-leader', 'branch', 1, 'upper'),
  ...at('deputy-leader', 'station', 0, 'deputy'),
  ...at('bureau-leader', 'city', 2, 'chief'),
  ...at('supervision-desk', 'city', 2, 'super'),
];

const ask = (role: Role, ...excluded: string[]) => {
  const wanted = { role, unit: UnitId.parse('station'), excluded: excluded.map((name) => PersonId.parse(name)) };
  const { role: by, unit, holders } = nearestHolders(wanted, found);
  return `${by}@${unit}: ${holders.join(' ')}`;
};

test.each([
  ['the nearest unit upward counts', ask('reviewer'), 'reviewer@branch: xu'],
  ['a unit whose only holder is excluded is passed over', ask('reviewer', 'xu'), 'reviewer@city: yan zoe'],
  ['of several holders in a unit only the eligible are left', ask('reviewer', 'xu', 'zoe'), 'reviewer@city: yan'],
  ['the same role further up comes before another role here', ask('unit-leader', 'lead'), 'unit-leader@branch: upper'],
  ['without an eligible holder a leader does it', ask('reviewer', 'xu', 'yan', 'zoe'), 'unit-leader@station: lead'],
  ['without a leader a deputy', ask('inspector', 'lead', 'upper'), 'deputy-leader@station: deputy'],
  ['without a deputy the bureau leader', ask('inspector', 'lead', 'upper', 'deputy'), 'bureau-leader@city: chief'],
  ['and at last the supervision desk', ask('inspector', 'lead', 'upper', 'deputy', 'chief'), 'supervision-desk@city: super'],
  [
    'a role that nobody can do waits where it was asked',
    ask('inspector', 'lead', 'upper', 'deputy', 'chief', 'super'),
    'inspector@station: ',
  ],
])('%s', (_rule, answer, expected) => {
  expect(answer).toBe(expected);
});
