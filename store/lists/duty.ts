import type { Actor } from '../../domain/actor.ts';
import type { CaseNumber, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import type { LadderRow } from '../case-file.ts';
import { contentsVisibleTo, subjectVisibleTo, type Viewing } from '../visible.ts';

/** More are not open at a time; who reads the list begins with the oldest. */
const MOST = 500;

export interface DutyRow {
  readonly id: TaskId;
  readonly key: string;
  readonly role: string;
  readonly assignee: PersonId | null;
  readonly assigneeName: string | null;
  readonly openedAt: Date;
  readonly dueAt: Date | null;
  readonly claimedAt: Date | null;
  readonly level: number;
  readonly ladder: readonly LadderRow[];
  readonly number: CaseNumber;
  readonly process: string;
  readonly caseOpenedAt: Date;
  readonly unit: UnitId;
  readonly unitName: string;
  /** Null where there is none or the reader may not learn it. */
  readonly subject: PersonId | null;
  readonly subjectName: string | null;
}

/** Names by user name: a duty desk calls people, not accounts. */
export async function namesOfUsers(db: Database, usernames: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await db.person.findMany({ where: { username: { in: [...usernames] } }, select: { username: true, name: true } });
  return new Map(people.map(({ username, name }) => [username, name]));
}

/** What is open of the emergencies that someone may know of, oldest first. Uses task_unanswered. */
export const dutyList = (db: Database, { actor, viewing }: { actor: Actor; viewing: Viewing }): Promise<DutyRow[]> =>
  db.$queryRaw<DutyRow[]>(Prisma.sql`
    select t.id, t.key, t.role, t.assignee, a.name as "assigneeName", t.opened_at as "openedAt", t.due_at as "dueAt", t.claimed_at as "claimedAt", t.level, t.ladder,
           c.number, c.process, c.opened_at as "caseOpenedAt", c.unit_id as unit, u.name as "unitName", s.id as subject, s.name as "subjectName"
      from task t join "case" c on c.id = t.case_id join unit u on u.id = c.unit_id left join person a on a.id = t.assignee
      left join person s on s.id = c.subject_id and ${subjectVisibleTo(actor, viewing)}
     where t.urgent and t.state = 'open' and ${contentsVisibleTo(actor, viewing)}
     order by t.opened_at, t.id limit ${MOST}`);
