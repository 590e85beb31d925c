/*
 * Bulk operations: one row for the operation, one for each item.
 *
 * Invariants
 * - An item is taken by one node at a time (`leased_until`); a node that dies gives it back when its lease has run out.
 * - The effect of an item is no part of these tables. It happens under the item's own idempotency key, so an item that is taken twice takes effect once.
 * - What was written for it (`params`, `input`) is kept only as long as something may still be done: afterwards it stands in the cases, under their rules of retention.
 * - `pending` is left by exactly one writer: whoever did the item, or the cancelling of items that nobody has taken yet.
 */
import type { BulkId, BulkState, ItemState } from '../domain/bulk.ts';
import type { PersonId } from '../domain/ids.ts';
import type { ProblemSlug } from '../domain/problems.ts';
import type { Database } from '../platform/database.ts';
import type { Bureau } from './bureau.ts';

export interface NewBulk {
  readonly id: BulkId;
  readonly kind: string;
  readonly by: PersonId;
  readonly key: string;
  readonly bodyHash: string;
  readonly params: unknown;
  readonly at: Date;
  readonly items: readonly NewItem[];
}

export interface NewItem {
  readonly target: string;
  readonly effect: Readonly<Record<string, string | null>>;
  readonly input?: unknown;
  /** Why it would be refused; null where it would be done. */
  readonly problem: ProblemSlug | null;
}

const paramsContext = (bulk: string): string => `bulk ${bulk}`;
const inputContext = (bulk: string, n: number): string => `bulk ${bulk}/${n}`;

/** Keeps a preview; items that would be refused are refused already. Of two under one key the first stays. */
export async function saveBulk({ db, ring }: Bureau, { id, kind, by, key, bodyHash, params, at, items }: NewBulk): Promise<void> {
  const rows = items.map(({ target, effect, input, problem }, index) => ({
    n: index + 1,
    target,
    effect,
    state: problem === null ? 'pending' : 'refused',
    problem,
    input: input === undefined ? null : Buffer.from(ring.sealJson('database', input, inputContext(id, index + 1))).toString('base64'),
  }));
  await db.$executeRaw`
    with made as (
      insert into bulk (id, kind, by_id, key, body_hash, params, state, at)
      values (${id}, ${kind}, ${by}, ${key}, ${bodyHash}, ${ring.sealJson('database', params, paramsContext(id))}, 'previewed', ${at})
      on conflict (by_id, key) do nothing returning id)
    insert into bulk_item (bulk_id, n, target, state, problem, effect, input)
    select made.id, i.n, i.target, i.state, i.problem, i.effect, decode(i.input, 'base64')
      from made, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i (n integer, target text, state text, problem text, effect jsonb, input text)`;
}

/** Sets a preview going. @returns false where it is not one any more */
export async function startBulk(db: Database, id: BulkId, at: Date): Promise<boolean> {
  const started = await db.$executeRaw`update bulk set state = 'running', ran_at = ${at} where id = ${id} and state = 'previewed'`;
  return started > 0;
}

/** What is done stays, what nobody has taken yet is not touched any more; an item that is being done comes to its own end. */
export async function cancelBulk(db: Database, id: BulkId, at: Date): Promise<void> {
  await db.$executeRaw`
    with ended as (update bulk set state = 'cancelled', ended_at = ${at}, params = null where id = ${id} and state in ('previewed', 'running') returning id)
    update bulk_item i set state = 'cancelled', ended_at = ${at}, input = null from ended where i.bulk_id = ended.id and i.state = 'pending' and i.leased_until is null`;
}

export interface TakenItem {
  readonly bulk: BulkId;
  readonly kind: string;
  readonly by: PersonId;
  readonly bodyHash: string;
  readonly bulkState: BulkState;
  /** Undefined once the bulk is cancelled. */
  readonly params: unknown;
  readonly n: number;
  readonly target: string;
  readonly input: unknown;
  readonly attempts: number;
  /** The account of whoever started it was disabled. */
  readonly isDisabled: boolean;
}

type SealedItem = Omit<TakenItem, 'params' | 'input'> & { readonly params: Uint8Array | null; readonly input: Uint8Array | null };

/**
 * Takes the next item of the bulk that has run longest, or null. Also one of a cancelled bulk that a node had taken and not ended: whether it took effect must still be found out.
 * Uses bulk_running and bulk_item_left.
 */
export async function takeItem({ db, ring }: Pick<Bureau, 'db' | 'ring'>, leaseMs: number): Promise<TakenItem | null> {
  const [row] = await db.$queryRaw<SealedItem[]>`
    with next as (
      select i.bulk_id, i.n from bulk b join bulk_item i on i.bulk_id = b.id
       where i.state = 'pending' and (b.state = 'running' and i.leased_until is null or b.state in ('running', 'cancelled') and i.leased_until < now())
       order by b.ran_at, i.n limit 1 for update of i skip locked)
    update bulk_item i set leased_until = now() + make_interval(secs => ${leaseMs / 1000}), attempts = attempts + 1
      from next, bulk b where (i.bulk_id, i.n) = (next.bulk_id, next.n) and b.id = i.bulk_id
    returning b.id as bulk, b.kind, b.by_id as by, b.body_hash as "bodyHash", b.state as "bulkState", b.params, i.n, i.target, i.input, i.attempts,
              exists (select 1 from account a where a.person_id = b.by_id and a.disabled) as "isDisabled"`;
  if (row === undefined) return null;
  const opened = (sealed: Uint8Array | null, context: string) => (sealed === null ? undefined : ring.openJson('database', sealed, context));
  return {
    ...row,
    params: opened(row.params, paramsContext(row.bulk)),
    input: opened(row.input, inputContext(row.bulk, row.n)),
  };
}

export interface ItemEnd {
  readonly state: Exclude<ItemState, 'pending'>;
  readonly problem?: ProblemSlug;
  /** Number of the case that it opened. */
  readonly opened?: string;
}

export const endItem = (db: Database, { bulk, n }: Pick<TakenItem, 'bulk' | 'n'>, { state, problem, opened }: ItemEnd): Promise<number> =>
  db.$executeRaw`
    update bulk_item set state = ${state}, problem = ${problem ?? null}, opened = ${opened ?? null}, ended_at = now(), input = null
     where bulk_id = ${bulk} and n = ${n} and state = 'pending'`;

/** Ends the bulks of which every item has. Uses bulk_running. */
export const endFinished = (db: Database): Promise<number> =>
  db.$executeRaw`
    update bulk b set state = 'done', ended_at = now(), params = null
     where b.state = 'running' and not exists (select 1 from bulk_item i where i.bulk_id = b.id and i.state = 'pending')`;

/** Cancels previews that nobody has run within a week: they hold what people wrote, and no case does yet. Uses bulk_previewed. */
export const cancelStale = (db: Database, at: Date): Promise<number> =>
  db.$executeRaw`
    with stale as (
      update bulk set state = 'cancelled', ended_at = ${at}, params = null
       where state = 'previewed' and at < ${at}::timestamptz - interval '7 days' returning id)
    update bulk_item i set state = case when i.state = 'pending' then 'cancelled' else i.state end, ended_at = ${at}, input = null
      from stale where i.bulk_id = stale.id`;
