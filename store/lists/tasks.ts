import { type Actor, holdsAny, leaderRoles } from '../../domain/actor.ts';
import { type CaseNumber, type PersonId, TaskId, type UnitId } from '../../domain/ids.ts';
import { partyRoles } from '../../domain/recusal.ts';
import type { Role } from '../../domain/roles.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { type Database, forItsValues } from '../../platform/database.ts';
import type { LadderRow } from '../case-file.ts';
import { type Cursor, type Page, pageOf, parseCursor } from '../cursor.ts';
import { type UnitPlace, unitPlaces, unitsFrom } from '../units-known.ts';
import { subjectVisibleTo, tasksByHolder, type Viewing, visibleTo } from '../visible.ts';
import { among, type CaseParts, caseParts, firstOf, onlyParts, orderOf, type Stretch } from './case-parts.ts';

export interface TaskFilter {
  /** Only what the actor may do now, or has done. */
  readonly mine: boolean;
  /** Leaves out what is asked of a subject, whose name may be withheld. */
  readonly assignee?: PersonId | undefined;
  /** With its sub-units. */
  readonly unit?: UnitId | undefined;
  readonly state: 'open' | 'done' | 'cancelled';
  /** Due after the first and at or before the second instant. */
  readonly due?: { readonly after: Date | null; readonly until: Date } | undefined;
  /** Of the case; one, or several with commas between. */
  readonly confidentiality?: string | undefined;
  /** One, or several with commas between. */
  readonly process?: string | undefined;
  /** The same task of every process, `result`, or where a tier set its limit, `result@7`. */
  readonly key?: string | undefined;
  /** Done after its limit. */
  readonly late?: boolean | undefined;
  readonly closedFrom?: string | undefined;
  readonly closedTo?: string | undefined;
}

export const taskSorts = ['dueAt', '-openedAt', 'openedAt', '-closedAt'] as const;
export type TaskSort = (typeof taskSorts)[number];

export interface TaskListRow {
  readonly id: TaskId;
  readonly number: CaseNumber;
  readonly process: string;
  readonly key: string;
  readonly round: number;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly role: Role | 'subject';
  readonly unit: UnitId;
  readonly unitName: string;
  readonly assignee: PersonId | null;
  readonly assigneeName: string | null;
  readonly openedAt: Date;
  readonly dueAt: Date | null;
  readonly pausedAt: Date | null;
  readonly closedAt: Date | null;
  readonly level: number;
  readonly ladder: readonly LadderRow[];
  /** The assignee is the case's subject, or another person whom the reader may not learn of. */
  readonly hidesAssignee: boolean;
  /** Whether the reader says who does it, and so is shown who could (`task.candidates`). */
  readonly mayDirect: boolean;
}

export interface TaskListQuery {
  readonly actor: Actor;
  readonly viewing: Viewing;
  readonly filter: TaskFilter;
  readonly sort: TaskSort;
  readonly limit: number;
  readonly cursor: string | undefined;
}

type OrderedRow = TaskListRow & { readonly order: string | null };

/**
 * Tasks of cases that the actor may know of. One's own open tasks are read holder by holder (own, each role held, each person stood in for), every part in the order of its index
 * (task_open_by_assignee, task_open_by_role) and no longer than the page, and then merged: a desk's backlog of 100,000 costs no more than a page of each. Others' are read part by part
 * as cases are (case-parts.ts), in the order of task_open_by_due, _unit or _opened, or task_closed_by_due; what one has done by task_closed_by and task_closed_for.
 */
export async function listTasks(db: Database, query: TaskListQuery): Promise<Page<TaskListRow>> {
  const { sort, limit, filter } = query;
  const cursor = query.cursor === undefined ? null : parseCursor(query.cursor, TaskId);
  const units = await unitPlaces(db);
  const parts = partsFor(query, units);
  const here = Prisma.join([Prisma.sql`t.state = ${filter.state}`, ...inUnits(filter, units)], ' and ');
  const where = Prisma.join([here, ...conditionsOf(filter)], ' and ');
  const within = Prisma.sql`task t where ${here}`;
  const rows: OrderedRow[] = [];
  for (const stretch of stretchesOf(sort, cursor)) {
    if (rows.length > limit) break;
    const keys = await firstOf(db, parts, { ...ofTasks, within, stretch, where, limit: limit + 1 - rows.length });
    if (keys !== null) rows.push(...(await readRows(db, query, keys, orderOf(stretch, 'page.'))));
  }
  return pageOf(rows, limit, ({ order, id }) => [order, id]);
}

const ofTasks = { from: Prisma.sql`task t join "case" c on c.id = t.case_id`, id: Prisma.sql`t.id`, idType: 'text', span: 2000 } as const;

/** One's own lie with holders; what one has done, and others', is known by its case. */
function partsFor({ actor, viewing, filter }: TaskListQuery, units: readonly UnitPlace[]): CaseParts {
  const { mine, state, process } = filter;
  if (!mine)
    return caseParts(
      { actor, viewing, units, caseId: Prisma.sql`t.case_id` },
      {
        processes: process?.split(','),
        // A closed case has no open task.
        isOpen: state === 'open' ? true : undefined,
      },
    );
  const ofProcess = process === undefined ? Prisma.sql`true` : among(Prisma.sql`c.process`, process.split(','));
  if (state === 'open') {
    return onlyParts(tasksByHolder(actor, viewing.oversight).map((held) => Prisma.sql`${held} and ${ofProcess}`));
  }
  const isSeen = Prisma.sql`${visibleTo(actor, viewing)} and ${ofProcess}`;
  return onlyParts([Prisma.sql`t.closed_by = ${actor.id} and ${isSeen}`, Prisma.sql`t.closed_for = ${actor.id} and ${isSeen}`]);
}

/** By due date, dated tasks come first and those without a date after them: two seeks instead of one condition that no index can follow. */
function stretchesOf(sort: TaskSort, cursor: Cursor | null): Stretch[] {
  const [at, id] = cursor ?? [null, ''];
  if (sort === 'dueAt') {
    const dated: Stretch = { where: Prisma.sql`t.due_at > '-infinity'`, at: Prisma.sql`t.due_at`, direction: 'asc' };
    const undated: Stretch = { where: Prisma.sql`t.due_at is null and t.id > ${at === null ? id : ''}`, at: null, direction: 'asc' };
    if (cursor === null) return [dated, undated];
    return at === null ? [undated] : [{ ...dated, where: Prisma.sql`(t.due_at, t.id) > (${at}::timestamptz, ${id})` }, undated];
  }
  const value = sort === '-closedAt' ? Prisma.sql`t.closed_at` : Prisma.sql`t.opened_at`;
  const direction = sort === 'openedAt' ? 'asc' : 'desc';
  const after = Prisma.raw(direction === 'asc' ? '>' : '<');
  const where = cursor === null ? Prisma.sql`true` : Prisma.sql`(${value}, t.id) ${after} (${at}::timestamptz, ${id})`;
  return [{ where, at: value, direction }];
}

const readRows = (db: Database, { actor, viewing }: TaskListQuery, keys: Prisma.Sql, order: Prisma.Sql): Promise<OrderedRow[]> =>
  db.$queryRaw<OrderedRow[]>(Prisma.sql`${forItsValues}
    select page.at::text as "order", t.id, c.number, c.process, t.key, t.round, t.state, t.role, t.unit_id as unit, u.name as "unitName", t.assignee, a.name as "assigneeName",
           t.opened_at as "openedAt", t.due_at as "dueAt", t.paused_at as "pausedAt", t.closed_at as "closedAt", t.level, t.ladder,
           ${hidesAssignee(actor, viewing)} as "hidesAssignee",
           ${directs(actor)} as "mayDirect"
      from (${keys}) page
      join task t on t.id = page.id join "case" c on c.id = t.case_id join unit u on u.id = t.unit_id left join person a on a.id = t.assignee
     order by ${order}`);

/** The list form of `hiddenPeople` in domain/access-sight.ts: only what is asked of the person concerned can be assigned to them. */
const hidesAssignee = (actor: Actor, viewing: Viewing): Prisma.Sql => Prisma.sql`(
  t.role = 'subject' and not ${subjectVisibleTo(actor, viewing)} and (
    t.assignee = c.subject_id
    or exists (select 1 from participant p where p.case_id = c.id and p.person_id = t.assignee and p.role = any (${[...partyRoles]}))))`;

/** The list form of `task.candidates` in domain/access-task.ts: leaders over the task's unit, the supervision desk and auditors. */
function directs(actor: Actor): Prisma.Sql {
  if (holdsAny(actor, ['supervision-desk', 'auditor'])) return Prisma.sql`true`;
  const led = actor.roles.filter(({ role }) => leaderRoles.some((leader) => leader === role)).map(({ unitPath }) => unitPath);
  return Prisma.sql`exists (select 1 from unnest(${led}::text[]) led where starts_with(u.path, led))`;
}

const inUnits = ({ unit }: TaskFilter, units: readonly UnitPlace[]): Prisma.Sql[] =>
  unit === undefined ? [] : [among(Prisma.sql`t.unit_id`, unitsFrom(units, unit))];

function conditionsOf(filter: TaskFilter): Prisma.Sql[] {
  const { due, assignee, key, late, closedFrom, closedTo, confidentiality } = filter;
  const [name, tier] = key?.split('@') ?? [];
  return [
    due !== undefined && Prisma.sql`t.due_at <= ${due.until} and t.paused_at is null`,
    due?.after != null && Prisma.sql`t.due_at > ${due.after}`,
    assignee !== undefined && Prisma.sql`t.assignee = ${assignee} and t.role <> 'subject'`,
    confidentiality !== undefined && among(Prisma.sql`c.confidentiality`, confidentiality.split(',')),
    name !== undefined && Prisma.sql`t.key = ${name}`,
    tier !== undefined && Prisma.sql`t.checkpoint = ${Number(tier)}`,
    late !== undefined && Prisma.sql`(t.due_at is not null and t.due_at < t.closed_at) = ${late}`,
    closedFrom !== undefined && Prisma.sql`t.closed_at >= ${closedFrom}::timestamptz`,
    closedTo !== undefined && Prisma.sql`t.closed_at < ${closedTo}::timestamptz`,
  ].filter((condition) => condition !== false);
}

/** How many open tasks the actor's own inbox and desks hold, from the kept counters; it counts also the few at a desk from which the actor is recused. */
export async function inboxTotal(db: Database, actor: Actor): Promise<number> {
  const holders = [actor, ...actor.standsInFor];
  const keys = holders.flatMap(({ id, roles }) => [`p:${id}`, ...roles.map(({ role, unit }) => `r:${role}@${unit}`)]);
  const [row] = await db.$queryRaw<[{ open: number }]>`
    select coalesce(sum(open), 0)::int as open from inbox_count where holder = any(${[...new Set(keys)]})`;
  return row.open;
}
