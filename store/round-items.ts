/*
 * The items of a round: whom it covers, each a row with a date and a ladder of its own (docs/decisions/0028-a-round-follows-up-rows.md).
 *
 * Invariants
 * - An item changes only under the lock of its round's case, in the transaction that appends the event that tells it: the chain has every one, in order.
 * - Nobody stands on a list twice: unique indexes round_item_person and round_item_unit.
 * - Events name items, never persons or what was said: whoever takes part in a round may read its record, and each reads of others only what domain/access-round.ts grants.
 * - round_count is what a count of the rows would give.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/chain.ts';
import { after, dueAt } from '../domain/clock.ts';
import type { Duration } from '../domain/duration.ts';
import type { Instant, ItemId, PersonId, UnitId } from '../domain/ids.ts';
import { ladderInstants } from '../domain/ladder.ts';
import { durationOf, limitOf } from '../domain/policy.ts';
import type { Coverage, ItemRule, ItemState } from '../domain/round-item.ts';
import type { Change } from '../domain/step.ts';
import { addParticipant, type CaseFile, type LadderRow } from './case-file.ts';
import { type Listed, rosterAt } from './rosters.ts';
import { type StepDraft, tell } from './step-draft.ts';
import { visitorsFor } from './visitors.ts';

/** Puts everyone whom the round covers on its list, in one go. */
export async function cover(draft: StepDraft, { items: rules, limit }: Extract<Change, { kind: 'cover' }>): Promise<void> {
  const { context, file, step } = draft;
  const counts: Record<string, number> = {};
  const listed: Record<string, readonly Listed[]> = {};
  for (const rule of rules) {
    const roster = await rosterAt(context.tx, rule.roster, step.at);
    listed[rule.key] = roster;
    const due = dueAt(file.openedAt, limitOfItem(file, rule, limit), file.policy.calendar, file.policy.policy.timeScale);
    counts[rule.key] = (await addItems(draft, rule, { listed: roster, due })).length;
  }
  await recount(draft);
  // Who was on it can be proved from the digest, and is not told by it.
  tell(draft, 'round-opened', { counts, listed: createHash('sha256').update(canonicalJson(listed)).digest('hex') });
  draft.coverage.push(await coverageOf(draft));
}

export interface AddedItem {
  readonly id: ItemId;
  readonly unit: UnitId;
}

/** Adds those who are not on the list yet, each with who sees to it. Everyone who has got something to do is told once. */
export async function addItems(
  draft: StepDraft,
  rule: ItemRule,
  { listed, due: dueOfRound }: { readonly listed: readonly Listed[]; readonly due: Instant },
): Promise<AddedItem[]> {
  const { context, file, step } = draft;
  if (listed.length === 0) return [];
  const visitors = await visitorsFor(context.tx, { role: rule.role, at: step.at }, listed);
  const { due, ladder, ringAt } = clockOfItem(file, rule, { at: step.at, due: dueOfRound });
  const rows = listed.map(({ person, unit }, index) => ({ person, unit, assignee: visitors[index] ?? null }));
  const added = await context.tx.$queryRaw<(AddedItem & { assignee: PersonId | null })[]>`
    insert into round_item (case_id, key, person_id, unit_id, assignee, state, opened_at, due_at, ladder, ring_at)
    select ${file.id}::bigint, ${rule.key}, x.person, x.unit, x.assignee, 'open', ${step.at}::timestamptz, ${due}::timestamptz, ${JSON.stringify(ladder)}::jsonb, ${ringAt}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(person text, unit text, assignee text)
    on conflict do nothing
    returning id::text, unit_id as unit, assignee`;
  tellAssigned(
    draft,
    added.map(({ assignee }) => assignee),
  );
  return added;
}

/** Whoever has an item takes part in the round, and finds its list there. */
export function tellAssigned(draft: StepDraft, assignees: readonly (PersonId | null)[]): void {
  for (const person of new Set(assignees)) {
    if (person === null) continue;
    addParticipant(draft.file, person, 'informed');
    draft.notices.push({ file: draft.file, person, task: null, kind: 'items-assigned' });
  }
}

/** The date of the round is everyone's; who joins late has as long as the policy's `atLeast` all the same. */
export function clockOfItem(
  file: CaseFile,
  { key }: Pick<ItemRule, 'key'>,
  { at, due: dueOfRound }: { readonly at: Instant; readonly due: Instant },
) {
  const { policy, calendar } = file.policy;
  const atLeast = after(at, durationOf(policy, file.process, 'atLeast'), calendar, policy.timeScale);
  const due = Date.parse(dueOfRound) >= Date.parse(atLeast) ? dueOfRound : atLeast;
  const { rungs } = limitOf(policy, file.process, key);
  const instants = ladderInstants({ openedAt: at, dueAt: due, rungs, calendar, timeScale: policy.timeScale });
  const ladder: LadderRow[] = instants.map((rung) => ({ ...rung, firedAt: null }));
  return { due, ladder, ringAt: ladder[0]?.at ?? null };
}

function limitOfItem({ policy: { policy }, process }: CaseFile, { key }: ItemRule, chosen: string | undefined): Duration {
  const { limit } = limitOf(policy, process, key, chosen);
  if (limit === null) throw new Error(`the policy has no limit for ${process}.${key}`);
  return limit;
}

/** What is still open ends with the round: as missed, or as never come to. */
export async function endItems(draft: StepDraft, as: 'missed' | 'cancelled'): Promise<void> {
  const { context, file, step } = draft;
  const items = await context.tx.$executeRaw`
    update round_item set state = ${as}, ring_at = null, closed_at = ${step.at}::timestamptz where case_id = ${file.id}::bigint and state = 'open'`;
  if (items === 0) return;
  await recount(draft);
  tell(draft, 'items-ended', { as, items });
}

/** Reckons the counters of a round anew, after a change of many. */
export async function recount({ context, file }: StepDraft): Promise<void> {
  await context.tx.$executeRaw`delete from round_count where case_id = ${file.id}::bigint`;
  await context.tx.$executeRaw`
    insert into round_count (case_id, key, unit_id, state, items)
    select case_id, key, unit_id, state, count(*) from round_item where case_id = ${file.id}::bigint group by case_id, key, unit_id, state`;
}

interface Move {
  readonly key: string;
  readonly unit: UnitId;
  readonly from: ItemState;
  readonly to: ItemState;
}

/** The same for one item. */
export async function countMove({ context, file }: StepDraft, { key, unit, from, to }: Move): Promise<void> {
  await context.tx.$executeRaw`
    insert into round_count (case_id, key, unit_id, state, items) values (${file.id}::bigint, ${key}, ${unit}, ${from}, -1), (${file.id}::bigint, ${key}, ${unit}, ${to}, 1)
    on conflict (case_id, key, unit_id, state) do update set items = round_count.items + excluded.items`;
}

export async function coverageOf({ context, file }: StepDraft): Promise<Coverage> {
  const [row] = await context.tx.$queryRaw<[Coverage]>`
    select coalesce(sum(items) filter (where state = 'open'), 0)::int as open, coalesce(sum(items) filter (where state = 'done'), 0)::int as done,
           coalesce(sum(items) filter (where state = 'struck'), 0)::int as struck, coalesce(sum(items) filter (where state = 'missed'), 0)::int as missed,
           coalesce(sum(items) filter (where state = 'cancelled'), 0)::int as cancelled
      from round_count where case_id = ${file.id}::bigint`;
  return row;
}
