import { type CaseCommand, type CaseFacts, type Decision, grant, refuse } from './access-facts.ts';
import { bearerOf, hasPart, reasonOfNoSight, type Sight, sightOf } from './access-sight.ts';
import { type Actor, holdsAny, holdsOver, leads } from './actor.ts';
import { careTeamOf } from './care-team.ts';
import { exclusionOf, investigatorRoles } from './recusal.ts';
import type { Role } from './roles.ts';

/** Roles that may break the glass of any case, for one hour and with a reason (domain.md §4.6). */
export const glassRoles: readonly Role[] = ['bureau-leader', 'discipline-inspector', 'duty-desk'];

/** Roles that may keep a case from being anonymised, and let it go again. */
export const holdRoles: readonly Role[] = ['legal-adviser', 'discipline-inspector', 'bureau-leader', 'auditor'];

export interface StartFacts {
  readonly startableBy: readonly Role[];
  readonly overseenBy: readonly Role[];
  /** Whom the actor speaks for, where that is someone else; null otherwise. */
  readonly onBehalfOf: { readonly unitPath: string } | null;
}

/** Who may do what with a case. Whether the same request was already carried out is asked before this, or a repeated one would be refused for its own effect. */
export const caseRules = {
  'case.start': (actor: Actor, start: StartFacts): Decision => {
    if (!holdsAny(actor, start.startableBy)) return refuse('forbidden');
    if (start.onBehalfOf === null) return grant();
    return holdsAny(actor, start.overseenBy) || leads(actor, start.onBehalfOf.unitPath) ? grant() : refuse('forbidden');
  },
  'case.read': (actor: Actor, c: CaseFacts): Decision => withSight(actor, c, (sight) => grant(sight)),
  'case.events': (actor: Actor, c: CaseFacts): Decision => withSight(actor, c, (sight) => grant(sight)),
  'case.verify': (actor: Actor, c: CaseFacts): Decision => withSight(actor, c, (sight) => grant(sight)),
  'case.live': (actor: Actor, c: CaseFacts): Decision => withFullSight(actor, c, () => grant()),
  'case.looks': (actor: Actor, c: CaseFacts): Decision =>
    withSight(actor, c, () => (ownsData(actor, c) || holdsAny(actor, ['auditor']) ? grant() : refuse('forbidden'))),
  'case.comment': (actor: Actor, c: CaseFacts): Decision =>
    withFullSight(actor, c, () => (isParty(actor, c) ? grant() : unlessInConflict(actor, c, true))),
  'case.urge': (actor: Actor, c: CaseFacts): Decision =>
    withFullSight(actor, c, () => {
      if (c.state === 'closed') return refuse('case-not-open');
      if (isParty(actor, c) || c.openedBy === actor.id) return grant();
      return unlessInConflict(actor, c, leads(actor, c.unitPath) || holdsAny(actor, ['supervision-desk']));
    }),
  'case.copy': (actor: Actor, c: CaseFacts): Decision => withFullSight(actor, c, () => unlessInConflict(actor, c, actsIn(actor, c))),
  'case.readers': (actor: Actor, c: CaseFacts): Decision =>
    withFullSight(actor, c, () => unlessInConflict(actor, c, actsIn(actor, c) || hasPart(actor, c, ['reader', 'informed']))),
  'case.participants': (actor: Actor, c: CaseFacts): Decision =>
    withFullSight(actor, c, () =>
      unlessInConflict(actor, c, careTeamOf(c.process) === null && (c.handler === actor.id || isAbove(actor, c))),
    ),
  'case.recuse': (actor: Actor, { target, ...c }: RecuseFacts): Decision =>
    withFullSight(actor, c, () => {
      if (target === 'self' || isParty(actor, c)) return grant();
      return unlessInConflict(actor, c, isAbove(actor, c));
    }),
  'case.hold': (actor: Actor, c: CaseFacts): Decision => ofHolds(actor, c, () => (c.heldBy === null ? grant() : refuse('not-now'))),
  'case.release': (actor: Actor, c: CaseFacts): Decision =>
    ofHolds(actor, c, () => {
      if (c.heldBy === null) return refuse('not-now');
      return c.heldBy === actor.id ? refuse('needs-second-person') : grant();
    }),
  'case.break-glass': (actor: Actor, c: CaseFacts): Decision => {
    if (c.isAnonymised) return withSight(actor, c, () => refuse('not-now'));
    if (careTeamOf(c.process) !== null) return withSight(actor, c, () => refuse('forbidden'));
    if (holdsAny(actor, glassRoles)) return unlessInConflict(actor, c, true);
    return withSight(actor, c, () => refuse('forbidden'));
  },
  'case.withdraw': command('withdraw'),
  'case.transfer': command('transfer'),
  'case.merge': command('merge'),
  'case.reopen': command('reopen'),
  'case.cancel': command('cancel'),
  'case.amend': command('amend'),
  'case.split': command('split'),
  'case.suspend': command('suspend'),
};

/** A case with who is to stand down in it. A plea against someone else is open to the parties. */
export type RecuseFacts = CaseFacts & { readonly target: 'self' | 'other' };

/** The outcome of `then` for whoever sees the case; others may not know of it. */
export function withSight(actor: Actor, c: CaseFacts, then: (sight: Exclude<Sight, 'none'>) => Decision): Decision {
  const sight = sightOf(actor, c);
  return sight === 'none' ? refuse(reasonOfNoSight(actor, c)) : then(sight);
}

export const withFullSight = (actor: Actor, c: CaseFacts, then: () => Decision): Decision =>
  withSight(actor, c, (sight) => (sight === 'full' ? then() : refuse('forbidden')));

/** Refuses parties, their relatives and the recused with that reason before it looks at what they are entitled to. */
export function unlessInConflict(actor: Actor, c: CaseFacts, entitled: boolean): Decision {
  if (exclusionOf(actor, 'inform', c.participants) !== null) return refuse('recused');
  return entitled ? grant() : refuse('forbidden');
}

/** A hold needs no sight of the contents; whoever is concerned asks one of those who may. */
const ofHolds = (actor: Actor, c: CaseFacts, then: () => Decision): Decision =>
  withSight(actor, c, () => {
    const who = unlessInConflict(actor, c, holdsAny(actor, holdRoles));
    if (!who.granted) return who;
    return c.isAnonymised ? refuse('not-now') : then();
  });

/** Leaders over the case's unit, and the desks that oversee its process. */
export const isAbove = (actor: Actor, c: CaseFacts): boolean => leads(actor, c.unitPath) || holdsAny(actor, c.overseenBy);

// Who the case is about speaks for it; a witness or a reported person does not.
const isParty = (actor: Actor, c: CaseFacts): boolean => c.subject === actor.id || hasPart(actor, c, ['appellant', 'subject']);

const ownsData = (actor: Actor, c: CaseFacts): boolean => isParty(actor, c) || (c.subject === null && c.openedBy === actor.id);

/** Has or had a part in deciding or doing what the case is about, or leads or oversees it. */
export const actsIn = (actor: Actor, c: CaseFacts): boolean =>
  hasPart(actor, c, ['handler', ...investigatorRoles, 'decider', 'reviewer', 'consulted']) ||
  isAbove(actor, c) ||
  c.openTasks.some((task) => bearerOf(actor, task, c) !== null);

function command(name: CaseCommand) {
  return (actor: Actor, c: CaseFacts): Decision =>
    withFullSight(actor, c, () => {
      const rule = c.commands[name];
      if (rule === undefined) return refuse('not-now');
      const isOwn = rule.by.includes('subject') && c.subject === actor.id;
      const roles = rule.by.filter((by): by is Role => !['subject', 'handler', 'opener'].includes(by));
      const isEntitled =
        (rule.by.includes('handler') && c.handler === actor.id) ||
        (rule.by.includes('opener') && c.openedBy === actor.id) ||
        holdsOver(actor, roles, c.unitPath);
      const who = isOwn ? grant() : unlessInConflict(actor, c, isEntitled);
      return who.granted ? atThatPoint(name, c) : who;
    });
}

function atThatPoint(name: CaseCommand, c: CaseFacts): Decision {
  if (name === 'reopen') return c.state === 'closed' ? grant() : refuse('not-now');
  if (c.state === 'closed') return refuse('case-not-open');
  const stages = c.commands[name]?.stages;
  return stages === undefined || stages.includes(c.stage) ? grant() : refuse('not-now');
}
