import { PersonId, UnitId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** Stands in the record where somebody reported without a name. Has no account, has left before it came: it can neither sign in nor be named or found. */
export const anonymous = PersonId.parse('anonymous');

/** The unit of the bureau itself, in which anonymous clues are registered. */
export async function bureauUnit(db: Database): Promise<UnitId> {
  const { id } = await db.unit.findFirstOrThrow({ where: { parentId: null, dissolvedAt: null }, select: { id: true } });
  return UnitId.parse(id);
}

export const ensureAnonymous = (db: Database, unit: UnitId): Promise<number> => db.$executeRaw`
  insert into person (id, username, name, unit_id, category, left_at) values (${anonymous}, ${anonymous}, '匿名', ${unit}, 'staff', '1970-01-01T00:00:00Z')
  on conflict do nothing`;
