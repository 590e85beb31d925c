import type { CaseNumber, PersonId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** When this person last urged this case, or null. Uses event_pkey. */
export async function lastUrgedAt(db: Database, number: CaseNumber, person: PersonId): Promise<Date | null> {
  const [row] = await db.$queryRaw<[{ at: Date | null }]>`
    select max(e.at) as at from "case" c join event e on e.case_id = c.id and e.at >= c.opened_at
     where c.number = ${number} and e.type = 'urged' and e.actor = ${person}`;
  return row.at;
}
