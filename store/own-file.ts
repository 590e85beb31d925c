import type { Actor } from '../domain/actor.ts';
import type { CaseNumber, PersonId, TaskId } from '../domain/ids.ts';
import { partyRoles } from '../domain/recusal.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';
import { type Viewing, visibleTo } from './visible.ts';

/** More than one person has, of each kind. */
const MOST = 10_000;

interface Reading {
  readonly actor: Actor;
  readonly viewing: Viewing;
}

/** Cases whose data are someone's own: about them, opened by them, or with a part in them that is no office. Uses case_by_subject, case_by_opener, participant_by_person. */
const isOwn = (me: PersonId): Prisma.Sql => Prisma.sql`c.id in (
  select id from "case" where subject_id = ${me} union select id from "case" where opened_by = ${me}
  union select case_id from participant where person_id = ${me} and role = any (${[...partyRoles, 'caller']}))`;

/** Numbers of the own cases that the person may see, oldest first. */
export async function ownCases(db: Database, { actor, viewing }: Reading): Promise<CaseNumber[]> {
  const rows = await db.$queryRaw<{ number: CaseNumber }[]>(Prisma.sql`
    select c.number from "case" c where ${isOwn(actor.id)} and ${visibleTo(actor, viewing)} order by c.opened_at, c.id limit ${MOST}`);
  return rows.map(({ number }) => number);
}

export interface OwnTask {
  readonly id: TaskId;
  readonly process: string;
  readonly key: string;
  readonly state: string;
  readonly openedAt: Date;
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
}

/** Tasks that someone has, or has done, in cases of which they may still know. */
export const ownTasks = (db: Database, { actor, viewing }: Reading): Promise<OwnTask[]> =>
  db.$queryRaw(Prisma.sql`
    select t.id, c.process, t.key, t.state, t.opened_at as "openedAt", t.due_at as "dueAt", t.closed_at as "closedAt"
      from task t join "case" c on c.id = t.case_id
     where (t.assignee = ${actor.id} or t.closed_by = ${actor.id}) and ${visibleTo(actor, viewing)}
     order by t.opened_at, t.id limit ${MOST}`);

export interface OwnLook {
  readonly number: CaseNumber;
  readonly person: PersonId;
  readonly name: string;
  readonly what: string;
  readonly at: Date;
}

/** Who else looked at which of the cases about the person, newest first. */
export const looksAtOwn = (db: Database, { actor, viewing }: Reading): Promise<OwnLook[]> =>
  db.$queryRaw(Prisma.sql`
    select c.number, l.person_id as person, p.name, l.what, l.at
      from "case" c join look l on l.case_id = c.id join person p on p.id = l.person_id
     where (c.subject_id = ${actor.id} or exists (select 1 from participant mine
              where mine.case_id = c.id and mine.person_id = ${actor.id} and mine.role in ('appellant', 'subject', 'reporter', 'heard')))
       and l.person_id <> ${actor.id} and ${visibleTo(actor, viewing)}
     order by l.id desc limit ${MOST}`);

export const noteExport = (db: Database, person: PersonId, { at, cases }: { at: Date; cases: number }): Promise<number> =>
  db.$executeRaw`insert into own_export (person_id, at, cases) values (${person}, ${at}, ${cases})`;

/** Newest first. */
export const exportsOf = (db: Database, person: PersonId): Promise<{ readonly at: Date; readonly cases: number }[]> =>
  db.$queryRaw`select at, cases from own_export where person_id = ${person} order by at desc limit ${MOST}`;
