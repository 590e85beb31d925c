import { UnitId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

/** The last month, quarter or year of the round that has a case, or null; occasions come beside them. Uses case_step_round. */
export async function lastPeriod(db: Database, process: string): Promise<string | null> {
  const beginning = `round:${process}:`;
  const [row] = await db.$queryRaw<[{ last: string | null }]>`
    select max(cause) as last from case_step where cause like 'round:%' and starts_with(cause, ${beginning})
       and substr(cause, ${beginning.length + 1}::integer) ~ '^\\d{4}(-(Q\\d|\\d\\d))?$'`;
  return row.last?.slice(beginning.length) ?? null;
}

/** The unit that all others belong to, or null where no people have been imported yet. */
export async function rootUnit(db: Database): Promise<UnitId | null> {
  const root = await db.unit.findFirst({ where: { parentId: null }, select: { id: true } });
  return root && UnitId.parse(root.id);
}
