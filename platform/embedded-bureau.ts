/*
 * The whole bureau on one machine: PostgreSQL, Temporal, worker and API as child processes of one that starts, watches and ends them. Worker and API are the
 * same programs with the same environment variables as in production; which services they use is all that differs.
 */
import { createServer } from 'node:net';
import path from 'node:path';
import type { Config } from './config.ts';
import { claimDataFolder, keptSecret } from './data-folder.ts';
import { startPostgres } from './embedded-postgres.ts';
import { startTemporal } from './embedded-temporal.ts';
import { runCommand, startEntry } from './entry-process.ts';
import { embeddedKeys } from './key-file.ts';
import { migrate } from './migrate.ts';
import { codeOf, reasonOf, SetupError } from './setup-error.ts';
import { supervise } from './supervise.ts';
import { type Say, temporalCli } from './temporal-programs.ts';
import { isBundled } from './workflow-bundle.ts';

export interface RunningBureau {
  /** Of API and pages. */
  readonly url: string;
  /** Temporal's own pages. */
  readonly temporalUrl: string | undefined;
  /** Of every demo account, where the demo bureau is loaded. */
  readonly demoPassword: string | undefined;
}

export interface EmbeddedBureau {
  /** @throws SetupError; `stop` is still due */
  start(): Promise<RunningBureau>;
  /** Ends API, worker, Temporal and PostgreSQL, in this order; waits for a start under way. */
  stop(): Promise<void>;
}

type Stops = Map<Part, () => Promise<void>>;
type Part = 'api' | 'worker' | 'temporal' | 'postgres' | 'data folder';
const stopOrder: readonly Part[] = ['api', 'worker', 'temporal', 'postgres', 'data folder'];

export function embeddedBureau(config: Config, say: Say): EmbeddedBureau {
  const stops: Stops = new Map();
  let starting: Promise<RunningBureau> | undefined;
  return {
    start: () => {
      starting = start(config, say, stops);
      return starting;
    },
    stop: async () => {
      await starting?.catch(() => undefined);
      for (const part of stopOrder) await stops.get(part)?.();
    },
  };
}

async function start(config: Config, say: Say, stops: Stops): Promise<RunningBureau> {
  const { dataFolder, host, port } = config;
  await refuseTakenAddress(host, port);
  process.umask(0o066); // what is in the data folder is its owner's; PostgreSQL's account passes through
  const release = claimDataFolder(dataFolder);
  stops.set('data folder', async () => release());

  const services = [openPostgres(config, say, stops), openTemporal(config, say, stops), bundleWorkflows(dataFolder)] as const;
  const [databaseUrl, temporal] = await allSettled(services);

  say('正在启动办理程序和接口…', 'Starting worker and API …');
  const demoPassword = config.demo ? (config.demoPassword ?? keptSecret(dataFolder, 'demo-password')) : undefined;
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: host,
    FIVEFOLD_DATA: dataFolder,
    FIVEFOLD_POLICY: config.policyFile,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    SMTP_URL: config.smtpUrl,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    FIVEFOLD_KEYS: config.keys ?? embeddedKeys(dataFolder),
    FIVEFOLD_DEMO: config.demo ? '1' : '0',
    FIVEFOLD_DEMO_PASSWORD: demoPassword,
  };
  const run = async (part: Part, file: string) => {
    const logFile = path.join(dataFolder, 'logs', `${part}.log`);
    const { stop } = await supervise(file, () => startEntry(file, env, logFile), say);
    stops.set(part, stop);
  };
  await allSettled([run('worker', 'worker.ts'), run('api', 'server.ts')]);
  const shownHost = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return { url: `http://${shownHost}:${port}`, temporalUrl: temporal.uiUrl, demoPassword };
}

async function openPostgres({ databaseUrl, dataFolder }: Config, say: Say, stops: Stops): Promise<string> {
  if (databaseUrl !== undefined) return migrated(databaseUrl, say);
  say('正在启动 PostgreSQL…', 'Starting PostgreSQL …');
  const { first, stop } = await supervise('PostgreSQL', () => startPostgres(dataFolder), say);
  stops.set('postgres', stop);
  return migrated(first.url(), say);
}

async function migrated(url: string, say: Say): Promise<string> {
  const applied = await migrate(url);
  if (applied.length > 0) say(`已执行 ${applied.length} 项数据库迁移。`, `Applied ${applied.length} database migrations.`);
  return url;
}

async function openTemporal(config: Config, say: Say, stops: Stops): Promise<{ address: string; uiUrl: string | undefined }> {
  if (config.temporalAddress !== undefined) return { address: config.temporalAddress, uiUrl: undefined };
  const program = await temporalCli(say);
  say('正在启动 Temporal…', 'Starting Temporal …');
  const { first, stop } = await supervise('Temporal', () => startTemporal(program, config.dataFolder, { ui: true }), say);
  stops.set('temporal', stop);
  return first;
}

/** In a process of its own: the bundler takes some 200 MB that this one would keep. */
async function bundleWorkflows(dataFolder: string): Promise<void> {
  if (!(await isBundled())) await runCommand(['bundle'], path.join(dataFolder, 'logs', 'bundle.log'));
}

/** Like `Promise.all`, but never leaves one running: all have ended when it throws. */
async function allSettled<const T extends readonly Promise<unknown>[]>(promises: T) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

async function refuseTakenAddress(host: string, port: number): Promise<void> {
  const server = createServer();
  const error = await new Promise<unknown>((resolve) => {
    server.once('error', resolve).listen(port, host, () => server.close(() => resolve(undefined)));
  });
  if (error === undefined) return;
  if (codeOf(error) === 'EADDRINUSE') {
    throw new SetupError(
      `端口 ${port} 已被占用：请结束占用它的程序，或换一个端口，如 PORT=${port + 1} npm start。`,
      `Port ${port} is taken: end the program that has it, or choose another port, such as PORT=${port + 1} npm start.`,
    );
  }
  throw new SetupError(
    `无法在 ${host}:${port} 监听（${reasonOf(error)}）：请检查 HOST 和 PORT。`,
    `Cannot listen on ${host}:${port} (${reasonOf(error)}): check HOST and PORT.`,
    error,
  );
}
