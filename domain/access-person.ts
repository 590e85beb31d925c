import { type Decision, grant, type PersonFacts, refuse } from './access-facts.ts';
import { type Actor, holdsAny, leads } from './actor.ts';
import type { Role } from './roles.ts';

/** Who may do what with the file of a person (domain.md §4.6: own data, need to know). */
export const personRules = {
  'person.read': (_actor: Actor, _person: PersonFacts): Decision => grant(),
  'person.appeals': ofOwnFile(['acceptance-desk', 'supervision-desk', 'political-department']),
  /** The no-retaliation mark and other facts with a date: for whoever may decide something adverse. */
  'person.marks': ofOwnFile(['political-department', 'discipline-inspector']),
  /** Whether they can be put forward, and what stands against it. */
  'person.eligibility': ofOwnFile(['political-department', 'discipline-inspector']),
  /** What someone has in open cases; which of them are shown is asked case by case. */
  'person.holdings': ofOwnFile(['administrator', 'political-department', 'supervision-desk']),
  'person.roles': keptByTwo(['administrator', 'political-department']),
  'person.account': keptByTwo(['administrator']),
};

function ofOwnFile(desks: readonly Role[]) {
  return (actor: Actor, person: PersonFacts): Decision =>
    actor.id === person.id || holdsAny(actor, desks) || leads(actor, person.unitPath) ? grant() : refuse('forbidden');
}

// Nobody gives a role to themselves.
function keptByTwo(keepers: readonly Role[]) {
  return (actor: Actor, person: PersonFacts): Decision => {
    if (!holdsAny(actor, keepers)) return refuse('forbidden');
    return actor.id === person.id ? refuse('needs-second-person') : grant();
  };
}
