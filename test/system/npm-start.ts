import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_CASES_NOTE } from '../../demo/cases.ts';
import { commandOf, untilEnded } from '../../platform/child-process.ts';

/** What `npm start` runs, in a process of its own. */
export interface NpmStart {
  readonly pid: number;
  readonly ended: Promise<number | null>;
  /** What it printed so far. */
  output(): string;
  /** Resolves when it printed the block that says it serves. @throws Error with what it printed when it ends before */
  untilServing(): Promise<void>;
}

/** @param command `npm start` itself puts npm and a shell before the process that starts the bureau */
export function npmStart(env: Readonly<Record<string, string>>, command = [process.execPath, 'scripts/start.mjs']): NpmStart {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = untilEnded(child);
  const printed = outputOf(child);
  return {
    pid: child.pid ?? 0,
    ended,
    output: printed,
    untilServing: async () => {
      let isOver = false;
      void ended.then(() => {
        isOver = true;
      });
      while (!printed().includes('Fivefold serves at')) {
        if (isOver) throw new Error(printed());
        await sleep(50);
      }
    },
  };
}

/** As if a start had opened the demonstration's cases before: none are opened, and the two cores are the test's own. */
export function withoutDemoCases(dataFolder: string): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(path.join(dataFolder, DEMO_CASES_NOTE), '');
}

/** What a process printed so far. */
export function outputOf({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

/** The process that this one started and whose command line has `part` in it, once there is one. Linux only. */
export async function childOf(pid: number, part: string): Promise<number> {
  for (;;) {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    const found = children.find((child) => commandOf(child)?.includes(part));
    if (found !== undefined) return found;
    await sleep(50);
  }
}

/** Processes whose command line or environment names this folder. Linux only. */
export function processesOn(folder: string): readonly string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.filter((pid) => `${commandOf(Number(pid))} ${readIfThere(`/proc/${pid}/environ`)}`.includes(folder));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
