import { randomBytes } from 'node:crypto';
import { dataHash } from '../domain/chain.ts';
import type { CaseNumber, ItemId, PersonId, UnitId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { ItemState } from '../domain/round-item.ts';
import type { Change, CompletedItem } from '../domain/step.ts';
import { openTasks } from './case-file.ts';
import { countMove, coverageOf, tellAssigned } from './round-items.ts';
import { bearersOf } from './rung-receivers.ts';
import { type StepDraft, tell } from './step-draft.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** What binds an item's contents to their place. */
export const itemContext = (number: CaseNumber, item: ItemId): string => `item ${number}/${item}`;

/** 完成一项: a visit or talk took place. The record keeps the hash of what was written, the item the words themselves. @throws Problem `task-not-open` where another was first */
export async function completeItem(draft: StepDraft, { item: id, data, raisesNeed, met = [] }: Of<'complete-item'>): Promise<void> {
  const item = await openItem(draft, id);
  await close(draft, item, { data, need: raisesNeed ? 'asked' : null });
  for (const other of met) {
    const row = await readItem(draft, other.item);
    // Somebody met them on another occasion: that is what counts.
    if (row.state === 'open') await close(draft, row, { data: other.data, need: null });
  }
  if ((await coverageOf(draft)).open === 0) await tellCovered(draft);
}

async function close(
  draft: StepDraft,
  item: ItemRow,
  { data, need }: Pick<CompletedItem, 'data'> & { readonly need: 'asked' | null },
): Promise<void> {
  const { context, file, step } = draft;
  const salt = randomBytes(16).toString('base64url');
  const answer = context.ring.sealJson('database', { salt, data }, itemContext(file.number, item.id));
  await context.tx.$executeRaw`
    update round_item set state = 'done', ring_at = null, closed_at = ${step.at}::timestamptz, closed_by = ${step.by}, closed_for = ${step.for}, answer = ${answer}, need = ${need}
     where id = ${item.id}::bigint`;
  await countMove(draft, { ...item, from: 'open', to: 'done' });
  tell(draft, 'item-completed', { item: item.id, key: item.key, unit: item.unit, content: dataHash(salt, data) });
  const kind = need === null ? 'item-completed' : 'need-raised';
  if (item.person !== null) draft.notices.push({ file, person: item.person, task: null, kind });
}

/** Nobody is left: whoever keeps the round may conclude it. */
async function tellCovered(draft: StepDraft): Promise<void> {
  const { file, step } = draft;
  tell(draft, 'round-covered');
  for (const task of openTasks(file))
    for (const person of await bearersOf(draft, task, step.at)) draft.notices.push({ file, person, task: task.id, kind: 'round-covered' });
}

export async function reassignItem(draft: StepDraft, { item: id, to, reason }: Of<'reassign-item'>): Promise<void> {
  const item = await openItem(draft, id);
  await draft.context.tx.$executeRaw`update round_item set assignee = ${to} where id = ${id}::bigint`;
  tell(draft, 'item-reassigned', { item: id, key: item.key, unit: item.unit, reason });
  tellAssigned(draft, [to]);
}

/** 划除: no longer to be covered, and why. */
export async function strikeItem(draft: StepDraft, { item: id, reason }: Of<'strike-item'>): Promise<void> {
  const item = await openItem(draft, id);
  await draft.context.tx.$executeRaw`
    update round_item set state = 'struck', struck_as = 'by-hand', ring_at = null, closed_at = ${draft.step.at}::timestamptz, closed_by = ${draft.step.by} where id = ${id}::bigint`;
  await countMove(draft, { ...item, from: 'open', to: 'struck' });
  tell(draft, 'item-struck-out', { item: id, key: item.key, unit: item.unit, reason });
  if ((await coverageOf(draft)).open === 0) await tellCovered(draft);
}

/** The event says that the person has answered; what they answered is theirs alone to see. */
export async function answerNeed(draft: StepDraft, { item: id, opened }: Of<'answer-need'>): Promise<void> {
  const item = await readItem(draft, id);
  if (item.need !== 'asked') throw new Problem('already-decided');
  const need = opened === null ? 'declined' : 'agreed';
  await draft.context.tx.$executeRaw`update round_item set need = ${need}, need_case = ${opened} where id = ${id}::bigint`;
  tell(draft, 'need-answered', { item: id });
}

interface ItemRow {
  readonly id: ItemId;
  readonly key: string;
  readonly unit: UnitId;
  readonly person: PersonId | null;
  readonly state: ItemState;
  readonly need: 'asked' | 'agreed' | 'declined' | null;
}

async function openItem(draft: StepDraft, id: ItemId): Promise<ItemRow> {
  if (draft.file.state === 'closed') throw new Problem('case-not-open');
  const item = await readItem(draft, id);
  if (item.state !== 'open') throw new Problem('task-not-open');
  return item;
}

async function readItem({ context, file }: StepDraft, id: ItemId): Promise<ItemRow> {
  const [item] = await context.tx.$queryRaw<ItemRow[]>`
    select id::text, key, unit_id as unit, person_id as person, state, need from round_item where id = ${id}::bigint and case_id = ${file.id}::bigint`;
  if (item === undefined) throw new Problem('not-found');
  return item;
}
