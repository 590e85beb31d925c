import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endProcess, lastLines, type RunningService, spawnService, untilEnded } from './child-process.ts';
import { EXIT_SETUP } from './entry.ts';
import { SetupError } from './setup-error.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

/**
 * Runs `server.ts` or `worker.ts` in a process of its own until it says that it serves.
 * @throws SetupError with its last words when it ends before that or takes longer than a minute
 */
export async function startEntry(file: string, env: NodeJS.ProcessEnv, logFile: string): Promise<RunningService> {
  const begunAt = sizeOf(logFile);
  const child = spawnService(process.execPath, ['--import', 'tsx', file], { logFile, env, cwd: root, ipc: true });
  const ended = untilEnded(child);
  const { pid = 0 } = child;
  const stop = () => endProcess(pid, 'SIGTERM', STOP_LIMIT_MS);
  let timer: NodeJS.Timeout | undefined;
  const ready = new Promise<'ready' | 'late'>((resolve) => {
    child.once('message', () => resolve('ready'));
    timer = setTimeout(() => resolve('late'), START_LIMIT_MS);
  });
  const outcome = await Promise.race([ready, ended]);
  clearTimeout(timer);
  if (outcome === 'ready') return { pid, ended, stop };
  await stop();
  throw notStarted(file, outcome === EXIT_SETUP ? messageSince(logFile, begunAt) : `${lastLines(logFile, 3)}\n${logFile}`);
}

/** What the process said to people: everything but its log lines, which are JSON. */
function messageSince(logFile: string, offset: number): string {
  const lines = readFileSync(logFile).subarray(offset).toString().trimEnd().split('\n');
  return lines.filter((line) => !line.startsWith('{')).join('\n');
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Runs an operator's command to its end. @throws SetupError with its last words when it fails */
export async function runCommand(args: readonly string[], logFile: string): Promise<void> {
  const code = await untilEnded(spawnService(process.execPath, ['--import', 'tsx', 'operate.ts', ...args], { logFile, cwd: root }));
  if (code !== 0) throw notStarted(`operate.ts ${args.join(' ')}`, `${lastLines(logFile, 3)}\n${logFile}`);
}

const notStarted = (file: string, detail: string): SetupError => new SetupError(`${file} 未能启动：`, `${file} did not start:\n${detail}`);
