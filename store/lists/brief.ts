import type { Actor } from '../../domain/actor.ts';
import type { BriefBounds, BriefSpan } from '../../domain/brief.ts';
import { type CaseNumber, type PersonId, type PlainDate, TaskId, type UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { type Page, pageOf, parseCursor } from '../cursor.ts';
import { type Viewing, visibleTo } from '../visible.ts';

/** The brief of a morning as it was, or what one would say now. */
export type BriefSource = { readonly on: PlainDate } | { readonly now: BriefBounds };

export interface BriefQuery {
  readonly source: BriefSource;
  readonly actor: Actor;
  readonly viewing: Viewing;
  /** Paths of units, each with everything below it; null for the whole bureau. */
  readonly scope: readonly string[] | null;
}

export interface BriefItemRow {
  readonly id: TaskId;
  readonly number: CaseNumber;
  readonly process: string;
  readonly key: string;
  readonly span: BriefSpan;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly assignee: PersonId | null;
  readonly assigneeName: string | null;
  readonly dueAt: Date;
  readonly level: number;
}

/**
 * What a brief lists of the cases that the reader may know of, the longest overdue first. Who has the task is as of now. Uses brief_item_pkey or brief_item_by_unit; task_open_by_due for now.
 */
export async function briefItems(
  db: Database,
  { limit, cursor, ...query }: BriefQuery & { readonly limit: number; readonly cursor: string | undefined },
): Promise<Page<BriefItemRow>> {
  const [at, id] = cursor === undefined ? [null, ''] : parseCursor(cursor, TaskId);
  const after = at === null ? Prisma.empty : Prisma.sql`and (i.due_at, i.task_id) > (${at}::timestamptz, ${id})`;
  const rows = await db.$queryRaw<(BriefItemRow & { order: string })[]>(Prisma.sql`
    select i.due_at::text as "order", i.task_id as id, c.number, c.process, t.key, i.span, i.unit_id as unit, u.name as "unitName", t.assignee, a.name as "assigneeName",
           i.due_at as "dueAt", i.level
      from ${itemsOf(query)} ${after}
     order by i.due_at, i.task_id limit ${limit + 1}`);
  return pageOf(rows, limit, ({ order, id: last }) => [order, last]);
}

export interface BriefCountRow {
  readonly unit: UnitId;
  readonly unitName: string;
  readonly level: number;
  readonly overdue: number;
  readonly today: number;
  readonly week: number;
}

/** How many of each there are, by unit and level of escalation, of the cases that the reader may know of. */
export const briefCounts = (db: Database, query: BriefQuery): Promise<BriefCountRow[]> =>
  db.$queryRaw<BriefCountRow[]>(Prisma.sql`
  select i.unit_id as unit, u.name as "unitName", i.level, count(*) filter (where i.span = 'overdue')::int as overdue,
         count(*) filter (where i.span = 'today')::int as today, count(*) filter (where i.span = 'week')::int as week
    from ${itemsOf(query)}
   group by i.unit_id, u.name, u.path, i.level order by u.path, i.level desc`);

function itemsOf({ source, actor, viewing, scope }: BriefQuery): Prisma.Sql {
  const inScope =
    scope === null
      ? Prisma.sql`true`
      : Prisma.sql`i.unit_id = any (array(
    select id from unit join unnest(${[...scope]}::text[]) top on starts_with(path, top)))`;
  return Prisma.sql`${rowsOf(source)} i join task t on t.id = i.task_id join "case" c on c.id = t.case_id
    join unit u on u.id = i.unit_id left join person a on a.id = t.assignee
   where ${inScope} and ${visibleTo(actor, viewing)}`;
}

/** The same rule as `makeBrief` in store/brief.ts. */
const rowsOf = (source: BriefSource): Prisma.Sql =>
  'on' in source
    ? Prisma.sql`(select * from brief_item where on_date = ${source.on}::date)`
    : Prisma.sql`(
        select id as task_id, unit_id, due_at, level,
               case when due_at <= ${source.now.overdue}::timestamptz then 'overdue' when due_at <= ${source.now.today}::timestamptz then 'today' else 'week' end as span
          from task where state = 'open' and due_at <= ${source.now.week}::timestamptz and paused_at is null and role <> 'subject')`;
