import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { temporalCli } from './temporal-programs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-programs-'));
const cache = path.join(folder, 'cache');
const bin = path.join(folder, 'bin');
afterAll(() => rmSync(folder, { recursive: true }));

/** Looks for the CLI on a machine that has only these programs, and whose downloads all fail. */
function look(programs: Readonly<Record<string, string>>) {
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin);
  symlinkSync(process.execPath, path.join(bin, 'node'));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  const env = { ...process.env, PATH: bin, HTTPS_PROXY: 'http://127.0.0.1:9' };
  return spawnSync(process.execPath, ['--import', 'tsx', 'test/fixtures/fetch-temporal.ts', cache], { env, encoding: 'utf8' });
}

test('a recent CLI on the PATH is used, whatever the cache holds', () => {
  expect(look({ temporal: 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"' })).toMatchObject({ status: 0, stdout: 'temporal' });
});

test('without Python the message says what to install, in both languages, and nothing half-fetched stays', () => {
  const { status, stderr } = look({});
  expect(status).toBe(78);
  expect(stderr).toMatch(/请安装 Python 3[\s\S]+install Python 3 with its venv module[\s\S]+TEMPORAL_ADDRESS/);
  expect(readdirSync(cache)).toEqual([]);
});

test('an old CLI on the PATH is passed over', () => {
  expect(look({ temporal: 'echo "temporal version 0.13.2 (Server 1.24.2, UI 2.28.0)"' }).status).toBe(78);
});

test('what was fetched once is used again', async () => {
  mkdirSync(cache, { recursive: true });
  writeFileSync(path.join(cache, 'temporal-1.9.1'), '');
  expect(look({})).toMatchObject({ status: 0, stdout: path.join(cache, 'temporal-1.9.1'), stderr: '' });
  const say = () => {
    throw new Error('it fetches');
  };
  expect(path.basename(await temporalCli(say, cache))).toMatch(/^temporal/);
});
