import { type Decision, grant, refuse } from './access-facts.ts';
import type { Actor } from './actor.ts';
import type { PersonId } from './ids.ts';

export interface BulkFacts {
  readonly by: PersonId;
}

/** A bulk belongs to whoever made its preview. What it does is permitted item by item, by the rule of the single act, when its turn comes. */
export const bulkRules = {
  'bulk.read': ofItsMaker,
  'bulk.run': ofItsMaker,
  'bulk.cancel': ofItsMaker,
};

function ofItsMaker(actor: Actor, { by }: BulkFacts): Decision {
  return actor.id === by ? grant() : refuse('not-found');
}
