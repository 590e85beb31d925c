import type { CaseNumber, TaskId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** The open tasks of that key in a case. Uses task_by_case. */
export async function openTasksOf(db: Database, number: CaseNumber, key: string): Promise<TaskId[]> {
  const rows = await db.$queryRaw<{ id: TaskId }[]>`
    select t.id from task t join "case" c on c.id = t.case_id where c.number = ${number} and t.key = ${key} and t.state = 'open' order by t.ordinal`;
  return rows.map(({ id }) => id);
}
