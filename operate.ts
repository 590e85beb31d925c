import { readinessOf } from './api/health.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { runEntry } from './platform/entry.ts';
import { readKeyRing, rotatedKeys, rotationAdvice } from './platform/key-file.ts';
import { migrate } from './platform/migrate.ts';
import { keysOf, runningServices } from './platform/running-bureau.ts';
import { SetupError } from './platform/setup-error.ts';
import { connectTemporal } from './platform/temporal.ts';
import { prepareNamespace } from './platform/temporal-namespace.ts';
import { workflowBundle } from './platform/workflow-bundle.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What an operator can ask for: `node scripts/run.mjs operate.ts <command>`. */
const commands: Readonly<Record<string, () => Promise<void>>> = {
  migrate: async () => {
    const applied = await migrate(runningServices(readConfig()).databaseUrl);
    print(applied.join('\n') || '数据库已是最新。 The database is up to date.');
  },
  prepare: async () => {
    const { databaseUrl, temporalAddress, temporalNamespace, keys } = runningServices(readConfig());
    await migrate(databaseUrl);
    const temporal = connectTemporal(temporalAddress, temporalNamespace, readKeyRing(keys));
    await prepareNamespace(temporal);
    await temporal.connection.close();
    print('数据库与命名空间已就绪。 Database and namespace are ready.');
  },
  'keys rotate': async () => {
    print(rotatedKeys(keysOf(readConfig()), new Date()));
    process.stderr.write(rotationAdvice);
  },
  health,
  bundle: async () => print((await workflowBundle()).codePath),
};

await runEntry(async () => {
  const name = process.argv.slice(2).join(' ');
  if (!Object.hasOwn(commands, name)) {
    const known = Object.keys(commands).join(', ');
    throw new SetupError(`没有命令“${name}”：可用的有 ${known}。`, `There is no command "${name}": there are ${known}.`);
  }
  await commands[name]?.();
});

/** Prints each part by name, as `/readyz` answers, and fails when one is down. */
async function health(): Promise<void> {
  const { databaseUrl, temporalAddress, temporalNamespace, keys } = runningServices(readConfig());
  const db = openDatabase(databaseUrl, { connections: 2 });
  const temporal = connectTemporal(temporalAddress, temporalNamespace, readKeyRing(keys));
  const { ready, parts } = await readinessOf({ db, temporal }, new Date());
  for (const [part, { state, seenAt = '' }] of Object.entries(parts)) print(`${part} ${state} ${seenAt}`.trimEnd());
  await Promise.all([db.$disconnect(), temporal.connection.close()]);
  if (!ready) throw new SetupError('有部件未就绪，见上。', 'A part is down, see above.');
}
