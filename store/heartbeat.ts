import type { Database } from '../platform/database.ts';
import type { Logger } from '../platform/log.ts';

const EVERY_MS = 5000;
const GONE_MS = 3_600_000;

export interface Heartbeat {
  /** Takes the note along, so that readiness knows at once: this worker is not lost, it has ended. */
  stop(): Promise<void>;
}

/** Notes every few seconds that this worker runs; readiness looks at it, since the engine lists dead workers for a while. Notes of workers that fell silent an hour ago go. */
export async function startHeartbeat(db: Database, worker: string, log: Logger): Promise<Heartbeat> {
  // While the database is away nothing is written, and that is what readiness is to show.
  const beat = () => note(db, worker, new Date()).catch(() => log.warn('the database did not take the heartbeat'));
  await beat();
  const beating = setInterval(beat, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(beating);
      await db.workerHeartbeat.deleteMany({ where: { worker } });
    },
  };
}

async function note(db: Database, worker: string, seenAt: Date): Promise<void> {
  await db.workerHeartbeat.upsert({ where: { worker }, create: { worker, seenAt }, update: { seenAt } });
  await db.workerHeartbeat.deleteMany({ where: { seenAt: { lt: new Date(seenAt.getTime() - GONE_MS) } } });
}
