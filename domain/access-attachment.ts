import { actsIn, unlessInConflict, withFullSight, withSight } from './access-case.ts';
import { type CaseFacts, type Decision, grant, refuse } from './access-facts.ts';
import { bearerOf, hasPart, sightOf } from './access-sight.ts';
import type { Actor } from './actor.ts';
import type { PersonId } from './ids.ts';
import { investigatorRoles, partyRoles } from './recusal.ts';

export interface AttachmentFacts {
  readonly owner: PersonId;
  /** The case that has it; null while none has used it. */
  readonly case: CaseFacts | null;
  readonly isWithheld: boolean;
  /** It is among what the actor is shown of the file of an investigation. */
  readonly isShown: boolean;
}

/** Who may do what with files. What no case has used is its uploader's alone. */
export const attachmentRules = {
  'attachment.read': (actor: Actor, { owner, case: c, isWithheld, isShown }: AttachmentFacts): Decision => {
    if (c === null) return owner === actor.id ? grant() : refuse('not-found');
    if (sightOf(actor, c) === 'extract') return isShown && !isWithheld ? grant('extract') : refuse('not-found');
    return withFullSight(actor, c, () => (isWithheld && isHeard(actor, c) ? refuse('not-found') : grant()));
  },
  'case.attachments': (actor: Actor, c: CaseFacts): Decision =>
    withSight(actor, c, (sight) => (sight === 'extract' ? refuse('forbidden') : grant(sight))),
  /** Whoever sees an extract reads those that are to them. */
  'case.documents': (actor: Actor, c: CaseFacts): Decision =>
    withSight(actor, c, (sight) => (sight === 'skeleton' ? refuse('forbidden') : grant(sight))),
  /** Whoever acts in the case or leads it, and whose order it is. */
  'case.issue-document': (actor: Actor, c: CaseFacts): Decision =>
    withFullSight(actor, c, () => unlessInConflict(actor, c, actsIn(actor, c) || c.openedBy === actor.id)),
  /** Whoever handles or decides the case; what is kept from a person has to be answered for. */
  'case.withhold': (actor: Actor, c: CaseFacts): Decision => withFullSight(actor, c, () => unlessInConflict(actor, c, handles(actor, c))),
};

/** A party to the case: a file can be left out of what they are shown (domain.md §4.6). */
export const isHeard = (actor: Actor, c: CaseFacts): boolean => c.subject === actor.id || hasPart(actor, c, partyRoles);

const handles = (actor: Actor, c: CaseFacts): boolean =>
  c.handler === actor.id ||
  hasPart(actor, c, ['handler', ...investigatorRoles, 'decider', 'reviewer']) ||
  c.openTasks.some((task) => bearerOf(actor, task, c) !== null);
