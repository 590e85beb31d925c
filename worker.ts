import { hostname } from 'node:os';
import { createActivities } from './activities/all.ts';
import { schedulesOf } from './activities/schedules.ts';
import { catchUpAll } from './api/catch-up.ts';
import { engineOf } from './api/engine.ts';
import { openStarter } from './api/starter.ts';
import { readConfig, serviceConfig } from './platform/config.ts';
import { openDatabase, untilAnswering } from './platform/database.ts';
import { runEntry, sayReady } from './platform/entry.ts';
import { readKeyRing } from './platform/key-file.ts';
import { createLogger } from './platform/log.ts';
import { mailer, webhooks } from './platform/outbound.ts';
import { ensureSchedules } from './platform/schedules.ts';
import { connectTemporal, untilEngineServes } from './platform/temporal.ts';
import { installTemporalLog } from './platform/temporal-log.ts';
import { connectWorker, runWorkers } from './platform/temporal-worker.ts';
import { workflowBundle } from './platform/workflow-bundle.ts';
import { dropWorker, noteWorker } from './store/health.ts';
import { openBureau } from './store/open-bureau.ts';

const BEAT_EVERY_MS = 5000;

/** Carries the cases out, on the services that the environment names. Any number of these run side by side. */
await runEntry(async (askedToEnd) => {
  const { databaseUrl, temporalAddress, temporalNamespace: namespace, keys, policyFile, demo, smtpUrl } = serviceConfig(readConfig());
  const log = createLogger('worker');
  installTemporalLog(log);
  const ring = readKeyRing(keys);
  const db = openDatabase(databaseUrl, { connections: 20 });
  await untilAnswering(db);
  const bureau = await openBureau(db, ring, { overlay: policyFile, demo });
  const temporal = connectTemporal(temporalAddress, namespace, ring);
  const engine = engineOf(temporal);
  const starter = openStarter(bureau, engine, log);
  const channels = { webhook: webhooks(ring), ...(smtpUrl !== undefined && { email: mailer(smtpUrl) }) };
  const ending = new AbortController();
  const activities = createActivities({ bureau, temporal, log, channels, startSoon: starter.startSoon, stopping: ending.signal });
  await untilEngineServes(temporal, temporalAddress);
  const connection = await connectWorker(temporalAddress);
  const workers = await runWorkers({ connection, namespace, ring, activities, bundle: await workflowBundle() });
  await ensureSchedules(temporal, schedulesOf(bureau.policies.current));

  const id = `${hostname()}-${process.pid}`;
  const beat = () => noteWorker(db, id, new Date()).catch(() => log.warn('the database did not take the heartbeat'));
  await beat();
  const beating = setInterval(beat, BEAT_EVERY_MS);
  log.info({ worker: id }, 'worker runs');
  sayReady();
  const caughtUp = catchUpAll({ bureau, engine, log, signal: ending.signal }).catch(() =>
    log.warn('cases could not be compared with their workflows'),
  );

  await Promise.race([askedToEnd, workers.ended]);
  ending.abort();
  clearInterval(beating);
  await workers.stop();
  await Promise.all([starter.stop(), caughtUp]);
  await dropWorker(db, id);
  await Promise.all([connection.close(), temporal.connection.close(), db.$disconnect()]);
  log.info('worker ended');
});
