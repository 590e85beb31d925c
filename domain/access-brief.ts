import { type Decision, grant, refuse } from './access-facts.ts';
import { type Actor, holdsAny, leaderRoles, leads } from './actor.ts';

/** The unit that a brief is about; null for all that the person answers for. */
export interface BriefFacts {
  readonly unitPath: string | null;
}

/** The supervision desk reads the brief of the whole bureau, a leader that of the own units. */
export const briefRules = {
  'brief.read': (actor: Actor, { unitPath }: BriefFacts): Decision => {
    if (holdsAny(actor, ['supervision-desk'])) return grant();
    const answers = unitPath === null ? holdsAny(actor, leaderRoles) : leads(actor, unitPath);
    return answers ? grant() : refuse('forbidden');
  },
};

/** Paths of the units whose brief someone reads who asks for all; null for the whole bureau. */
export const briefScope = (actor: Actor): readonly string[] | null =>
  holdsAny(actor, ['supervision-desk'])
    ? null
    : actor.roles.filter(({ role }) => leaderRoles.some((leader) => leader === role)).map(({ unitPath }) => unitPath);
