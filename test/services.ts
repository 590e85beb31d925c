/*
 * What the test files of one run share, started when the first of them asks: one PostgreSQL with a migrated template database, the workflow bundle, the
 * time-skipping server's program. It lives in jest's own process; test files (other processes) ask over HTTP. At the end it tells what
 * tests left behind, and that fails the run.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { commandOf } from '../platform/child-process.ts';
import { type EmbeddedPostgres, startPostgres } from '../platform/embedded-postgres.ts';
import { migrate } from '../platform/migrate.ts';
import { type Say, temporalCli, temporalTestServer } from '../platform/temporal-programs.ts';
import { workflowBundle } from '../platform/workflow-bundle.ts';
import { browserProgram } from './browser-program.ts';

export interface TestServices {
  readonly url: string;
  /** @returns what tests left behind; processes among it are ended */
  close(): Promise<readonly string[]>;
}

export const TEMPLATE = 'fivefold';
export const DATABASE_PREFIX = 'test_';

/** What a test file may ask for, by path: each answer is a text. */
export type TestService = 'postgres' | 'bundle' | 'time-skipping-program' | 'temporal-program' | 'browser-program';

export async function openTestServices(): Promise<TestServices> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-test-'));
  const cluster = once(() => startCluster(folder));
  const services: Record<TestService, () => Promise<string>> = {
    postgres: async () => (await cluster()).url('postgres'),
    bundle: once(async () => (await workflowBundle()).codePath),
    'time-skipping-program': once(() => temporalTestServer(say)),
    'temporal-program': once(() => temporalCli(say)),
    'browser-program': once(() => browserProgram(say)),
  };
  const server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const service = Object.entries(services).find(([known]) => known === name)?.[1];
    if (service === undefined) return response.writeHead(404).end();
    service().then(
      (answer) => response.end(answer),
      (error: Error) => response.writeHead(500).end(error.stack),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const sweep = () => {
    endLeftProcesses(url);
    rmSync(folder, { recursive: true, force: true });
  };
  sweepIfCutShort(sweep);
  return {
    url,
    close: async () => {
      process.off('exit', sweep);
      server.close();
      const leaks = cluster.started() ? await endCluster(await cluster()) : [];
      leaks.push(...endLeftProcesses(url));
      rmSync(folder, { recursive: true, force: true });
      return leaks;
    },
  };
}

/** Ctrl-C or a time limit of whoever runs the tests: jest then ends without tearing anything down. */
function sweepIfCutShort(sweep: () => void): void {
  process.once('exit', sweep);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

/** Durability is off: these databases never outlive the run. */
async function startCluster(folder: string): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres(folder, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  });
  await migrate(postgres.url(TEMPLATE));
  return postgres;
}

/** @returns the databases that tests did not drop */
async function endCluster(postgres: EmbeddedPostgres): Promise<string[]> {
  const client = new Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like '${DATABASE_PREFIX}%'`);
    return rows.map(({ datname }) => `database ${datname}`);
  } finally {
    await client.end();
    await postgres.stop();
  }
}

/** Processes that a test file started have the address of these services in their environment. Linux tells; elsewhere nothing is found. @returns those ended now */
function endLeftProcesses(url: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  const left = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isTestProcess(Number(name), url));
  return left.map((pid) => {
    const leak = `process ${pid} ${commandOf(Number(pid))}`;
    process.kill(Number(pid), 'SIGKILL');
    return leak;
  });
}

function isTestProcess(pid: number, url: string): boolean {
  try {
    const started = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`FIVEFOLD_TEST_SERVICES=${url}\0`);
    return started && pid !== process.pid && !commandOf(pid)?.includes('jest-worker');
  } catch {
    return false; // it ended meanwhile
  }
}

function once<T>(start: () => Promise<T>): (() => Promise<T>) & { started(): boolean } {
  let running: Promise<T> | undefined;
  const get = () => {
    running ??= start();
    return running;
  };
  return Object.assign(get, { started: () => running !== undefined });
}

const say: Say = (_zh, en) => process.stderr.write(`${en}\n`);
