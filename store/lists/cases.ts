import type { Actor } from '../../domain/actor.ts';
import type { CaseNumber, PersonId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { type Database, forItsValues } from '../../platform/database.ts';
import type { Bureau } from '../bureau.ts';
import { titleContext } from '../case-file.ts';
import { type Cursor, type Page, pageOf, parseCursor, rowId } from '../cursor.ts';
import { unitPlaces } from '../units-known.ts';
import { contentsVisibleTo, subjectVisibleTo, type Viewing, visibleTo } from '../visible.ts';
import { type CaseFilter, conditionsOf, narrowingOf } from './case-filter.ts';
import { both, type CaseParts, caseParts, firstOf, narrowed, onlyParts, orderOf, type Stretch } from './case-parts.ts';
import { found } from './case-search.ts';

export const caseSorts = ['-openedAt', 'openedAt', 'dueAt'] as const;
export type CaseSort = (typeof caseSorts)[number];

export interface CaseListRow {
  readonly number: CaseNumber;
  readonly process: string;
  /** Null where the reader may not see it, like `subject`. */
  readonly title: string | null;
  readonly state: string;
  readonly stage: string;
  readonly outcome: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly dueAt: Date | null;
  readonly level: number;
  readonly subject: PersonId | null;
  readonly subjectName: string | null;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly handler: PersonId | null;
  readonly handlerName: string | null;
  readonly confidentiality: string;
  readonly seesContents: boolean;
  readonly seesSubject: boolean;
}

export interface CaseListQuery {
  readonly actor: Actor;
  readonly viewing: Viewing;
  readonly filter: CaseFilter;
  readonly sort: CaseSort;
  readonly limit: number;
  readonly cursor: string | undefined;
}

type SealedRow = Omit<CaseListRow, 'title'> & { readonly id: string; readonly order: string | null; readonly title: Uint8Array };

/**
 * Cases that the actor may know of, read part by part (case-parts.ts) in the order of case_by_opened, case_by_due, or of the index of a filter: case_by_process, _unit, _opener, _handler,
 * _subject, case_due_by_unit, case_open_by_stage, _level. The keyset is (order, id). A case without a due date comes last by due date.
 */
export async function listCases(bureau: Bureau, query: CaseListQuery): Promise<Page<CaseListRow>> {
  const { sort, limit } = query;
  const { db, ring } = bureau;
  const cursor = query.cursor === undefined ? null : parseCursor(query.cursor, rowId);
  const { parts, where } = await askedFor(bureau, query);
  const rows: SealedRow[] = [];
  for (const stretch of stretchesOf(sort, cursor)) {
    if (rows.length > limit) break;
    const reading = { ...ofCases, stretch, where, limit: limit + 1 - rows.length };
    const keys = await firstOf(db, parts, reading);
    if (keys !== null) rows.push(...(await readRows(db, query, keys, orderOf(stretch, 'page.'))));
  }
  const page = pageOf(rows, limit, ({ order: value, id }) => [value, id]);
  const open = ({ id: _, order: __, title, ...row }: SealedRow): CaseListRow => ({
    ...row,
    title: row.seesContents ? String(ring.openJson('database', title, titleContext(row.number))) : null,
    ...(row.seesSubject ? {} : { subject: null, subjectName: null }),
  });
  return { rows: page.rows.map(open), nextCursor: page.nextCursor };
}

const ofCases = {
  from: Prisma.sql`"case" c`,
  within: Prisma.sql`"case" c where true`,
  span: 10_000,
  id: Prisma.sql`c.id`,
  idType: 'bigint',
} as const;

async function askedFor(bureau: Bureau, { actor, viewing, filter }: CaseListQuery): Promise<{ parts: CaseParts; where: Prisma.Sql }> {
  const [units, search] = await Promise.all([unitPlaces(bureau.db), filter.q === undefined ? null : found(bureau, filter.q)]);
  const narrowing = narrowingOf({ actor, filter }, units);
  const where = Prisma.join([Prisma.sql`true`, ...conditionsOf({ actor, viewing, filter })], ' and ');
  if (search === null) return { parts: caseParts({ actor, viewing, units }, narrowing), where };
  if ('where' in search) {
    const within =
      search.process === undefined ? narrowing : { ...narrowing, processes: both([search.process], narrowing.processes) ?? undefined };
    return { parts: caseParts({ actor, viewing, units }, within), where: Prisma.sql`${where} and ${search.where}` };
  }
  // Of the few that are found each is looked at.
  const isSeen = (narrowing.contents ? contentsVisibleTo : visibleTo)(actor, viewing);
  const isFound = Prisma.sql`c.id = any (${[...search.ids]}::bigint[]) and ${isSeen}`;
  const few = search.ids.length === 0 ? null : narrowed({ processes: null, units: null, where: isFound }, narrowing);
  return { parts: onlyParts(few === null ? [] : [few]), where };
}

/** By due date, dated cases come first and those without a date after them: two seeks instead of one condition that no index can follow. */
function stretchesOf(sort: CaseSort, cursor: Cursor | null): Stretch[] {
  const [at, id] = cursor ?? [null, '0'];
  if (sort === 'dueAt') {
    const dated: Stretch = { where: Prisma.sql`c.due_at > '-infinity'`, at: Prisma.sql`c.due_at`, direction: 'asc' };
    const undated: Stretch = {
      where: Prisma.sql`c.due_at is null and c.id > ${at === null ? id : '0'}::bigint`,
      at: null,
      direction: 'asc',
    };
    if (cursor === null) return [dated, undated];
    return at === null ? [undated] : [{ ...dated, where: Prisma.sql`(c.due_at, c.id) > (${at}::timestamptz, ${id}::bigint)` }, undated];
  }
  const direction = sort === 'openedAt' ? 'asc' : 'desc';
  const after = Prisma.raw(direction === 'asc' ? '>' : '<');
  const where = cursor === null ? Prisma.sql`true` : Prisma.sql`(c.opened_at, c.id) ${after} (${at}::timestamptz, ${id}::bigint)`;
  return [{ where, at: Prisma.sql`c.opened_at`, direction }];
}

const readRows = (db: Database, { actor, viewing }: CaseListQuery, keys: Prisma.Sql, order: Prisma.Sql): Promise<SealedRow[]> =>
  db.$queryRaw<SealedRow[]>(Prisma.sql`${forItsValues}
    select c.id::text, page.at::text as "order", c.number, c.process, c.title, c.state, c.stage, c.outcome, c.opened_at as "openedAt", c.closed_at as "closedAt",
           c.due_at as "dueAt", c.level, c.subject_id as subject, s.name as "subjectName", c.unit_id as unit, u.name as "unitName", c.handler_id as handler,
           h.name as "handlerName", c.confidentiality,
           seen.contents as "seesContents", ${subjectVisibleTo(actor, viewing, Prisma.sql`seen.contents`)} as "seesSubject"
      from (${keys}) page
      join "case" c on c.id = page.id cross join lateral (select ${contentsVisibleTo(actor, viewing)} as contents offset 0) seen
      join unit u on u.id = c.unit_id left join person s on s.id = c.subject_id left join person h on h.id = c.handler_id
     order by ${order}`);
