import { z } from 'zod';
import type { CaseNumber, ItemId, PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { CompletedItem } from '../domain/step.ts';
import { instantOf } from '../domain/time-zone.ts';
import { actorOfPerson } from '../store/actor.ts';
import { itemContents, openItemsOf } from '../store/lists/items.ts';
import { schemaOf } from '../workflows/kit/define.ts';
import { accepting } from './accepting.ts';
import { type Acting, noteChanges } from './act.ts';
import type { ApiDeps } from './deps.ts';
import { checkedForm, checkReferences } from './form.ts';
import { type FoundItem, itemFor } from './item-for.ts';
import { unfit } from './receiver.ts';

export interface ItemAddress {
  readonly number: CaseNumber;
  readonly id: ItemId;
}

/** A need stands in the form beside what was done or said; whoever is `met` on a visit is covered with it. */
const Recorded = z.looseObject({ need: z.unknown().optional(), met: z.array(z.string()).optional(), metOn: z.string().optional() });

export async function completeItem(deps: ApiDeps, call: Acting, { number, id }: ItemAddress, data: unknown): Promise<void> {
  const found = await itemFor(deps, call, { number, id, permission: 'item.complete' });
  const checked = await checkedForm(deps, { form: schemaOf(found.definition.form), data, number }, call);
  const { need, met = [], metOn } = Recorded.parse(checked);
  const others = await metWith(deps, call, found, { people: met as PersonId[], metOn });
  await noteChanges(deps, call, {
    number,
    decision: found.decision,
    changes: [
      {
        kind: 'complete-item',
        item: id,
        data: checked,
        ...(need !== undefined && { raisesNeed: true as const }),
        ...(others.length > 0 && { met: others }),
      },
    ],
  });
}

/** The items of whoever was met on the same occasion. @throws Problem `invalid-form` where the round does not list someone, or it is whoever writes it */
async function metWith(
  deps: ApiDeps,
  { actor, locale }: Acting,
  { item, definition }: FoundItem,
  { people, metOn }: { readonly people: readonly PersonId[]; readonly metOn: string | undefined },
): Promise<CompletedItem[]> {
  if (definition.meets === undefined || people.length === 0) return [];
  const listed = await openItemsOf(deps.db, item.number, { key: definition.meets, people });
  const known = new Map(listed.map((row) => [row.person, row.id]));
  const errors = people.flatMap((person, index) =>
    known.has(person) && person !== actor.id ? [] : [{ path: `data.met.${index}`, message: notListed[locale] }],
  );
  if (errors.length > 0) throw new Problem('invalid-form', { errors });
  return listed.map((row) => ({ item: row.id, data: { metOn } }));
}

const notListed = { zh: '不在本轮名单中，或为本人。', en: 'Not on the list of this round, or yourself.' };

export async function reassignItem(
  deps: ApiDeps,
  call: Acting,
  { number, id }: ItemAddress,
  { to, reason }: { readonly to: PersonId; readonly reason: string },
): Promise<void> {
  const { item, decision } = await itemFor(deps, call, { number, id, permission: 'item.reassign' });
  await checkReferences(deps, [{ kind: 'person', id: to, path: 'to' }], call);
  const taker = await actorOfPerson(deps.db, to, call.at);
  if (item.person !== null && (to === item.person || taker?.relatives.includes(item.person)))
    throw new Problem('recused', { detail: unfit });
  await noteChanges(deps, call, { number, decision, changes: [{ kind: 'reassign-item', item: id, to, reason }] });
}

export async function strikeItem(deps: ApiDeps, call: Acting, { number, id }: ItemAddress, reason: string): Promise<void> {
  const { decision } = await itemFor(deps, call, { number, id, permission: 'item.strike' });
  await noteChanges(deps, call, { number, decision, changes: [{ kind: 'strike-item', item: id, reason }] });
}

interface Answer {
  readonly agree: boolean;
  readonly title?: string | undefined;
  readonly content?: string | undefined;
}

const Need = z.object({ need: z.object({ title: z.string(), content: z.string() }) });

/** Where the person agrees, the appeal is theirs, opened by themselves: once for each need, however often they say so. */
export async function answerNeed(deps: ApiDeps, call: Acting, { number, id }: ItemAddress, answer: Answer): Promise<void> {
  const { item, decision } = await itemFor(deps, call, { number, id, permission: 'item.answer-need' });
  let opened: CaseNumber | null = null;
  if (answer.agree) {
    const { need } = Need.parse(await itemContents(deps.db, deps.ring, item));
    const { title = need.title, content = need.content } = answer;
    const acceptance = await accepting(deps, call, { process: 'appeal', data: { channel: 'self-service', title, content } });
    const at = instantOf(call.at.getTime());
    const accepted = await deps.intake({ acceptance, key: `need:${id}`, bodyHash: `need:${id}`, at, engineUp: deps.engine.isUp });
    opened = accepted.number;
    if (accepted.input !== null) deps.starter.startSoon(accepted.input);
  }
  await noteChanges(deps, call, { number, decision, changes: [{ kind: 'answer-need', item: id, opened }] });
}
