/*
 * PostgreSQL as a child process, for one machine. `<data>/postgres` is its cluster, `<data>/postgres.password` its password. It listens on 127.0.0.1
 * only, writes durably, and survives `kill -9` of everything: what an interrupted start left behind is stopped or removed at the next one.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { commandOf, endProcess, lastLines, type RunningService, spawnService, untilEnded } from './child-process.ts';
import { keptSecret, rememberedPort } from './data-folder.ts';
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.ts';
import { reasonOf, SetupError } from './setup-error.ts';

export interface EmbeddedPostgres extends RunningService {
  /** Connection URL of a database in it; `fivefold` exists. */
  url(database?: string): string;
}

const USER = 'fivefold';
const MAJOR = '18';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;

const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const initdbOptions = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];

/**
 * @param dataFolder claimed by this process
 * @param overrides settings of postgresql.conf, by name
 * @throws SetupError when the cluster is damaged, of another version, or cannot start
 */
export async function startPostgres(dataFolder: string, overrides: Readonly<Record<string, string>> = {}): Promise<EmbeddedPostgres> {
  const programs = await postgresPrograms(dataFolder);
  const cluster = path.join(dataFolder, 'postgres');
  const password = keptSecret(dataFolder, 'postgres.password');
  await initialise(programs, cluster, password);
  await endLeftover(cluster);

  const port = await rememberedPort(dataFolder, 'postgres');
  const logFile = path.join(dataFolder, 'logs', 'postgres.log');
  const flags = Object.entries({ ...settings, ...overrides }).map(([name, value]) => `--${name}=${value}`);
  const [command, args] = programs.command('postgres', ['-D', cluster, '-p', String(port), ...flags]);
  const child = spawnService(command, args, { ...programs.owner, logFile });
  const ended = untilEnded(child);
  const { pid = 0 } = child;
  const stop = () => endProcess(pid, 'SIGINT', STOP_LIMIT_MS);
  const url = (database?: string) => postgresUrl(port, password, database);
  try {
    await untilReady(url('postgres'), ended);
    await createDatabase(url('postgres'));
  } catch (error) {
    await stop();
    throw damaged(cluster, `${reasonOf(error)}\n${lastLines(logFile, 5)}`);
  }
  return { url, pid, ended, stop };
}

export const postgresUrl = (port: number, password: string, database = USER): string =>
  `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;

/** Makes the cluster beside its place and moves it there whole, so that an interrupted first start leaves none. */
async function initialise(programs: PostgresPrograms, cluster: string, password: string): Promise<void> {
  const files = await readdir(cluster).catch(() => undefined);
  if (files === undefined) {
    const fresh = `${cluster}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    const passwordFile = `${fresh}.password`;
    writeFileSync(passwordFile, password, { mode: 0o600 });
    programs.own(fresh);
    programs.own(passwordFile);
    try {
      programs.run('initdb', ['-D', fresh, '-U', USER, `--pwfile=${passwordFile}`, ...initdbOptions]);
    } finally {
      rmSync(passwordFile, { force: true });
    }
    renameSync(fresh, cluster);
    return;
  }
  if (!files.includes('PG_VERSION') || !files.includes('global')) throw damaged(cluster, 'PG_VERSION, global/: missing');
  const version = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) {
    throw new SetupError(
      `数据目录 ${cluster} 属于 PostgreSQL ${version}，本版本使用 ${MAJOR}：请先用原版本导出，再导入新的数据目录。`,
      `${cluster} belongs to PostgreSQL ${version}, this release uses ${MAJOR}: export it with the old release and import it into a new data folder.`,
    );
  }
}

/** Stops a server that a killed start left running on this cluster; drops a pid file whose number now belongs to another program. */
async function endLeftover(cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  const exists = await access(pidFile).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const command = commandOf(pid);
  if (command?.includes(cluster)) await endProcess(pid, 'SIGINT', STOP_LIMIT_MS);
  rmSync(pidFile, { force: true });
}

async function untilReady(url: string, ended: Promise<unknown>): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  for (;;) {
    const outcome = await Promise.race([connectOnce(url), ended.then(() => 'ended' as const)]);
    if (outcome === undefined) return;
    if (outcome === 'ended') throw new Error('it ended at once');
    if (Date.now() > until) throw outcome;
    await sleep(30);
  }
}

async function connectOnce(url: string): Promise<Error | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.end();
    return undefined;
  } catch (error) {
    return new Error(reasonOf(error), { cause: error });
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [USER]);
    if (rowCount === 0) await client.query(`create database ${USER}`);
  } finally {
    await client.end();
  }
}

function damaged(cluster: string, detail: string): SetupError {
  return new SetupError(
    `内置数据库无法启动（${cluster}）：数据目录可能已损坏。请从备份恢复数据目录；若无需保留数据，可将其移走后重新启动。详情：\n${detail}`,
    `The embedded database does not start (${cluster}): the data folder may be damaged. Restore it from a backup, or move it away to begin anew.`,
  );
}
