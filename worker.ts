import { hostname } from 'node:os';
import { createActivities } from './activities/all.ts';
import { channelsFor } from './activities/channels.ts';
import { schedulesOf } from './activities/schedules.ts';
import { catchUpAll } from './api/catch-up.ts';
import { engineOf } from './api/engine.ts';
import { openStarter } from './api/starter.ts';
import { readConfig, serviceConfig } from './platform/config.ts';
import { openDatabase, untilAnswering } from './platform/database.ts';
import { runEntry, sayReady } from './platform/entry.ts';
import { readKeyRing } from './platform/key-file.ts';
import { createLogger } from './platform/log.ts';
import { serveMetrics } from './platform/metrics.ts';
import { ensureSchedules } from './platform/schedules.ts';
import { connectTemporal, untilEngineServes } from './platform/temporal.ts';
import { installTemporalLog } from './platform/temporal-log.ts';
import { connectWorker, runWorkers } from './platform/temporal-worker.ts';
import { workflowBundle } from './platform/workflow-bundle.ts';
import { startHeartbeat } from './store/heartbeat.ts';
import { openBureau } from './store/open-bureau.ts';

/** Carries the cases out, on the services that the environment names. Any number of these run side by side. */
await runEntry(async (askedToEnd) => {
  const config = serviceConfig(readConfig());
  const { databaseUrl, temporalAddress, temporalNamespace: namespace, host, metricsPort, keys, policyFile, demo } = config;
  const log = createLogger('worker');
  installTemporalLog(log);
  const ring = readKeyRing(keys);
  const db = openDatabase(databaseUrl, { connections: 20 });
  await untilAnswering(db);
  const bureau = await openBureau(db, ring, { overlay: policyFile, demo });
  const temporal = connectTemporal(temporalAddress, namespace, ring);
  const engine = engineOf(temporal);
  const starter = openStarter(bureau, engine, log);
  const channels = channelsFor(ring, config);
  const ending = new AbortController();
  const activities = createActivities({ bureau, temporal, log, channels, startSoon: starter.startSoon, stopping: ending.signal });
  await untilEngineServes(temporal, temporalAddress);
  const connection = await connectWorker(temporalAddress);
  const workers = await runWorkers({ connection, namespace, ring, activities, bundle: await workflowBundle() });
  await ensureSchedules(temporal, schedulesOf(bureau.policies.current));

  const id = `${hostname()}-${process.pid}`;
  const heartbeat = await startHeartbeat(db, id, log);
  const endMetrics = metricsPort === undefined ? () => undefined : await serveMetrics(host, metricsPort);
  log.info({ worker: id }, 'worker runs');
  sayReady();
  const caughtUp = catchUpAll({ bureau, engine, log, signal: ending.signal }).catch(() =>
    log.warn('cases could not be compared with their workflows'),
  );

  await Promise.race([askedToEnd, workers.ended]);
  ending.abort();
  await workers.stop();
  await Promise.all([starter.stop(), caughtUp]);
  await heartbeat.stop();
  endMetrics();
  await Promise.all([connection.close(), temporal.connection.close(), db.$disconnect()]);
  log.info('worker ended');
});
