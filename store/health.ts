import type { Database } from '../platform/database.ts';

/** @returns true; throws when the database does not answer */
export async function databaseAnswers(db: Database): Promise<boolean> {
  await db.$queryRaw`select 1`;
  return true;
}

/** When a worker last said that it runs, or null if none ever did. */
export async function workerSeenAt(db: Database): Promise<Date | null> {
  const { _max } = await db.workerHeartbeat.aggregate({ _max: { seenAt: true } });
  return _max.seenAt;
}
