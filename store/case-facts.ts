import type { CaseFacts, TaskFacts } from '../domain/access-facts.ts';
import type { CaseNumber, PersonId, TaskId } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database, Transaction } from '../platform/database.ts';

/** What the rows say of a case; who oversees its process and which commands it knows is added from its definition. */
export type StoredCaseFacts = Omit<CaseFacts, 'overseenBy' | 'commands'>;

/** What must be known of a case to decide what `asker` may do with it, or null if there is none of that number. One query, by the unique number. */
export async function caseFactsOf(
  db: Database | Transaction,
  number: CaseNumber,
  { asker, at }: { readonly asker: PersonId; readonly at: Date },
): Promise<StoredCaseFacts | null> {
  const [row] = await db.$queryRaw<{ facts: StoredCaseFacts }[]>`
    select json_build_object(
             'process', c.process, 'confidentiality', c.confidentiality, 'nameWithheld', c.name_withheld, 'state', c.state, 'stage', c.stage,
             'subject', c.subject_id, 'unitPath', u.path, 'handler', c.handler_id, 'openedBy', c.opened_by,
             'participants', coalesce((select json_agg(json_build_object('person', person_id, 'role', role) order by since, person_id, role)
                                         from participant where case_id = c.id), '[]'),
             'openTasks', coalesce((select json_agg(${taskObject} order by t.ordinal)
                                      from task t join unit tu on tu.id = t.unit_id where t.case_id = c.id and t.state = 'open'), '[]'),
             'glassBroken', exists (select 1 from break_glass where case_id = c.id and person_id = ${asker} and until > ${at})) as facts
      from "case" c join unit u on u.id = c.unit_id
     where c.number = ${number}`;
  return row?.facts ?? null;
}

/** What must be known of a task, open or not, or null if there is none of that id. */
export async function taskFactsOf(db: Database | Transaction, id: TaskId): Promise<TaskFacts | null> {
  const [row] = await db.$queryRaw<{ facts: TaskFacts }[]>`
    select ${taskObject} as facts from task t join unit tu on tu.id = t.unit_id where t.id = ${id}`;
  return row?.facts ?? null;
}

const taskObject = Prisma.sql`json_build_object(
  'duty', t.duty, 'role', t.role, 'unit', t.unit_id, 'unitPath', tu.path, 'state', t.state, 'assignee', t.assignee,
  'excluded', t.excluded, 'closedBy', t.closed_by)`;
