/*
 * Temporal's development server as a child process, for one machine: the same engine as in production on an SQLite file, `<data>/temporal.db`. It
 * listens on 127.0.0.1 only. Write-ahead logging makes it about twice as fast and loses nothing when a process is killed.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@temporalio/client';
import { commandOf, endProcess, lastLines, type RunningService, spawnService, untilEnded } from './child-process.ts';
import { rememberedPort } from './data-folder.ts';
import { SetupError } from './setup-error.ts';
import { searchAttributes, temporalConnection, untilServing } from './temporal.ts';

export interface EmbeddedTemporal extends RunningService {
  readonly address: string;
  /** Temporal's own pages, where asked for. */
  readonly uiUrl: string | undefined;
}

const NAMESPACE = 'default';
const START_ATTEMPTS = 3;
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/**
 * @param program the Temporal CLI, see temporal-programs.ts
 * @param dataFolder claimed by this process
 * @throws SetupError when it does not start, with its last words
 */
export async function startTemporal(program: string, dataFolder: string, options: { ui: boolean }): Promise<EmbeddedTemporal> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(program, dataFolder, options);
    } catch (error) {
      // The server picks some ports by itself, and another process may have one of them before it listens.
      const lostAPort = error instanceof SetupError && error.message.includes('address already in use');
      if (!lostAPort || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOnce(program: string, dataFolder: string, options: { ui: boolean }): Promise<EmbeddedTemporal> {
  const pidFile = path.join(dataFolder, 'temporal.pid');
  const database = path.join(dataFolder, 'temporal.db');
  await endLeftover(pidFile, database);

  const port = await rememberedPort(dataFolder, 'temporal');
  const uiPort = options.ui ? await rememberedPort(dataFolder, 'temporal-ui') : undefined;
  const logFile = path.join(dataFolder, 'logs', 'temporal.log');
  const child = spawnService(program, serverArguments(database, port, uiPort), { logFile });
  const ended = untilEnded(child);
  const { pid = 0 } = child;
  writeFileSync(pidFile, String(pid));
  const stop = async () => {
    await endProcess(pid, 'SIGTERM', STOP_LIMIT_MS);
    rmSync(pidFile, { force: true });
  };

  const address = `127.0.0.1:${port}`;
  const client = new Client({ connection: temporalConnection(address), namespace: NAMESPACE });
  const ready = await Promise.race([untilServing(client, START_LIMIT_MS), ended.then(() => false)]);
  await client.connection.close();
  if (ready) return { address, uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`, pid, ended, stop };
  await stop();
  throw notStarted(database, lastLines(logFile, 5));
}

function serverArguments(database: string, port: number, uiPort: number | undefined): readonly string[] {
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-ip', '127.0.0.1'];
  const attributes = searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]);
  const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'].flatMap((pragma) => ['--sqlite-pragma', pragma]);
  const address = ['--ip', '127.0.0.1', '--port', String(port), '--namespace', NAMESPACE];
  return ['server', 'start-dev', '--db-filename', database, '--log-level', 'error', ...address, ...ui, ...attributes, ...pragmas];
}

/** Stops a server that a killed start left running on this file. */
async function endLeftover(pidFile: string, database: string): Promise<void> {
  const pid = readPid(pidFile);
  if (pid !== undefined && commandOf(pid)?.includes(database)) await endProcess(pid, 'SIGTERM', STOP_LIMIT_MS);
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function notStarted(database: string, detail: string): SetupError {
  return new SetupError(
    `内置流程引擎无法启动（${database}）：文件可能已损坏。请从备份恢复整个数据目录；若无需保留数据，可将数据目录移走后重新启动。详情：\n${detail}`,
    `The embedded workflow engine does not start (${database}): the file may be damaged. Restore the whole data folder from a backup, or move it away to begin anew.`,
  );
}
