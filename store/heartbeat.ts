import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '../platform/database.ts';

const everyMs = 2000;

export interface Heartbeat {
  /** Takes the row away: this worker is not lost, it has ended. */
  stop(): Promise<void>;
}

/** Says every two seconds that this worker runs; readiness looks at it, since the engine lists dead workers for a while. */
export function startHeartbeat(db: Database): Heartbeat {
  const worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const beat = async () => {
    const seenAt = new Date();
    // While the database is away nothing is written, and that is what readiness is to show.
    await db.workerHeartbeat.upsert({ where: { worker }, create: { worker, seenAt }, update: { seenAt } }).catch(() => undefined);
  };
  const timer = setInterval(beat, everyMs);
  void beat();
  return {
    stop: async () => {
      clearInterval(timer);
      await db.workerHeartbeat.deleteMany({ where: { worker } }).catch(() => undefined);
    },
  };
}
