import type { CaseNumber, Instant, ItemId, PersonId, UnitId } from '../domain/ids.ts';
import type { ItemRule, ItemState } from '../domain/round-item.ts';
import { instantOf } from '../domain/time-zone.ts';
import type { Transaction } from '../platform/database.ts';
import { type Listed, rosterAt } from './rosters.ts';
import { addItems, clockOfItem, recount, tellAssigned } from './round-items.ts';
import { type StepDraft, tell } from './step-draft.ts';
import { visitorsFor } from './visitors.ts';

interface Standing {
  readonly id: ItemId;
  readonly person: PersonId | null;
  readonly unit: UnitId;
  readonly state: ItemState;
  readonly struckAs: 'left' | 'off-roster' | 'by-hand' | null;
  readonly assigneeLeft: boolean;
  readonly left: boolean;
}

/** What became of a list since it was made. */
export interface RosterChanges {
  readonly joined: readonly Listed[];
  /** Struck out before, and on the roster again. */
  readonly back: readonly (Standing & { readonly to: UnitId })[];
  readonly gone: readonly Standing[];
  readonly moved: readonly (Standing & { readonly to: UnitId })[];
  /** Whoever was to see to it has left. */
  readonly forsaken: readonly Standing[];
}

/** Compares the open list of a round with the roster of today. What was done stays done, wherever the person went since. Uses round_item_by_case. */
export async function rosterChanges(
  tx: Pick<Transaction, '$queryRaw'>,
  { number, rule, at }: { readonly number: CaseNumber; readonly rule: ItemRule; readonly at: Instant },
): Promise<RosterChanges> {
  const standing = await tx.$queryRaw<Standing[]>`
    select i.id::text, i.person_id as person, i.unit_id as unit, i.state, i.struck_as as "struckAs",
           coalesce(a.left_at <= ${at}::timestamptz, false) as "assigneeLeft", coalesce(p.left_at <= ${at}::timestamptz, false) as left
      from "case" c join round_item i on i.case_id = c.id left join person a on a.id = i.assignee left join person p on p.id = i.person_id
     where c.number = ${number} and i.key = ${rule.key} order by i.id`;
  const roster = new Map((await rosterAt(tx, rule.roster, at)).map((each) => [nameOf(each), each] as const));
  const known = new Set(standing.map(nameOf));
  const placed = standing.map((each) => ({ ...each, to: roster.get(nameOf(each))?.unit ?? null }));
  const open = placed.filter(({ state }) => state === 'open');
  return {
    joined: [...roster].flatMap(([name, each]) => (known.has(name) ? [] : [each])),
    back: placed.filter((each) => each.state === 'struck' && each.struckAs !== 'by-hand').filter(isPlaced),
    gone: open.filter(({ to }) => to === null),
    moved: open.filter(isPlaced).filter(({ unit, to }) => unit !== to),
    forsaken: open.filter(({ unit, to, assigneeLeft }) => assigneeLeft && unit === to),
  };
}

const nameOf = ({ person, unit }: Pick<Listed, 'person' | 'unit'>): string => (person === null ? `unit ${unit}` : `person ${person}`);
const isPlaced = <T extends { readonly to: UnitId | null }>(each: T): each is T & { readonly to: UnitId } => each.to !== null;

export const isUnchanged = (changes: RosterChanges): boolean => Object.values(changes).every((each) => each.length === 0);

/** Whoever joined is added, whoever left struck out, whoever moved comes to the list of the new unit: each an event. */
export async function followRoster(draft: StepDraft, rules: readonly ItemRule[]): Promise<void> {
  const { context, file, step } = draft;
  if (file.state === 'closed') return;
  for (const rule of rules) {
    const { joined, back, gone, moved, forsaken } = await rosterChanges(context.tx, { number: file.number, rule, at: step.at });
    const due = await dueOfRound(draft, rule);
    for (const { id, unit } of await addItems(draft, rule, { listed: joined, due }))
      tell(draft, 'item-added', { item: id, key: rule.key, unit });
    await putBack(draft, rule, { back, due });
    await strikeGone(draft, rule, gone);
    await place(draft, rule, moved);
    for (const { id, unit, to } of moved) tell(draft, 'item-moved', { item: id, key: rule.key, from: unit, unit: to });
    await place(
      draft,
      rule,
      forsaken.map((each) => ({ ...each, to: each.unit })),
    );
    for (const { id, unit } of forsaken) tell(draft, 'item-reassigned', { item: id, key: rule.key, unit, because: 'left' });
  }
  await recount(draft);
}

/** By when those who were on the list from the start are to be covered; an empty list was due with its round's opening. */
async function dueOfRound({ context, file }: StepDraft, { key }: ItemRule): Promise<Instant> {
  const [row] = await context.tx.$queryRaw<[{ due: Date | null }]>`
    select min(due_at) as due from round_item where case_id = ${file.id}::bigint and key = ${key}`;
  return row.due === null ? file.openedAt : instantOf(row.due.getTime());
}

/** Gives each item the list of a unit and whoever sees to that unit's. */
async function place(
  draft: StepDraft,
  rule: ItemRule,
  items: readonly (Pick<Standing, 'id' | 'person'> & { readonly to: UnitId })[],
): Promise<void> {
  const { context, step } = draft;
  if (items.length === 0) return;
  const listed = items.map(({ person, to }) => ({ person, unit: to }));
  const visitors = await visitorsFor(context.tx, { role: rule.role, at: step.at }, listed);
  const rows = items.map(({ id, to }, index) => ({ id, unit: to, assignee: visitors[index] ?? null }));
  await context.tx.$executeRaw`
    update round_item i set unit_id = x.unit, assignee = x.assignee
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id bigint, unit text, assignee text) where i.id = x.id`;
  tellAssigned(draft, visitors);
}

async function putBack(
  draft: StepDraft,
  rule: ItemRule,
  { back, due: dueOfAll }: { back: RosterChanges['back']; due: Instant },
): Promise<void> {
  const { context, file, step } = draft;
  const { due, ladder, ringAt } = clockOfItem(file, rule, { at: step.at, due: dueOfAll });
  await context.tx.$executeRaw`
    update round_item set state = 'open', struck_as = null, closed_at = null, due_at = ${due}::timestamptz, level = 0, ladder = ${JSON.stringify(ladder)}::jsonb, ring_at = ${ringAt}::timestamptz
     where id = any (${back.map(({ id }) => id)}::bigint[])`;
  await place(draft, rule, back);
  for (const { id, to } of back) tell(draft, 'item-added', { item: id, key: rule.key, unit: to });
}

async function strikeGone(draft: StepDraft, { key }: ItemRule, gone: RosterChanges['gone']): Promise<void> {
  const { context, step } = draft;
  const rows = gone.map(({ id, left }) => ({ id, as: left ? 'left' : 'off-roster' }));
  await context.tx.$executeRaw`
    update round_item i set state = 'struck', struck_as = x.as, ring_at = null, closed_at = ${step.at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id bigint, "as" text) where i.id = x.id`;
  for (const { id, unit, left } of gone) tell(draft, 'item-struck-out', { item: id, key, unit, because: left ? 'left' : 'off-roster' });
}

export interface OpenRound {
  readonly number: CaseNumber;
}

/** Rounds of a process that have a list and are not closed. Uses case_by_process. */
export const openRounds = (tx: Pick<Transaction, '$queryRaw'>, process: string): Promise<OpenRound[]> =>
  tx.$queryRaw<OpenRound[]>`
    select number from "case" c where process = ${process} and state = 'open' and exists (select 1 from round_count where case_id = c.id) order by id`;
