import { readdirSync, readFileSync } from 'node:fs';
import { commandOf } from '../platform/child-process.ts';

export type Part = 'worker' | 'api' | 'temporal' | 'postgres';

/** The processes of the bureau that this benchmark started, from /proc. */
export const bureauProcesses = (): { readonly pid: number; readonly part: Part }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .flatMap((pid) => {
      const part = partOf(pid);
      return part === null ? [] : [{ pid, part }];
    });

/** Which part of this bureau a process is; its children's environment or command names the data folder. */
function partOf(pid: number): Part | null {
  const command = commandOf(pid) ?? '';
  if (command.startsWith('postgres:')) return parentIsOurs(pid) ? 'postgres' : null;
  if (!isOurs(pid, command) || pid === process.pid) return null;
  if (command.includes('worker.ts')) return 'worker';
  if (command.includes('server.ts')) return 'api';
  if (command.includes('start-dev')) return 'temporal';
  return command.includes('postgres') ? 'postgres' : null;
}

function isOurs(pid: number, command: string): boolean {
  const folder = process.env.FIVEFOLD_DATA ?? '-';
  try {
    return command.includes(folder) || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`FIVEFOLD_DATA=${folder}\0`);
  } catch {
    return false;
  }
}

function parentIsOurs(pid: number): boolean {
  try {
    const parent = Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    return isOurs(parent, commandOf(parent) ?? '');
  } catch {
    return false;
  }
}
