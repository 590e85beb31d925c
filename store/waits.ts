import type { CaseNumber, TaskId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** Whether all of these tasks are open. Uses task_pkey. */
export async function areOpen(db: Database, tasks: readonly TaskId[]): Promise<boolean> {
  const [row] = await db.$queryRaw<
    { open: number }[]
  >`select count(*)::integer as open from task where id = any(${[...tasks]}) and state = 'open'`;
  return row?.open === tasks.length;
}

/** The cases that wait for this one to close, with the wait's id. Uses case_wait_on_case. */
export const waitingFor = (db: Database, number: CaseNumber): Promise<{ number: CaseNumber; wait: string }[]> => db.$queryRaw`
  select c.number, w.id as wait from case_wait w join "case" c on c.id = w.case_id join "case" o on o.id = w.on_case
   where o.number = ${number} and w.ended_at is null`;
