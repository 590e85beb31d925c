import { BulkId, type BulkState, type ItemState } from '../../domain/bulk.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { ProblemSlug } from '../../domain/problems.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { type Page, pageOf, parseCursor } from '../cursor.ts';

export interface BulkRow {
  readonly id: BulkId;
  readonly kind: string;
  readonly by: PersonId;
  readonly bodyHash: string;
  readonly state: BulkState;
  readonly at: Date;
  readonly ranAt: Date | null;
  readonly endedAt: Date | null;
  readonly counts: Readonly<Record<ItemState, number>>;
}

export interface BulkItemRow {
  readonly n: number;
  readonly target: string;
  readonly state: ItemState;
  readonly problem: ProblemSlug | null;
  readonly effect: Readonly<Record<string, string | null>>;
  readonly opened: string | null;
  readonly endedAt: Date | null;
}

/** Uses bulk_pkey. */
export const readBulk = async (db: Database, id: BulkId): Promise<BulkRow | null> => (await read(db, Prisma.sql`b.id = ${id}`))[0] ?? null;

/** The one that this person made under this idempotency key, or null. */
export const bulkOfKey = async (db: Database, by: PersonId, key: string): Promise<BulkRow | null> =>
  (await read(db, Prisma.sql`b.by_id = ${by} and b.key = ${key}`))[0] ?? null;

/** A person's bulks, newest first. Uses bulk_by_person. */
export async function listBulks(
  db: Database,
  { by, limit, cursor }: { by: PersonId; limit: number; cursor: string | undefined },
): Promise<Page<BulkRow>> {
  const [at, id] = cursor === undefined ? [null, ''] : parseCursor(cursor, BulkId);
  const after = at === null ? Prisma.sql`true` : Prisma.sql`(b.at, b.id) < (${at}::timestamptz, ${id})`;
  const rows = await read(db, Prisma.sql`b.by_id = ${by} and ${after} order by b.at desc, b.id desc limit ${limit + 1}`);
  return pageOf(rows, limit, (row) => [row.order, row.id]);
}

/** Items in their order from the one after `after` on. Uses bulk_item_pkey. */
export const bulkItems = (db: Database, id: BulkId, { after, limit }: { after: number; limit: number }): Promise<BulkItemRow[]> =>
  db.$queryRaw`
    select n, target, state, problem, effect, opened, ended_at as "endedAt" from bulk_item where bulk_id = ${id} and n > ${after} order by n limit ${limit}`;

const read = (db: Database, where: Prisma.Sql): Promise<(BulkRow & { order: string })[]> =>
  db.$queryRaw(Prisma.sql`
    select b.at::text as "order", b.id, b.kind, b.by_id as by, b.body_hash as "bodyHash", b.state, b.at, b.ran_at as "ranAt", b.ended_at as "endedAt",
           (select json_build_object(
              'pending', count(*) filter (where i.state = 'pending'), 'done', count(*) filter (where i.state = 'done'),
              'refused', count(*) filter (where i.state = 'refused'), 'cancelled', count(*) filter (where i.state = 'cancelled'))
              from bulk_item i where i.bulk_id = b.id) as counts
      from bulk b where ${where}`);
