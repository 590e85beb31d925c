import type { PersonId, UnitId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** Where someone in service works, or null if there is no such person or they have left. */
export async function placeOf(
  db: Database,
  person: PersonId,
  at: Date,
): Promise<{ readonly unit: UnitId; readonly unitPath: string } | null> {
  const [row] = await db.$queryRaw<{ unit: UnitId; unitPath: string }[]>`
    select p.unit_id as unit, u.path as "unitPath" from person p join unit u on u.id = p.unit_id
     where p.id = ${person} and (p.left_at is null or p.left_at > ${at})`;
  return row ?? null;
}
