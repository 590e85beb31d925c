import { readinessOf } from './api/health.ts';
import { recordCommands } from './operate-record.ts';
import { readConfig } from './platform/config.ts';
import { runEntry } from './platform/entry.ts';
import { rotatedKeys, rotationAdvice } from './platform/key-file.ts';
import { migrate } from './platform/migrate.ts';
import { replayed } from './platform/replay.ts';
import { keysOf, onRunningServices, runningServices, type Services } from './platform/running-bureau.ts';
import { SetupError } from './platform/setup-error.ts';
import { silenceTemporalLog } from './platform/temporal-log.ts';
import { prepareNamespace } from './platform/temporal-namespace.ts';
import { workflowBundle } from './platform/workflow-bundle.ts';
import { recountFigures } from './store/figures/recount.ts';
import { runningCases } from './store/running-cases.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What an operator can ask for: `node scripts/run.mjs operate.ts <command>`. */
const commands: Readonly<Record<string, () => Promise<void>>> = {
  migrate: async () => {
    const applied = await migrate(runningServices(readConfig()).databaseUrl);
    print(applied.join('\n') || '数据库已是最新。 The database is up to date.');
  },
  prepare: () =>
    onRunningServices(async ({ databaseUrl, temporal }) => {
      await migrate(databaseUrl);
      await prepareNamespace(temporal);
      print('数据库与命名空间已就绪。 Database and namespace are ready.');
    }),
  'keys rotate': async () => {
    print(rotatedKeys(keysOf(readConfig()), new Date()));
    process.stderr.write(rotationAdvice);
  },
  health: () => onRunningServices(health),
  replay: () => onRunningServices(replay),
  'figures recount': () => onRunningServices(async ({ db }) => print(`已更正的计数 Counters corrected: ${await recountFigures(db)}`)),
  ...recordCommands,
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
async function health(services: Services): Promise<void> {
  const { ready, parts } = await readinessOf(services, new Date());
  for (const [part, { state, seenAt = '' }] of Object.entries(parts)) print(`${part} ${state} ${seenAt}`.trimEnd());
  if (!ready) throw new SetupError('有部件未就绪，见上。', 'A part is down, see above.');
}

/** Before a new build is rolled out: prints the open cases of the running bureau that this build would not carry on as they began, and fails when there are any. */
async function replay({ db, temporal: client, ring }: Services): Promise<void> {
  silenceTemporalLog();
  const counts = { 'goes-on': 0, missing: 0, differs: 0 };
  for await (const found of replayed({ client, ring, bundle: await workflowBundle(), workflowIds: runningCases({ db }) })) {
    counts[found.how] += 1;
    if (found.how !== 'goes-on') print(`${found.workflowId} ${found.how} ${found.how === 'differs' ? found.reason : ''}`.trimEnd());
  }
  print(`可续办 go on: ${counts['goes-on']} · 引擎中没有 not in the engine: ${counts.missing} · 不可续办 differ: ${counts.differs}`);
  if (counts.differs > 0)
    throw new SetupError('本版本不能续办上列办件。', 'This build cannot carry on the cases above: do not roll it out.');
}
