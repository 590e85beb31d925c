import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { commandOf, freePort } from './child-process.ts';
import { codeOf, reasonOf, SetupError } from './setup-error.ts';

const PORTS = 'ports.json';
const Ports = z.record(z.string(), z.number().int().min(1).max(65535));

/**
 * Takes the data folder of the embedded mode for this process; only one may use it at a time.
 * @returns gives it back
 * @throws SetupError when a running process has it, or it cannot be written
 */
export function claimDataFolder(folder: string): () => void {
  const lock = path.join(folder, 'lock');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(lock, `${process.pid}\n${commandOf(process.pid)}\n`, { flag: 'wx' });
    return () => rmSync(lock, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !isFolder(folder)) throw unwritable(folder, error);
  }
  const [pid, command] = readFileSync(lock, 'utf8').split('\n');
  if (Number(pid) !== process.pid && command && commandOf(Number(pid)) === command) {
    throw new SetupError(
      `数据目录 ${folder} 正由进程 ${pid} 使用：请先在其终端按 Ctrl-C 结束，或用 FIVEFOLD_DATA 和 PORT 另起一套。`,
      `The data folder ${folder} is in use by process ${pid}: end it with Ctrl-C in its terminal, or start another bureau with FIVEFOLD_DATA and PORT.`,
    );
  }
  rmSync(lock, { force: true });
  return claimDataFolder(folder);
}

/** A port for a service, the same at every start as long as nobody else has taken it. */
export async function rememberedPort(folder: string, service: string): Promise<number> {
  const { [service]: kept } = readPorts(folder);
  const port = await freePort(kept);
  if (port !== kept) writeFileSync(path.join(folder, PORTS), `${JSON.stringify({ ...readPorts(folder), [service]: port })}\n`);
  return port;
}

/** The ports that the services of this folder were last given, by service. */
export function readPorts(folder: string): z.infer<typeof Ports> {
  try {
    return Ports.parse(JSON.parse(readFileSync(path.join(folder, PORTS), 'utf8')));
  } catch {
    return {}; // none yet, or damaged: new ports do no harm
  }
}

/** A random secret of 24 letters and digits, made on first use and kept in a file that only its owner can read. */
export function keptSecret(folder: string, name: string): string {
  const file = path.join(folder, name);
  try {
    writeFileSync(file, `${randomBytes(18).toString('base64url').replaceAll(/[-_]/g, 'x')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unwritable(folder, error);
  }
  return readFileSync(file, 'utf8').trim();
}

function isFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

function unwritable(folder: string, error: unknown): SetupError {
  return new SetupError(
    `数据目录 ${folder} 无法写入（${reasonOf(error)}）：请检查权限和磁盘空间，或用 FIVEFOLD_DATA 另指一处。`,
    `The data folder ${folder} cannot be written (${reasonOf(error)}): check its rights and the disk, or name another with FIVEFOLD_DATA.`,
    error,
  );
}
