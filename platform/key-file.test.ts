import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { embeddedKeys, readKeyRing, rotatedKeys } from './key-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const day = new Date('2026-11-20T08:00:00Z');

test('the embedded key file is made once, for its owner only', () => {
  const keys = embeddedKeys(path.join(folder, 'data'));
  const sealed = readKeyRing(keys).sealJson('payload', 1);
  expect(statSync(keys.slice(1)).mode & 0o777).toBe(0o600);
  expect(readKeyRing(embeddedKeys(path.join(folder, 'data'))).openJson('payload', sealed)).toBe(1);
});

test('a key file that others can read is refused with what to do', () => {
  const file = path.join(folder, 'open');
  writeFileSync(file, rotatedKeys(undefined, day));
  chmodSync(file, 0o640);
  expect(() => readKeyRing(`@${file}`)).toThrow(`chmod 600 ${file}`);
});

test('a key file that is not there is named', () => {
  expect(() => readKeyRing('@/nowhere/keys')).toThrow('/nowhere/keys');
});

test('rotation puts a fresh key in front and keeps the old ones', () => {
  const first = rotatedKeys(undefined, day);
  const second = rotatedKeys(first, day);
  expect(second.endsWith(`,${first}`)).toBe(true);
  expect(readKeyRing(second).ids).toHaveLength(2);
  expect(readKeyRing(second).openJson('database', readKeyRing(first).sealJson('database', 'x'))).toBe('x');
});

const secret = Buffer.alloc(32, 7).toString('base64');
test.each([
  ['', 'entry 1'],
  ['k1', 'entry 1'],
  [`k1:${Buffer.alloc(16).toString('base64')}`, 'entry 1'],
  [`k1:${secret},k2:short`, 'entry 2'],
  [`k1:${secret},k1:${secret}`, 'k1 is there twice'],
])('%s is refused, saying where and without the key', (keys, where) => {
  expect(() => readKeyRing(keys)).toThrow(where);
  expect(() => readKeyRing(keys)).not.toThrow(secret);
});

test('the file holds the ring as FIVEFOLD_KEYS would', () => {
  const file = embeddedKeys(path.join(folder, 'data')).slice(1);
  expect(readKeyRing(readFileSync(file, 'utf8').trim()).ids).toEqual(readKeyRing(`@${file}`).ids);
});
