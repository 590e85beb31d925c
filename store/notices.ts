import type { Actor } from '../domain/actor.ts';
import type { PersonId } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';
import { type Viewing, visibleTo } from './visible.ts';

export interface NoticeRow {
  readonly id: string;
  readonly kind: string;
  readonly at: Date;
  readonly readAt: Date | null;
  /** Null, with `facts` instead, where it belongs to no case (domain/caseless-notices.ts). */
  readonly number: string | null;
  readonly process: string | null;
  readonly taskId: string | null;
  readonly taskKey: string | null;
  readonly facts: unknown;
}

export interface Reading {
  readonly actor: Actor;
  readonly viewing: Viewing;
}

export interface NoticePage {
  readonly before: string | undefined;
  readonly unread: boolean;
  readonly limit: number;
}

/** Over a case `c` that may be none. Once a file is sealed, what was told of it to others is gone from sight too (domain.md §4.4). */
export const isKnown = (visible: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(c.id is null or c.state <> 'closed' or c.confidentiality <> 'sealed' or ${visible})`;

/** A person's notices, newest first. Uses notice_by_person or notice_unread. */
export const noticesOf = (db: Database, { actor, viewing }: Reading, { before, unread, limit }: NoticePage): Promise<NoticeRow[]> =>
  db.$queryRaw<NoticeRow[]>(Prisma.sql`
    select n.id::text, n.kind, n.at, n.read_at as "readAt", c.number, c.process, n.task_id as "taskId", t.key as "taskKey", n.facts
      from notice n left join "case" c on c.id = n.case_id left join task t on t.id = n.task_id
     where n.person_id = ${actor.id} and ${isKnown(visibleTo(actor, viewing))}
       ${unread ? Prisma.sql`and n.read_at is null` : Prisma.empty}
       ${before === undefined ? Prisma.empty : Prisma.sql`and n.id < ${before}::bigint`}
     order by n.id desc
     limit ${limit}`);

/** How many are unread; counting stops at 100, which a badge shows as "99+". */
export async function unreadCount(db: Database, { actor, viewing }: Reading): Promise<number> {
  const [row] = await db.$queryRaw<[{ unread: number }]>`
    select count(*)::int as unread
      from (select 1 from notice n left join "case" c on c.id = n.case_id
             where n.person_id = ${actor.id} and n.read_at is null and ${isKnown(visibleTo(actor, viewing))} limit 100) counted`;
  return row.unread;
}

/** Marks a person's own notices as read; the first reading counts, other ids change nothing. */
export async function markRead(db: Database, person: PersonId, { ids, at }: { ids: readonly string[]; at: Date }): Promise<void> {
  await db.$executeRaw`
    update notice set read_at = ${at} where person_id = ${person} and read_at is null and id = any(${[...ids]}::bigint[])`;
}
