import { isAbove, withFullSight } from './access-case.ts';
import { type CaseFacts, type Decision, grant, refuse } from './access-facts.ts';
import { type Actor, holdsAny, leads } from './actor.ts';
import type { PersonId } from './ids.ts';
import type { ItemState } from './round-item.ts';

/** What decides who may do what with an item of a round. */
export interface ItemFacts {
  readonly case: CaseFacts;
  /** Null where the unit itself is on the list. */
  readonly person: PersonId | null;
  readonly unitPath: string;
  readonly assignee: PersonId | null;
  readonly closedBy: PersonId | null;
  readonly state: ItemState;
  /** What is recorded is for the two who met. */
  readonly confidential: boolean;
  readonly need: 'asked' | 'agreed' | 'declined' | null;
}

/**
 * Who may do what with whom a round covers. The person sees what was recorded of them, whether or not they may know of the round; whoever met them sees what they wrote; leaders and
 * desks see where it stands, and the words only where the item is not confidential. @source domain.md §3.4 `heart-talk`, §4.6
 */
export const roundRules = {
  'item.list': (actor: Actor, c: CaseFacts): Decision => withFullSight(actor, c, () => grant()),
  'item.read': (actor: Actor, item: ItemFacts): Decision => {
    if (item.person === actor.id || item.closedBy === actor.id) return grant();
    return knowsOf(actor, item) ? grant(item.confidential ? 'skeleton' : 'full') : refuse('not-found');
  },
  'item.complete': (actor: Actor, item: ItemFacts): Decision =>
    whileOpen(actor, item, () => {
      if (item.assignee === actor.id) return grant();
      if (item.confidential) return refuse('forbidden');
      if (holdsAny(actor, item.case.overseenBy)) return grant();
      const absent = absentOf(actor, item);
      return absent === null ? refuse('forbidden') : grant('full', absent);
    }),
  'item.reassign': (actor: Actor, item: ItemFacts): Decision =>
    whileOpen(actor, item, () => (answersFor(actor, item) ? grant() : refuse('forbidden'))),
  'item.strike': (actor: Actor, item: ItemFacts): Decision =>
    whileOpen(actor, item, () => (holdsAny(actor, item.case.overseenBy) ? grant() : refuse('forbidden'))),
  'item.answer-need': (actor: Actor, item: ItemFacts): Decision => {
    if (item.person !== actor.id) return knowsOf(actor, item) ? refuse('forbidden') : refuse('not-found');
    return item.need === 'asked' ? grant() : refuse('not-now');
  },
};

/** Keeps out whoever is to be visited, and their relatives, before it asks what else someone is entitled to. */
function whileOpen(actor: Actor, item: ItemFacts, then: () => Decision): Decision {
  if (item.person === actor.id) return refuse('recused');
  if (!knowsOf(actor, item)) return refuse('not-found');
  if (item.person !== null && actor.relatives.includes(item.person)) return refuse('recused');
  if (item.case.state === 'closed') return refuse('case-not-open');
  return item.state === 'open' ? then() : refuse('task-not-open');
}

const knowsOf = (actor: Actor, item: ItemFacts): boolean =>
  item.assignee === actor.id || item.closedBy === actor.id || answersFor(actor, item) || absentOf(actor, item) !== null;

const answersFor = (actor: Actor, item: ItemFacts): boolean => leads(actor, item.unitPath) || isAbove(actor, item.case);

/** Standing in opens nothing confidential (domain.md §2 "Substitute"). */
const absentOf = (actor: Actor, item: ItemFacts): PersonId | null =>
  item.confidential
    ? null
    : (actor.standsInFor.find(
        ({ id, processes }) => id === item.assignee && id !== null && (processes === null || processes.includes(item.case.process)),
      )?.id ?? null);
