import { type Decision, grant, refuse } from './access-facts.ts';
import { type Actor, holdsAny, leaderRoles, leads } from './actor.ts';
import type { Role } from './roles.ts';

/** What figures are about: a unit with those below it, or all that the reader answers for. */
export interface FigureFacts {
  readonly unitPath: string | null;
  /** Desks that oversee the processes behind the figures. */
  readonly overseenBy: readonly Role[];
}

/** A desk reads the figures of what it oversees for the whole bureau, a leader those of the own units. */
export const figureRules = {
  'figure.read': (actor: Actor, { unitPath, overseenBy }: FigureFacts): Decision => {
    if (holdsAny(actor, overseenBy)) return grant();
    const answers = unitPath === null ? holdsAny(actor, leaderRoles) : leads(actor, unitPath);
    return answers ? grant() : refuse('forbidden');
  },
};

/** Paths of the units whose figures someone reads who asks for all; null for the whole bureau. */
export const figureScope = (actor: Actor, overseenBy: readonly Role[]): readonly string[] | null =>
  holdsAny(actor, overseenBy)
    ? null
    : actor.roles.filter(({ role }) => leaderRoles.some((leader) => leader === role)).map(({ unitPath }) => unitPath);
