import { Router } from 'express';
import { Gauge } from 'prom-client';
import { metrics } from '../platform/metrics.ts';
import { isServing } from '../platform/temporal.ts';
import { databaseAnswers, workerSeenAt } from '../store/health.ts';
import { bellLag, lanes } from '../store/ring-bell.ts';
import { stuckCounts, stuckKinds } from '../store/stuck-cases.ts';
import { measureDeliveries } from './delivery-metrics.ts';
import type { ApiDeps } from './deps.ts';

const WORKER_SILENT_MS = 30_000;
const CHECK_MS = 1500;

export type PartState = 'up' | 'down';

export interface Readiness {
  readonly ready: boolean;
  readonly parts: Readonly<Record<'database' | 'temporal' | 'worker', { readonly state: PartState; readonly seenAt?: string }>>;
}

/** `/healthz`: this process runs. `/readyz`: each part that a case needs, by name. `/metrics`: for Prometheus. */
export function healthRoutes(deps: ApiDeps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ state: 'up' }));
  router.get('/readyz', async (_request, response) => {
    const readiness = await readinessOf(deps, new Date());
    response
      .status(readiness.ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(readiness);
  });
  router.get('/metrics', async (_request, response) => {
    await Promise.all([observeBell(deps), observeStuck(deps), inTime(measureDeliveries(deps), undefined)]);
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}

const lag = new Gauge({
  name: 'fivefold_bell_lag_seconds',
  help: 'Age of the oldest rung of a ladder that is due and not in the record yet.',
  labelNames: ['lane'],
  registers: [metrics],
});

/** A database that is away leaves the figure out rather than as it was. */
async function observeBell({ db }: Pick<ApiDeps, 'db'>): Promise<void> {
  const late = await inTime(bellLag(db, new Date()), null);
  lag.reset();
  if (late) for (const lane of lanes) lag.set({ lane }, late[lane]);
}

const stuck = new Gauge({
  name: 'fivefold_stuck_cases',
  help: 'Open cases whose workflow did not go on when it was last looked at.',
  labelNames: ['kind'],
  registers: [metrics],
});

async function observeStuck({ db }: Pick<ApiDeps, 'db'>): Promise<void> {
  const found = await inTime(stuckCounts(db), null);
  stuck.reset();
  if (found) for (const kind of stuckKinds) stuck.set({ kind }, found.find((each) => each.kind === kind)?.count ?? 0);
}

export async function readinessOf({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>, now: Date): Promise<Readiness> {
  const [database, engine, seenAt] = await Promise.all([
    inTime(databaseAnswers(db), false),
    inTime(isServing(temporal), false),
    inTime(workerSeenAt(db), null),
  ]);
  const workerUp = seenAt !== null && now.getTime() - seenAt.getTime() < WORKER_SILENT_MS;
  return {
    ready: database && engine && workerUp,
    parts: {
      database: { state: stateOf(database) },
      temporal: { state: stateOf(engine) },
      worker: { state: stateOf(workerUp), ...(seenAt && { seenAt: seenAt.toISOString() }) },
    },
  };
}

const stateOf = (up: boolean): PartState => (up ? 'up' : 'down');

/** A part that fails or does not answer in time is down: readiness itself always answers. */
async function inTime<T>(check: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), CHECK_MS);
  });
  const result = await Promise.race([check.catch(() => otherwise), late]);
  clearTimeout(timer);
  return result;
}
