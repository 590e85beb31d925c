import { createActivities } from './activities/all.ts';
import { engineOf } from './api/engine.ts';
import { openStarter } from './api/starter.ts';
import { readConfig, serviceConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { runEntry, sayReady } from './platform/entry.ts';
import { readKeyRing } from './platform/key-file.ts';
import { createLogger } from './platform/log.ts';
import { mailer, webhooks } from './platform/outbound.ts';
import { connectTemporal } from './platform/temporal.ts';
import { installTemporalLog } from './platform/temporal-log.ts';
import { connectWorker, createWorker } from './platform/temporal-worker.ts';
import { workflowBundle } from './platform/workflow-bundle.ts';
import { startHeartbeat } from './store/heartbeat.ts';
import { openBureau } from './store/open-bureau.ts';

/** Carries the cases out. Any number of these may run side by side. */
await runEntry(async (askedToEnd) => {
  const { databaseUrl, temporalAddress, temporalNamespace, keys, policyFile, demo, smtpUrl } = serviceConfig(readConfig());
  const log = createLogger('worker');
  installTemporalLog(log);
  const ring = readKeyRing(keys);
  const db = openDatabase(databaseUrl, { connections: 20 });
  const bureau = await openBureau(db, ring, { overlay: policyFile, demo });
  const temporal = connectTemporal(temporalAddress, temporalNamespace, ring);
  const starter = openStarter(bureau, engineOf(temporal), log);
  const channels = { webhook: webhooks(ring), ...(smtpUrl === undefined ? {} : { email: mailer(smtpUrl) }) };
  const connection = await connectWorker(temporalAddress);
  const worker = await createWorker({
    connection,
    namespace: temporalNamespace,
    ring,
    activities: createActivities({ bureau, temporal, log, channels, startSoon: starter.startSoon }),
    bundle: await workflowBundle(),
  });
  const running = worker.run();
  const heartbeat = startHeartbeat(db);
  sayReady();
  log.info('worker serves');

  await Promise.race([askedToEnd, running]);
  await heartbeat.stop();
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await running;
  await starter.stop();
  await Promise.all([connection.close(), temporal.connection.close(), db.$disconnect()]);
  log.info('worker ended');
});
