import { readinessOf } from './api/health.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { runEntry } from './platform/entry.ts';
import { readKeyRing, rotatedKeys } from './platform/key-file.ts';
import { migrate } from './platform/migrate.ts';
import { keysOf, runningServices } from './platform/running-bureau.ts';
import { SetupError } from './platform/setup-error.ts';
import { connectTemporal } from './platform/temporal.ts';
import { workflowBundle } from './platform/workflow-bundle.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const afterRotation = `
以上是新的 FIVEFOLD_KEYS，首个为新密钥。多节点时先把它放在最后并重启全部节点，再移到最前并重启，使任何节点都能解开新数据。
This is the new FIVEFOLD_KEYS, the new key first. With several nodes put it last and restart them all, then first and restart again, so that every node can open new data.
`;

/** What an operator can ask for: `node scripts/run.mjs operate.ts <command>`. */
const commands: Readonly<Record<string, () => Promise<void>>> = {
  migrate: async () => {
    const applied = await migrate(runningServices(readConfig()).databaseUrl);
    print(applied.length > 0 ? applied.join('\n') : '数据库已是最新。 The database is up to date.');
  },
  'keys rotate': async () => {
    print(rotatedKeys(keysOf(readConfig()), new Date()));
    process.stderr.write(afterRotation);
  },
  health,
  bundle: async () => print((await workflowBundle()).codePath),
};

await runEntry(async () => {
  const name = process.argv.slice(2).join(' ');
  const command = commands[name];
  if (command === undefined) {
    const list = Object.keys(commands).join(', ');
    throw new SetupError(`没有命令“${name}”：可用的有 ${list}。`, `There is no command "${name}": there are ${list}.`);
  }
  await command();
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
