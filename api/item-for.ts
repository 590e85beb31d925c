import { demand, type Facts, type Permission } from '../domain/access.ts';
import { isAbove } from '../domain/access-case.ts';
import type { CaseFacts } from '../domain/access-facts.ts';
import type { ItemFacts } from '../domain/access-round.ts';
import type { CaseNumber, ItemId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { readCase, storedFactsOf } from '../store/case-view.ts';
import { type ItemRow, type ItemScope, itemContents, readItem } from '../store/lists/items.ts';
import { processOf } from '../workflows/definitions.ts';
import type { ItemDefinition } from '../workflows/kit/define.ts';
import type { Asking, FoundCase, Granted } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { viewingAt } from './viewing.ts';
import { itemDefinition, itemView } from './views/item.ts';
import { itemOffers } from './views/offers.ts';

export interface FoundItem {
  readonly item: ItemRow;
  readonly definition: ItemDefinition;
  readonly facts: ItemFacts;
}

type ItemPermission = { [P in Permission]: Facts['item.read'] extends Facts[P] ? P : never }[Permission] & `item.${string}`;

/** An item that the actor may do this with, whether or not they may know of its round. @throws Problem with the reason of the refusal */
export async function itemFor(
  deps: ApiDeps,
  asking: Asking,
  { number, id, permission }: { number: CaseNumber; id: ItemId; permission: ItemPermission },
): Promise<FoundItem & { decision: Granted }> {
  const [record, item] = await Promise.all([
    readCase(deps, number, { actor: asking.actor, viewing: viewingAt(asking.at) }),
    readItem(deps.db, number, id),
  ]);
  if (record === null || item === null) throw new Problem('not-found');
  const { overseenBy, commands } = processOf(record.process);
  const definition = itemDefinition(record.process, item.key);
  const facts = itemFactsOf(item, { ...storedFactsOf(record), overseenBy, medicalFor: [], commands });
  return { item, definition, facts, decision: demand(asking.actor, permission, facts) };
}

/** What decides about an item of a round. */
export function itemFactsOf(item: ItemRow, of: CaseFacts): ItemFacts {
  const { process, key, person, unitPath, assignee, closedBy, state, need } = item;
  const { confidential = false } = itemDefinition(process, key);
  return { case: of, person, unitPath, assignee, closedBy, state, need, confidential };
}

/** The item as the actor sees it, with what was recorded where they may read it. */
export async function currentItem(deps: ApiDeps, asking: Asking, { number, id }: { number: CaseNumber; id: ItemId }) {
  const { item, facts, decision } = await itemFor(deps, asking, { number, id, permission: 'item.read' });
  const shown = { ...itemView(item, { actor: asking.actor, now: asking.at }), may: itemOffers(asking.actor, facts) };
  if (item.state !== 'done') return shown;
  return decision.sight === 'full' ? { ...shown, data: await itemContents(deps.db, deps.ring, item) } : { ...shown, redacted: true };
}

export const scopeOf = ({ actor }: Asking, { facts }: FoundCase): ItemScope => ({ actor, all: isAbove(actor, facts) });
