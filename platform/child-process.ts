import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A longer log is set aside at the next start, over the one before. */
const LONGEST_LOG_BYTES = 20_000_000;

/** A process that we started and end. */
export interface RunningService {
  readonly pid: number;
  /** Resolves when it ends, for whatever reason, with its exit code (null after a signal). */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

interface ServiceOptions extends Pick<SpawnOptions, 'uid' | 'gid' | 'env' | 'cwd'> {
  /** Its output. */
  readonly logFile: string;
  /** A message channel: the child can say that it is ready, and notices when we are gone. */
  readonly ipc?: boolean;
}

/** Starts a process in a group of its own, so that Ctrl-C reaches only us and services end in our order. */
export function spawnService(command: string, args: readonly string[], { logFile, ipc = false, ...options }: ServiceOptions): ChildProcess {
  mkdirSync(path.dirname(logFile), { recursive: true });
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_LOG_BYTES) renameSync(logFile, `${logFile}.old`);
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    cwd: '/',
    ...options,
    detached: true,
    stdio: ['ignore', log, log, ...(ipc ? (['ipc'] as const) : [])],
  });
  closeSync(log);
  return child;
}

/** When the process has ended, with its exit code; a command that is not there counts as 127. */
export const untilEnded = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', resolve);
  });

/** Asks a process to end, and kills it when it does not within `graceMs`. Returns when it is gone. */
export async function endProcess(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!send(pid, signal)) return;
  const until = Date.now() + graceMs;
  while (commandOf(pid) !== undefined) {
    if (Date.now() > until) send(pid, 'SIGKILL');
    await sleep(20);
  }
}

/** The command line of a running process, or undefined if there is none: tells our own process from another that got its number. */
export function commandOf(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** A port of 127.0.0.1 that nobody listens on: `preferred` if it is free. */
export async function freePort(preferred = 0): Promise<number> {
  return (await listenOnce(preferred)) ?? freePort();
}

/** The last lines of a log, for an error message. */
export function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : undefined));
    });
  });
}
