import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type KeyRing, keyRing, type RingKey } from './key-ring.ts';
import { codeOf, SetupError } from './setup-error.ts';

const KEY_BYTES = 32;
const ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

/**
 * Reads `FIVEFOLD_KEYS`: `id:base64,id2:base64` (32 bytes each, the first is for new data), or `@path` of a file that holds that text.
 * @throws SetupError when it is no key ring or the file can be read by others; never repeats key material
 */
export function readKeyRing(keys: string): KeyRing {
  return keyRing(parse(textOf(keys)));
}

/** The text of a ring with a fresh first key; the old keys stay behind it. Without `keys` it makes a first ring. */
export function rotatedKeys(keys: string | undefined, now: Date): string {
  const old = keys === undefined ? [] : parse(textOf(keys));
  const fresh = { id: `${now.toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`, secret: randomBytes(KEY_BYTES) };
  return [fresh, ...old].map(({ id, secret }) => `${id}:${Buffer.from(secret).toString('base64')}`).join(',');
}

/** What to do with the text of a rotated ring. */
export const rotationAdvice = `
以上是新的 FIVEFOLD_KEYS，首个为新密钥。多节点时先把它放在最后并重启全部节点，再移到最前并重启，使任何节点都能解开新数据。
This is the new FIVEFOLD_KEYS, the new key first. With several nodes put it last and restart them all, then first and restart again, so that every node can open new data.
`;

/**
 * The key file of the embedded mode, made on first use with owner-only rights.
 * @returns a value for `FIVEFOLD_KEYS`
 */
export function embeddedKeys(dataFolder: string): string {
  const file = path.join(dataFolder, 'keys');
  mkdirSync(dataFolder, { recursive: true });
  try {
    writeFileSync(file, `${rotatedKeys(undefined, new Date())}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return `@${file}`;
}

function textOf(keys: string): string {
  if (!keys.startsWith('@')) return keys;
  const file = path.resolve(keys.slice(1));
  try {
    refuseOpenRights(file);
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(
      `读不到密钥文件 ${file}：请检查 FIVEFOLD_KEYS 的路径和权限。`,
      `The key file ${file} cannot be read: check the path in FIVEFOLD_KEYS and its rights.`,
      error,
    );
  }
}

function refuseOpenRights(file: string): void {
  const othersMay = statSync(file).mode & 0o077;
  if (process.platform === 'win32' || othersMay === 0) return;
  throw new SetupError(
    `密钥文件 ${file} 对他人开放：请执行 chmod 600 ${file}；如已泄露，请更换密钥（operate.ts keys rotate）。`,
    `The key file ${file} is open to others: run chmod 600 ${file}, and if it may have leaked change the key (operate.ts keys rotate).`,
  );
}

function parse(text: string): [RingKey, ...RingKey[]] {
  const keys = text.split(',').map((entry, index): RingKey => {
    const [, id, secret] = ENTRY.exec(entry.trim()) ?? [];
    if (id === undefined || secret === undefined) throw malformed(`第 ${index + 1} 项`, `entry ${index + 1}`);
    return { id, secret: Buffer.from(secret, 'base64') };
  });
  const repeated = keys.find(({ id }, index) => keys.findIndex((other) => other.id === id) !== index);
  if (repeated) throw malformed(`标识 ${repeated.id} 重复`, `the id ${repeated.id} is there twice`);
  const [first, ...others] = keys;
  if (first === undefined) throw malformed('为空', 'it is empty');
  return [first, ...others];
}

function malformed(zh: string, en: string): SetupError {
  return new SetupError(
    `FIVEFOLD_KEYS 有误（${zh}）：格式为 标识:密钥，密钥是 32 字节的 base64，多个以逗号分隔，首个用于新数据；可用 operate.ts keys rotate 生成。`,
    `FIVEFOLD_KEYS is malformed (${en}): write id:key with a key of 32 bytes in base64, several separated by commas, the first for new data; operate.ts keys rotate makes one.`,
  );
}
