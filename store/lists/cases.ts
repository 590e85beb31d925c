import { type Actor, holdsAny } from '../../domain/actor.ts';
import type { CaseNumber, PersonId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Bureau } from '../bureau.ts';
import { titleContext } from '../case-file.ts';
import { type Cursor, type Page, pageOf, parseCursor, rowId } from '../cursor.ts';
import { queryTokens } from '../search-tokens.ts';
import { contentsVisibleTo, subjectVisibleTo, type Viewing, visibleTo } from '../visible.ts';

export interface CaseFilter {
  /** One, or several with commas between, as of a stage. */
  readonly process?: string | undefined;
  readonly state?: string | undefined;
  /** One, or several with commas between. */
  readonly confidentiality?: string | undefined;
  readonly stage?: string | undefined;
  /** With its sub-units. */
  readonly unit?: UnitId | undefined;
  readonly handler?: PersonId | undefined;
  readonly subject?: PersonId | undefined;
  readonly overdue?: boolean | undefined;
  readonly level?: number | undefined;
  readonly dueBefore?: string | undefined;
  /** Due after the first and at or before the second instant. */
  readonly due?: { readonly after: Date | null; readonly until: Date } | undefined;
  readonly openedFrom?: string | undefined;
  readonly openedTo?: string | undefined;
  readonly closedFrom?: string | undefined;
  readonly closedTo?: string | undefined;
  readonly outcome?: string | undefined;
  readonly reopened?: boolean | undefined;
  /** What a form said that figures count by: `route=policy`. */
  readonly label?: string | undefined;
  readonly labelledFrom?: string | undefined;
  readonly labelledTo?: string | undefined;
  /** Those by which someone is restricted now, and until when at most. */
  readonly restriction?: string | undefined;
  readonly restrictedUntil?: string | undefined;
  /** At least two characters of a title, or the beginning of a number. */
  readonly q?: string | undefined;
  /** Open cases that may be about the same matter as this one. */
  readonly like?: CaseNumber | undefined;
}

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
 * Cases that the actor may know of. Uses case_by_opened, or the index of the filter (case_by_process, _unit, _handler, _subject, _search), or case_open_by_due;
 * the keyset is (order, id). A case without a due date comes last by due date.
 */
export async function listCases({ db, ring }: Bureau, query: CaseListQuery): Promise<Page<CaseListRow>> {
  const { actor, viewing, sort, limit } = query;
  const order = orders[sort];
  const after = query.cursor === undefined ? Prisma.sql`true` : order.after(parseCursor(query.cursor, rowId));
  const rows = await db.$queryRaw<SealedRow[]>(Prisma.sql`
    select c.id::text, ${order.value}::text as "order", c.number, c.process, c.title, c.state, c.stage, c.outcome, c.opened_at as "openedAt", c.closed_at as "closedAt",
           c.due_at as "dueAt", c.level, c.subject_id as subject, s.name as "subjectName", c.unit_id as unit, u.name as "unitName", c.handler_id as handler,
           h.name as "handlerName", c.confidentiality,
           ${contentsVisibleTo(actor, viewing)} as "seesContents", ${subjectVisibleTo(actor, viewing)} as "seesSubject"
      from "case" c join unit u on u.id = c.unit_id left join person s on s.id = c.subject_id left join person h on h.id = c.handler_id
     where ${visibleTo(actor, viewing)} and ${after}
       and ${Prisma.join([Prisma.sql`true`, ...conditions(query, ring)], ' and ')}
     order by ${order.by}
     limit ${limit + 1}`);
  const page = pageOf(rows, limit, ({ order: value, id }) => [value, id]);
  const open = ({ id: _, order: __, title, ...row }: SealedRow): CaseListRow => ({
    ...row,
    title: row.seesContents ? String(ring.openJson('database', title, titleContext(row.number))) : null,
    ...(row.seesSubject ? {} : { subject: null, subjectName: null }),
  });
  return { rows: page.rows.map(open), nextCursor: page.nextCursor };
}

interface Order {
  readonly value: Prisma.Sql;
  readonly by: Prisma.Sql;
  readonly after: (cursor: Cursor) => Prisma.Sql;
}

const orders: Readonly<Record<CaseSort, Order>> = {
  '-openedAt': {
    value: Prisma.sql`c.opened_at`,
    by: Prisma.sql`c.opened_at desc, c.id desc`,
    after: ([at, id]) => Prisma.sql`(c.opened_at, c.id) < (${at}::timestamptz, ${id}::bigint)`,
  },
  openedAt: {
    value: Prisma.sql`c.opened_at`,
    by: Prisma.sql`c.opened_at, c.id`,
    after: ([at, id]) => Prisma.sql`(c.opened_at, c.id) > (${at}::timestamptz, ${id}::bigint)`,
  },
  dueAt: {
    value: Prisma.sql`c.due_at`,
    by: Prisma.sql`c.due_at, c.id`,
    after: ([at, id]) =>
      at === null
        ? Prisma.sql`c.due_at is null and c.id > ${id}::bigint`
        : Prisma.sql`(c.due_at is null or (c.due_at, c.id) > (${at}::timestamptz, ${id}::bigint))`,
  },
};

function conditions({ actor, viewing, filter }: CaseListQuery, ring: Bureau['ring']): Prisma.Sql[] {
  const { process, state, stage, unit, handler, subject, overdue, level, dueBefore, due, openedFrom, openedTo, q, like } = filter;
  const { closedFrom, closedTo, outcome, reopened } = filter;
  const isOverdue = Prisma.sql`(c.state = 'open' and c.due_at is not null and c.due_at < ${viewing.at})`;
  return [
    process !== undefined && Prisma.sql`c.process = any (${process.split(',')})`,
    state !== undefined && Prisma.sql`c.state = ${state}`,
    filter.confidentiality !== undefined && Prisma.sql`c.confidentiality = any (${filter.confidentiality.split(',')})`,
    stage !== undefined && Prisma.sql`c.stage = any (${stage.split(',')})`,
    unit !== undefined && Prisma.sql`c.unit_id = any (${unitsBelow(unit)})`,
    handler !== undefined && Prisma.sql`c.handler_id = ${handler}`,
    subject !== undefined && Prisma.sql`c.subject_id = ${subject} and ${subjectVisibleTo(actor, viewing)}`,
    overdue !== undefined && (overdue ? isOverdue : Prisma.sql`not ${isOverdue}`),
    level !== undefined && Prisma.sql`c.level = ${level}`,
    dueBefore !== undefined && Prisma.sql`c.state = 'open' and c.due_at < ${dueBefore}::timestamptz`,
    due !== undefined && Prisma.sql`c.state = 'open' and c.due_at <= ${due.until}`,
    due?.after != null && Prisma.sql`c.due_at > ${due.after}`,
    openedFrom !== undefined && Prisma.sql`c.opened_at >= ${openedFrom}::timestamptz`,
    openedTo !== undefined && Prisma.sql`c.opened_at < ${openedTo}::timestamptz`,
    closedFrom !== undefined && Prisma.sql`c.state = 'closed' and c.closed_at >= ${closedFrom}::timestamptz`,
    closedTo !== undefined && Prisma.sql`c.state = 'closed' and c.closed_at < ${closedTo}::timestamptz`,
    outcome !== undefined && Prisma.sql`c.state = 'closed' and c.outcome = ${outcome}`,
    reopened !== undefined && Prisma.sql`(c.runs > 1) = ${reopened}`,
    filter.label !== undefined && isLabelled(filter.label, filter),
    filter.restriction !== undefined && restricts(filter.restriction, filter, viewing.at),
    (filter.label !== undefined || filter.restriction !== undefined) && countedBy(actor, viewing),
    q !== undefined && matches(q, { actor, viewing, ring }),
    like !== undefined && isLike(like, actor, viewing),
  ].filter((condition) => condition !== false);
}

/** What a case is counted as is for whoever sees its contents, and for auditors, who count everything. */
const countedBy = (actor: Actor, viewing: Viewing): Prisma.Sql =>
  holdsAny(actor, ['auditor']) ? Prisma.sql`true` : contentsVisibleTo(actor, viewing);

/** Uses case_label_by_value. */
function isLabelled(label: string, { labelledFrom, labelledTo }: CaseFilter): Prisma.Sql {
  const [key = '', value = ''] = label.split('=');
  return Prisma.sql`c.id = any (array(select case_id from case_label where key = ${key} and value = ${value}
    and at >= ${labelledFrom ?? '-infinity'}::timestamptz and at < ${labelledTo ?? 'infinity'}::timestamptz))`;
}

const restricts = (kind: string, { restrictedUntil }: CaseFilter, at: Date): Prisma.Sql => Prisma.sql`c.id = any (array(
  select case_id from restriction where kind = ${kind} and starts_at <= ${at} and ends_at > ${at} and ends_at <= ${restrictedUntil ?? 'infinity'}::timestamptz))`;

/** A unit and all below it, as an array for `any`. */
export const unitsBelow = (unit: UnitId): Prisma.Sql =>
  Prisma.sql`array(select below.id from unit below join unit top on starts_with(below.path, top.path) where top.id = ${unit})`;

/**
 * Open cases of the same process by the same person, or whose title shares half of its pairs of characters. Both cases must be open to the actor's eyes: who asks
 * learns nothing of a case that is not. Uses case_by_subject and case_by_search.
 */
const isLike = (number: CaseNumber, actor: Actor, viewing: Viewing): Prisma.Sql => Prisma.sql`
  c.state <> 'closed' and c.number <> ${number} and ${contentsVisibleTo(actor, viewing)} and exists (
    select from (select c.process, c.search, c.subject_id, ${subjectVisibleTo(actor, viewing)} as "seesSubject" from "case" c
                  where c.number = ${number} and ${contentsVisibleTo(actor, viewing)}) given
     where given.process = c.process and (
       given."seesSubject" and given.subject_id = c.subject_id and ${subjectVisibleTo(actor, viewing)}
       or given.search && c.search and 2 * (select count(*) from unnest(given.search) pair where pair = any (c.search)) >= cardinality(given.search)))`;

/** By the number, known to whoever may know of the case; by words of the title, only for those who may read it. */
function matches(q: string, { actor, viewing, ring }: { actor: Actor; viewing: Viewing; ring: Bureau['ring'] }): Prisma.Sql {
  if (/^[A-Za-z]{2}-[\d-]*$/.test(q)) return Prisma.sql`starts_with(c.number, ${q.toUpperCase()})`;
  const words = queryTokens(ring, q)
    .filter((tokens) => tokens.length > 0)
    .map((tokens) => Prisma.sql`c.search @> ${tokens}::integer[]`);
  if (words.length === 0) return Prisma.sql`false`;
  return Prisma.sql`((${Prisma.join(words, ' or ')}) and ${contentsVisibleTo(actor, viewing)})`;
}
