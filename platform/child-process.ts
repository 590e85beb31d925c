import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Starts a service in a process group of its own, so that Ctrl-C reaches only us and services end in our order. Its output goes to `logFile`. It
 * outlives us if we are killed; the next start finds it by its pid file.
 */
export function spawnService(
  command: string,
  args: readonly string[],
  logFile: string,
  options: { uid?: number; gid?: number } = {},
): ChildProcess {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { ...options, cwd: '/', detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

/** Asks a process to end, and kills it when it does not within `graceMs`. */
export async function endProcess(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!send(pid, signal)) return;
  const until = Date.now() + graceMs;
  while (isRunning(pid)) {
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
  const port = await listenOnce(preferred);
  return port ?? freePort();
}

/** The last lines of a log, for an error message. */
export function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

const isRunning = (pid: number): boolean => commandOf(pid) !== undefined;

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
