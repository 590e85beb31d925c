import { fileURLToPath } from 'node:url';
import { readConfig, serviceConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { runEntry, sayReady } from '../platform/entry.ts';
import { readKeyRing } from '../platform/key-file.ts';
import { connectWorker, createWorker } from '../platform/temporal-worker.ts';
import { buildBundle } from '../platform/workflow-bundle.ts';
import { baselineQueue } from './baseline.ts';

await runEntry(async (askedToEnd) => {
  const { databaseUrl, temporalAddress, temporalNamespace, keys } = serviceConfig(readConfig());
  const db = openDatabase(databaseUrl, { connections: 20 });
  await db.$executeRaw`create table if not exists bench_row (id bigint generated always as identity primary key, text text not null)`;
  const connection = await connectWorker(temporalAddress);
  const worker = await createWorker({
    connection,
    namespace: temporalNamespace,
    ring: readKeyRing(keys),
    taskQueue: baselineQueue,
    activities: { writeRow: (text: string) => db.$executeRaw`insert into bench_row (text) values (${text})`.then(() => undefined) },
    bundle: { code: await buildBundle(fileURLToPath(new URL('./baseline-workflow.ts', import.meta.url))) },
  });
  const running = worker.run();
  sayReady();
  await askedToEnd;
  worker.shutdown();
  await running;
  await Promise.all([connection.close(), db.$disconnect()]);
});
