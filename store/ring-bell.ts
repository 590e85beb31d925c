/*
 * The bell: fires the rungs that only tell (remind, due, escalate) for all cases, and finds those whose workflow has something to do.
 *
 * Invariants
 * - A rung is fired by the transaction that notes it in the task's row, with the instant of the next one: however often, and by however many, the bell is rung, it fires once.
 * - Cases are locked in the order of their ids, as every step locks them; one that a step holds is left for the next time.
 * - A step that comes first fires what was due before it (record.ts), so that nothing in a case overtakes its clock.
 */
import type { CaseNumber, Instant, TaskId } from '../domain/ids.ts';
import type { CaseStep } from '../domain/step.ts';
import type { Bureau, StepContext } from './bureau.ts';
import { climbDue } from './climb.ts';
import { ensurePartitions } from './event-partitions.ts';
import { ringFeed } from './feed.ts';
import { inTransaction } from './in-transaction.ts';
import { caseFile, loadPartsOf, lockFreeCases } from './load-case.ts';
import { observeLateness } from './rung-lateness.ts';
import { gone } from './rung-receivers.ts';
import { type FiredRung, newDraft, type StepDraft } from './step-draft.ts';
import { writeDrafts } from './write-step.ts';

/** Urgent tasks have a lane of their own: they never wait behind the others. */
export type Lane = 'usual' | 'urgent';
export const lanes: readonly Lane[] = ['usual', 'urgent'];

const BATCH = 100;

export interface Rung {
  readonly fired: readonly FiredRung[];
  /** More may be due. */
  readonly isFull: boolean;
}

/** Fires a batch of what is due in a lane. Uses task_ring. */
export async function ringBell(bureau: Bureau, lane: Lane, at: Instant): Promise<Rung> {
  const due = await bureau.db.$queryRaw<{ id: string; ringAt: Date }[]>`
    select case_id::text as id, ring_at as "ringAt" from task where urgent = ${lane === 'urgent'} and ring_at <= ${at}::timestamptz order by ring_at limit ${BATCH}`;
  const [first] = due;
  if (first === undefined) return { fired: [], isFull: false };
  await ensurePartitions(bureau.db, monthsFrom(first.ringAt, at));
  const fired = await inTransaction(bureau.db, (tx) => fireDue({ ...bureau, tx }, [...new Set(due.map(({ id }) => id))], at));
  observeLateness(fired);
  ringFeed(bureau.db);
  return { fired, isFull: due.length === BATCH && fired.length > 0 };
}

async function fireDue(context: StepContext, ids: readonly string[], at: Instant): Promise<FiredRung[]> {
  const cases = await lockFreeCases(context, ids);
  const cause = `ring:${at}`;
  const parts = await loadPartsOf(
    context,
    cases.map(({ id }) => ({ id, cause, named: [] })),
  );
  const drafts: StepDraft[] = [];
  for (const row of cases) {
    const loaded = parts.get(row.id);
    if (!loaded) throw new Error(`case ${row.number} has no parts`);
    const step: CaseStep = { case: row.number, cause, at, by: null, for: null, bodyHash: null, changes: [] };
    drafts.push(newDraft(context, step, await caseFile(context, row, loaded)));
  }
  await gone(context.tx, assigneesOf(drafts), at);
  for (const draft of drafts) await climbDue(draft, at);
  const rung = drafts.filter(({ fired }) => fired.length > 0);
  if (rung.length > 0) await writeDrafts(context, rung);
  return rung.flatMap(({ fired }) => fired);
}

const assigneesOf = (drafts: readonly StepDraft[]) =>
  drafts.flatMap(({ file }) => [...file.tasks.values()].flatMap(({ assignee }) => assignee ?? []));

/** An instant in each month from one to the other: where the events of rungs may go. */
function monthsFrom(first: Date, last: Instant): Instant[] {
  const months: Instant[] = [];
  for (const month = new Date(first); month.getTime() < Date.parse(last); month.setUTCMonth(month.getUTCMonth() + 1, 1))
    months.push(month.toISOString() as Instant);
  return [...months, last];
}

/** How late each lane of the bell is: the age of the oldest rung that is due, in seconds; 0 where none is. Uses task_ring. */
export async function bellLag(db: Bureau['db'], now: Date): Promise<Readonly<Record<Lane, number>>> {
  const [row] = await db.$queryRaw<[{ usual: Date | null; urgent: Date | null }]>`
    select (select min(ring_at) from task where not urgent and ring_at is not null) as usual, (select min(ring_at) from task where urgent and ring_at is not null) as urgent`;
  const age = (at: Date | null) => (at === null ? 0 : Math.max(0, now.getTime() - at.getTime()) / 1000);
  return { usual: age(row.usual), urgent: age(row.urgent) };
}

/** A case whose workflow has something to do. */
export interface Sleeper {
  readonly number: CaseNumber;
  /** Its tasks and waits for which it is due. */
  readonly tasks: readonly TaskId[];
  readonly waits: readonly string[];
}

/** Cases with a rung that calls inspection, a limit that lapses, a pause or (in the usual lane) a wait that ends. Uses task_wake, case_wait_wake. */
export const sleepers = ({ db }: Pick<Bureau, 'db'>, lane: Lane, at: Instant): Promise<Sleeper[]> => db.$queryRaw<Sleeper[]>`
  select c.number, coalesce(array_agg(d.task) filter (where d.task is not null), '{}') as tasks, coalesce(array_agg(d.wait) filter (where d.wait is not null), '{}') as waits
    from ((select case_id, wake_at, id as task, null as wait from task where urgent = ${lane === 'urgent'} and wake_at <= ${at}::timestamptz order by wake_at limit ${BATCH})
          union all
          (select case_id, wake_at, null, id from case_wait where ${lane === 'usual'} and wake_at <= ${at}::timestamptz order by wake_at limit ${BATCH})) d
    join "case" c on c.id = d.case_id
   group by c.number order by min(d.wake_at) limit ${BATCH}`;

/** Notes that these were woken; they are woken again at `again` unless they took their turn by then. */
export async function noteWoken(
  { db }: Pick<Bureau, 'db'>,
  woken: readonly Sleeper[],
  { at, again }: { at: Instant; again: Instant },
): Promise<void> {
  const tasks = woken.flatMap((sleeper) => sleeper.tasks);
  const waits = woken.flatMap((sleeper) => sleeper.waits);
  await db.$executeRaw`
    with woken as (update task set wake_at = ${again}::timestamptz where id = any (${tasks}) and wake_at <= ${at}::timestamptz)
    update case_wait set wake_at = ${again}::timestamptz where id = any (${waits}) and wake_at <= ${at}::timestamptz`;
}
