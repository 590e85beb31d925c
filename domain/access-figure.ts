import { type Decision, grant, refuse } from './access-facts.ts';
import { type Actor, type HeldRole, holdsAny, leaderRoles, leads } from './actor.ts';
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

/** Whose cases someone counts. */
export interface FigureSight {
  /** Null for all. */
  readonly processes: readonly string[] | null;
  /** The confidential ones too and, where there are enough of them, the sealed ones. */
  readonly confidential: boolean;
}

/**
 * A desk counts what it oversees, an auditor all, and a leader everything in the own units that is not confidential.
 * @param oversight the roles that oversee each process
 * @param asked the unit by its path, null for the whole bureau, and the one process that is asked about
 */
export function figureSight(
  actor: Actor,
  oversight: Readonly<Record<string, readonly Role[]>>,
  asked: { readonly unitPath: string | null; readonly process: string | null },
): FigureSight {
  if (holdsAny(actor, ['auditor'])) return { processes: null, confidential: true };
  const overseen = Object.keys(oversight).filter((process) => holdsAny(actor, oversight[process] ?? []));
  const leadsIt = asked.unitPath !== null && leads(actor, asked.unitPath);
  const overseesIt = asked.process !== null && overseen.includes(asked.process);
  return leadsIt && !overseesIt ? { processes: null, confidential: false } : { processes: overseen, confidential: true };
}

/** The unit that someone is asked about who leads and oversees nothing: the first that they lead. */
export const ledUnit = (actor: Actor): HeldRole | undefined =>
  actor.roles.find(({ role }) => leaderRoles.some((leader) => leader === role));
