import type { UnitId } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';

/** A unit that exists now or did. */
export interface UnitPlace {
  readonly id: UnitId;
  readonly path: string;
}

/** All units, a few hundred at most. A list that names the units it wants is planned for them, one that looks them up is not. */
export const unitPlaces = (db: Database): Promise<UnitPlace[]> => db.$queryRaw`select id, path from unit`;

/** A unit and all below it. */
export function unitsFrom(units: readonly UnitPlace[], top: UnitId): UnitId[] {
  const path = units.find(({ id }) => id === top)?.path;
  return path === undefined ? [] : units.filter((each) => each.path.startsWith(path)).map(({ id }) => id);
}

/** The same for `any`, where the plan does not depend on how many they are. */
export const unitsBelow = (unit: UnitId): Prisma.Sql =>
  Prisma.sql`array(select below.id from unit below join unit top on starts_with(below.path, top.path) where top.id = ${unit})`;
