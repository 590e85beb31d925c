import { openApi } from './api/open.ts';
import { serve } from './api/server.ts';
import { openDemoBureau } from './demo/load-people.ts';
import { zoneClock } from './domain/time-zone.ts';
import { readConfig, serviceConfig } from './platform/config.ts';
import { openDatabase, untilAnswering } from './platform/database.ts';
import { runEntry, sayReady } from './platform/entry.ts';
import { readKeyRing } from './platform/key-file.ts';
import { createLogger } from './platform/log.ts';
import { connectTemporal } from './platform/temporal.ts';
import { openBureau } from './store/open-bureau.ts';
import { loadRuleLibrary, watchRuleLibrary } from './store/rule-library.ts';

/** API and pages, on services that the environment names. Any number of these may run side by side. */
await runEntry(async (askedToEnd) => {
  const { databaseUrl, temporalAddress, temporalNamespace, keys, policyFile, demo, demoPassword, host, port } = serviceConfig(readConfig());
  const log = createLogger('api');
  const ring = readKeyRing(keys);
  const db = openDatabase(databaseUrl);
  await untilAnswering(db);
  const bureau = await openBureau(db, ring, { overlay: policyFile, demo });
  await loadRuleLibrary(db);
  const endWatch = watchRuleLibrary(db, log);
  if (demo && demoPassword !== undefined) {
    const zone = zoneClock(bureau.policies.current.policy.timeZone);
    await openDemoBureau(db, { password: demoPassword, zone, at: new Date() });
  }
  const temporal = connectTemporal(temporalAddress, temporalNamespace, ring);
  const secureCookies = process.env.NODE_ENV === 'production';
  const api = openApi({ bureau, databaseUrl, temporal, log, secureCookies });
  const server = await serve(api.app, { host, port, endStreams: api.endStreams });
  sayReady();
  log.info({ port: server.port }, 'api serves');

  await askedToEnd;
  endWatch();
  await server.stop();
  await api.close();
  await Promise.all([temporal.connection.close(), db.$disconnect()]);
  log.info('api ended');
});
