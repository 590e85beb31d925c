import { engineOf } from './api/engine.ts';
import { intakeQueue } from './api/intake-queue.ts';
import { createApi, serve } from './api/server.ts';
import { openStarter } from './api/starter.ts';
import { readConfig, serviceConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { runEntry, sayReady } from './platform/entry.ts';
import { readKeyRing } from './platform/key-file.ts';
import { createLogger } from './platform/log.ts';
import { connectTemporal } from './platform/temporal.ts';
import { openFeedBell } from './store/feed.ts';
import { openBureau } from './store/open-bureau.ts';

/** API and pages, on the services that the environment names. Any number of these run side by side; none needs Temporal to be there. */
await runEntry(async (askedToEnd) => {
  const config = serviceConfig(readConfig());
  const { databaseUrl, host, port } = config;
  const log = createLogger('api');
  const ring = readKeyRing(config.keys);
  const db = openDatabase(databaseUrl);
  const bureau = await openBureau(db, ring, { overlay: config.policyFile, demo: config.demo });
  const temporal = connectTemporal(config.temporalAddress, config.temporalNamespace, ring);
  const engine = engineOf(temporal);
  const starter = openStarter(bureau, engine, log);
  const bell = openFeedBell(databaseUrl, log);
  const stopping = new AbortController();
  const secureCookies = process.env.NODE_ENV === 'production';
  const parts = { temporal, log, engine, starter, bell, secureCookies, stopping: stopping.signal };
  const api = await serve(createApi({ ...bureau, ...parts, intake: intakeQueue(bureau) }), {
    host,
    port,
    endStreams: () => stopping.abort(),
  });
  log.info({ port: api.port }, 'api serves');
  sayReady();

  await askedToEnd;
  await api.stop();
  await starter.stop();
  await Promise.all([bell.close(), temporal.connection.close(), db.$disconnect()]);
  log.info('api ended');
});
