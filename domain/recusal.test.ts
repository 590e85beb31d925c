import { fc, test as prop } from '@fast-check/jest';
import { PersonId } from './ids.ts';
import { type Duty, excludedFrom, exclusionOf, type Participant } from './recusal.ts';

const id = (name: string) => PersonId.parse(name);
const kin: Readonly<Record<string, string>> = { li: 'cousin', cousin: 'li', han: 'brother', brother: 'han' };
const relativesOf = (person: PersonId) => [kin[person]].filter((name) => name !== undefined).map(id);

const people: Participant[] = (
  [
    ['li', 'appellant'],
    ['rui', 'reported'],
    ['wit', 'witness'],
    ['han', 'handler'],
    ['deng', 'decider'],
    ['gone', 'handler'],
    ['gone', 'recused'],
    ['reader', 'reader'],
    ['told', 'informed'],
    ['asked', 'consulted'],
    ['rev', 'reviewer'],
  ] as const
).map(([name, role]) => ({ person: id(name), role }));

const conflict = { li: 'recused', cousin: 'recused', rui: 'recused', wit: 'recused', gone: 'recused' };

// domain.md §4.1: "Nobody acts in a case in which they are party, reported, relative, or declared conflicted; nor, as decider, in one they handled or
// investigated, nor as reviewer in one they decided."
test.each<[Duty, Record<string, string>]>([
  ['handle', conflict],
  ['inform', conflict],
  ['decide', { ...conflict, han: 'needs-second-person' }],
  ['review', { ...conflict, han: 'needs-second-person', deng: 'needs-second-person' }],
])('from the duty to %s are excluded %j and nobody else', (duty, expected) => {
  const excluded = excludedFrom(duty, people, relativesOf);
  expect(Object.fromEntries(excluded.map(({ person, reason }) => [person, reason]))).toEqual(expected);
  expect(new Set(excluded.map(({ person }) => person)).size).toBe(excluded.length);
});

const anyone = fc.constantFrom('a', 'b', 'c', 'd', 'e').map(id);
const anyDuty = fc.constantFrom<Duty>('handle', 'decide', 'review', 'inform');
const anyParticipant = fc.record({
  person: anyone,
  role: fc.constantFrom<Participant['role']>('appellant', 'witness', 'handler', 'decider', 'reviewer', 'recused', 'reader'),
});

prop.prop([anyDuty, fc.array(anyParticipant, { maxLength: 6 }), fc.array(fc.tuple(anyone, anyone), { maxLength: 3 }), anyone])(
  'asked for one person the answer is the same as in the list of all',
  (duty, participants, pairs, who) => {
    const relatives = (person: PersonId) =>
      pairs.flatMap(([one, other]) => (one === person ? [other] : other === person ? [one] : [])).filter((other) => other !== person);
    const listed = excludedFrom(duty, participants, relatives).find(({ person }) => person === who)?.reason ?? null;
    expect(exclusionOf({ id: who, relatives: relatives(who) }, duty, participants)).toBe(listed);
  },
);
