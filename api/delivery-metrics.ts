import { Gauge } from 'prom-client';
import { metrics } from '../platform/metrics.ts';
import { backlog } from '../store/lists/deliveries.ts';
import type { ApiDeps } from './deps.ts';

const gauges = {
  queued: gauge('fivefold_deliveries_queued', 'Notices that wait to be sent, those held for quiet hours and digests included.'),
  failed: gauge('fivefold_deliveries_failed', 'Notices that could not be sent in twelve tries.'),
  oldestSeconds: gauge('fivefold_delivery_oldest_seconds', 'How long the oldest notice has been due.'),
};

function gauge(name: string, help: string): Gauge {
  return new Gauge({ name, help, labelNames: ['channel'], registers: [metrics] });
}

/** Reads how the post stands, for the scrape that is about to be answered. A database that is away leaves no figure rather than an old one. */
export async function measureDeliveries({ db }: Pick<ApiDeps, 'db'>): Promise<void> {
  for (const each of Object.values(gauges)) each.reset();
  const stand = await backlog(db, new Date()).catch(() => []);
  for (const { channel, ...figures } of stand)
    for (const name of ['queued', 'failed', 'oldestSeconds'] as const) gauges[name].set({ channel }, figures[name]);
}
