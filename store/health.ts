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

const GONE_MS = 3_600_000;

/** Notes that a worker runs, every few seconds; notes of workers that fell silent an hour ago go. */
export async function noteWorker(db: Database, worker: string, now: Date): Promise<void> {
  await db.workerHeartbeat.upsert({ where: { worker }, create: { worker, seenAt: now }, update: { seenAt: now } });
  await db.workerHeartbeat.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - GONE_MS) } } });
}

/** A worker that ends in order takes its note along, so that readiness knows at once. */
export async function dropWorker(db: Database, worker: string): Promise<void> {
  await db.workerHeartbeat.deleteMany({ where: { worker } });
}
