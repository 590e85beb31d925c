import { staffKeepers } from '../../domain/access-hand-over.ts';
import { type Actor, holdsAny } from '../../domain/actor.ts';
import type { CaseNumber, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { type Viewing, visibleTo } from '../visible.ts';

/** More open cases than one person has. */
const MOST = 2000;

/** What someone has in one open case. */
export interface Holding {
  readonly number: CaseNumber;
  readonly process: string;
  readonly stage: string;
  readonly dueAt: Date | null;
  readonly isHandler: boolean;
  readonly tasks: readonly { readonly id: TaskId; readonly key: string; readonly dueAt: string | null }[];
}

/** Open cases in which someone has a task or is the handler, as far as the reader may hand them over. Uses case_by_handler and task_open_by_assignee. */
export const holdingsOf = (db: Database, person: PersonId, { actor, viewing }: { actor: Actor; viewing: Viewing }): Promise<Holding[]> =>
  db.$queryRaw(Prisma.sql`
    select c.number, c.process, c.stage, c.due_at as "dueAt", c.handler_id is not distinct from ${person} as "isHandler",
           (select coalesce(json_agg(json_build_object('id', t.id, 'key', t.key, 'dueAt', t.due_at) order by t.ordinal), '[]')
              from task t where t.case_id = c.id and ${isHeldTask(Prisma.sql`${person}`)}) as tasks
      from (${heldBy(Prisma.sql`${person}`)}) held join "case" c on c.id = held.id
     where ${isKept(actor)} or ${visibleTo(actor, viewing)}
     order by c.number limit ${MOST}`);

export interface Leaver {
  readonly id: PersonId;
  readonly username: string;
  readonly name: string;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly leftAt: Date;
  /** Open cases in which they still have something. */
  readonly cases: number;
}

/** People who have left and still hold something of which the reader may know. Uses person_left, case_by_handler and task_open_by_assignee. */
export const leaversWithHoldings = (db: Database, { actor, viewing }: { actor: Actor; viewing: Viewing }): Promise<Leaver[]> =>
  db.$queryRaw(Prisma.sql`
    select p.id, p.username, p.name, p.unit_id as unit, u.name as "unitName", p.left_at as "leftAt", held.cases
      from person p join unit u on u.id = p.unit_id join lateral (
             select count(*)::int as cases from (${heldBy(Prisma.sql`p.id`)}) h join "case" c on c.id = h.id
              where ${isKept(actor)} or ${visibleTo(actor, viewing)}) held on held.cases > 0
     where p.left_at <= ${viewing.at} order by p.left_at, p.id limit ${MOST}`);

export interface LeftCase {
  readonly number: CaseNumber;
  readonly process: string;
  readonly confidentiality: 'open' | 'internal' | 'confidential' | 'sealed';
  readonly person: PersonId;
  readonly unit: UnitId;
  readonly cause: string;
}

/** Cases that someone who has left still holds and in which that is not recorded yet. Uses person_left, case_by_handler, task_open_by_assignee and case_step_pkey. */
export const leftCases = (db: Database, at: Date, limit: number): Promise<LeftCase[]> =>
  db.$queryRaw(Prisma.sql`
    select c.number, c.process, c.confidentiality, p.id as person, p.unit_id as unit, cause.text as cause
      from person p
      join lateral (select 'left:' || p.id || ':' || extract(epoch from p.left_at)::bigint) cause (text) on true
      join lateral (${heldBy(Prisma.sql`p.id`)}) held on true
      join "case" c on c.id = held.id
     where p.left_at <= ${at} and not exists (select 1 from case_step s where s.case_id = c.id and s.cause = cause.text)
     order by c.id limit ${limit}`);

/** Whoever keeps the staff knows where a leaver is missed, but for confidential and sealed cases. */
const isKept = (actor: Actor) =>
  holdsAny(actor, staffKeepers) ? Prisma.sql`c.confidentiality in ('open', 'internal')` : Prisma.sql`false`;

const heldBy = (person: Prisma.Sql) => Prisma.sql`
  select k.id from "case" k where k.handler_id = ${person} and k.state <> 'closed'
  union select t.case_id from task t where ${isHeldTask(person)}`;

// What is asked of a subject is nobody else's to do.
const isHeldTask = (person: Prisma.Sql) => Prisma.sql`(t.state = 'open' and t.assignee = ${person} and t.role <> 'subject')`;
