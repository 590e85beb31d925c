import { Histogram } from 'prom-client';
import { metrics } from '../platform/metrics.ts';
import type { FiredRung } from './step-draft.ts';

const lateness = new Histogram({
  name: 'fivefold_rung_lateness_seconds',
  help: 'How long after its instant a rung of a ladder was in the record.',
  labelNames: ['kind', 'lane'],
  buckets: [0.25, 0.5, 1, 2, 5, 10, 16, 30, 60, 300, 3600],
  registers: [metrics],
});

/** Counts rungs that have just been committed. */
export function observeLateness(fired: readonly FiredRung[]): void {
  for (const { kind, at, urgent } of fired)
    lateness.observe({ kind, lane: urgent ? 'urgent' : 'usual' }, Math.max(0, Date.now() - Date.parse(at)) / 1000);
}
