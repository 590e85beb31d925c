import type { CaseNumber } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** The cases that wait for this one to close, with the wait's id. Uses case_wait_on_case. */
export const waitingFor = (db: Database, number: CaseNumber): Promise<{ number: CaseNumber; wait: string }[]> => db.$queryRaw`
  select c.number, w.id as wait from case_wait w join "case" c on c.id = w.case_id join "case" o on o.id = w.on_case
   where o.number = ${number} and w.ended_at is null`;
