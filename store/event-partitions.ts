import type { Instant } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

const known = new WeakMap<Database, Set<string>>();

/** Makes sure that the months of these instants have their partition of the record; each is asked for once per process. */
export async function ensurePartitions(db: Database, instants: readonly Instant[]): Promise<void> {
  const months = known.get(db) ?? new Set<string>();
  known.set(db, months);
  for (const at of instants) {
    const month = new Date(at).toISOString().slice(0, 7);
    if (months.has(month)) continue;
    await db.$executeRaw`select make_event_partition(${new Date(at)})`;
    months.add(month);
  }
}
