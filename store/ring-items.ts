/*
 * The bell of rounds: fires the rungs of their items, many at once. One event and one notice to each receiver for all items of a case that reach the same rung together; a rung fires once,
 * by the transaction that notes it in the rows. Every rung only tells.
 */
import type { Instant, ItemId, PersonId, UnitId } from '../domain/ids.ts';
import { type Role, roleIds } from '../domain/roles.ts';
import type { CaseStep } from '../domain/step.ts';
import type { Bureau, StepContext } from './bureau.ts';
import { addParticipant, type LadderRow } from './case-file.ts';
import { ensurePartitions } from './event-partitions.ts';
import { ringFeed } from './feed.ts';
import { inTransaction } from './in-transaction.ts';
import { caseFile, loadPartsOf, lockFreeCases } from './load-case.ts';
import { resolveRole } from './resolve-role.ts';
import type { Rung } from './ring-bell.ts';
import { observeLateness } from './rung-lateness.ts';
import { gone } from './rung-receivers.ts';
import { newDraft, type StepDraft, tell } from './step-draft.ts';
import { writeDrafts } from './write-step.ts';

const BATCH = 500;

/** Fires what is due for at most 500 items of one round. Uses round_item_ring. */
export async function ringItems(bureau: Bureau, at: Instant): Promise<Rung> {
  const [next] = await bureau.db.$queryRaw<{ id: string }[]>`
    select case_id::text as id from round_item where ring_at <= ${at}::timestamptz order by ring_at, case_id limit 1`;
  if (next === undefined) return { fired: [], isFull: false };
  await ensurePartitions(bureau.db, [at]);
  const { fired, isFull } = await inTransaction(bureau.db, (tx) => fireDue({ ...bureau, tx }, next.id, at));
  observeLateness(fired);
  ringFeed(bureau.db);
  return { fired, isFull };
}

interface DueItem {
  readonly id: ItemId;
  readonly person: PersonId | null;
  readonly unit: UnitId;
  readonly assignee: PersonId | null;
  readonly level: number;
  readonly ladder: readonly LadderRow[];
}

async function fireDue(context: StepContext, id: string, at: Instant): Promise<Rung> {
  const [row] = await lockFreeCases(context, [id]);
  if (row === undefined) return { fired: [], isFull: false };
  const cause = `ring-items:${at}`;
  const items = await context.tx.$queryRaw<DueItem[]>`
    select id::text, person_id as person, unit_id as unit, assignee, level, ladder from round_item
     where case_id = ${id}::bigint and ring_at <= ${at}::timestamptz order by id limit ${BATCH}`;
  const parts = (await loadPartsOf(context, [{ id, cause, named: [] }])).get(id);
  if (parts === undefined) throw new Error(`case ${row.number} has no parts`);
  const nth = items[0]?.id ?? '';
  const step: CaseStep = { case: row.number, cause: `${cause}:${nth}`, at, by: null, for: null, bodyHash: null, changes: [] };
  const draft = newDraft(context, step, await caseFile(context, row, parts));
  await climbTogether(draft, items);
  await noteFired(context, items, at);
  if (draft.fired.length > 0) await writeDrafts(context, [draft]);
  return { fired: draft.fired, isFull: true };
}

const isDue = (rung: LadderRow, at: Instant): boolean => rung.firedAt === null && Date.parse(rung.at) <= Date.parse(at);

/** Items that reach a rung of the same kind and target together are told of together. */
async function climbTogether(draft: StepDraft, items: readonly DueItem[]): Promise<void> {
  const { file, step } = draft;
  const together = new Map<string, { readonly rung: LadderRow; readonly items: DueItem[] }>();
  for (const item of items)
    for (const rung of item.ladder.filter((each) => isDue(each, step.at))) {
      const name = `${rung.level} ${rung.kind} ${rung.to}`;
      const group = together.get(name) ?? { rung, items: [] };
      group.items.push(item);
      together.set(name, group);
      draft.fired.push({ kind: rung.kind, at: rung.at, urgent: false });
    }
  for (const { rung, items: reached } of together.values()) {
    const told = new Set<PersonId>();
    for (const item of reached) for (const person of await receiversOf(draft, item, rung.to)) told.add(person);
    tell(draft, `items-${rung.kind}`, { items: reached.map(({ id }) => id), to: [...told], level: rung.level });
    for (const person of told) {
      draft.notices.push({ file, person, task: null, kind: `items-${rung.kind}` });
      addParticipant(file, person, 'informed');
    }
  }
}

/** Never the person who is to be visited; where whoever had it has left, the leader above. */
async function receiversOf(draft: StepDraft, { unit, person, assignee }: DueItem, to: string): Promise<readonly PersonId[]> {
  const { context, step } = draft;
  const isGone = assignee !== null && (await gone(context.tx, [assignee], step.at)).has(assignee);
  if (to === 'assignee' && assignee !== null && !isGone) return [assignee];
  const excluded = [person, assignee].filter((each) => each !== null);
  const { holders } = await resolveRole(context.tx, { role: roleOf(to), unit, at: step.at, excluded });
  return holders;
}

function roleOf(to: string): Role {
  if (to === 'assignee') return 'unit-leader';
  return roleIds.find((id) => id === to) ?? 'inspector';
}

async function noteFired({ tx }: StepContext, items: readonly DueItem[], at: Instant): Promise<void> {
  const rows = items.map(({ id, level, ladder }) => {
    const climbed = ladder.map((rung) => (isDue(rung, at) ? { ...rung, firedAt: at } : rung));
    const reached = climbed.filter(({ firedAt }) => firedAt !== null).map((rung) => rung.level);
    const ring_at = climbed.find(({ firedAt }) => firedAt === null)?.at ?? null;
    return { id, ladder: climbed, ring_at, level: Math.max(level, ...reached) };
  });
  await tx.$executeRaw`
    update round_item i set ladder = x.ladder, ring_at = x.ring_at, level = x.level
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id bigint, ladder jsonb, ring_at timestamptz, level smallint) where i.id = x.id`;
}
