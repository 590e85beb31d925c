import { unlessInConflict, withFullSight, withSight } from './access-case.ts';
import { type CaseFacts, type Decision, grant, refuse } from './access-facts.ts';
import { hasPart } from './access-sight.ts';
import type { Actor } from './actor.ts';
import { inquiries, investigatorOf } from './investigation.ts';

/** Who may do what with the file of an investigation. */
export const inquiryRules = {
  'case.records': (actor: Actor, c: CaseFacts): Decision => withFullSight(actor, c, () => unlessInConflict(actor, c, true)),
  /** Whoever investigates, as long as they do; of which investigation is asked of the record. */
  'case.file-record': (actor: Actor, c: CaseFacts): Decision =>
    withFullSight(actor, c, () => {
      const mine = inquiries.filter((inquiry) => hasPart(actor, c, [investigatorOf[inquiry]]));
      const who = unlessInConflict(actor, c, mine.length > 0);
      if (!who.granted) return who;
      return c.openTasks.some(({ duty }) => mine.some((inquiry) => inquiry === duty)) ? grant() : refuse('not-now');
    }),
  /** The person who is heard, once the facts are shown to them. */
  'case.bundle': (actor: Actor, c: CaseFacts): Decision =>
    withSight(actor, c, () => (hasPart(actor, c, ['heard']) && !c.isAnonymised ? grant('extract') : refuse('forbidden'))),
};
