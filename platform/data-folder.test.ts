import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandOf, endProcess } from './child-process.ts';
import { claimDataFolder, keptSecret, rememberedPort } from './data-folder.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a folder is taken once and can be taken again when given back', () => {
  const release = claimDataFolder(path.join(folder, 'new'));
  expect(existsSync(path.join(folder, 'new', 'lock'))).toBe(true);
  release();
  claimDataFolder(path.join(folder, 'new'))();
});

test('a folder that a running process has is refused, naming the process', async () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  const pid = other.pid ?? 0;
  await new Promise((resolve) => other.once('spawn', resolve));
  writeFileSync(path.join(folder, 'lock'), `${pid}\n${commandOf(pid)}\n`);
  expect(() => claimDataFolder(folder)).toThrow(`in use by process ${pid}`);

  await endProcess(pid, 'SIGKILL', 1000);
  claimDataFolder(folder)(); // what a killed process left is taken over
});

test('a lock whose process number now belongs to another program is taken over', () => {
  writeFileSync(path.join(folder, 'lock'), `${process.ppid}\nnode --import tsx start.ts\n`);
  claimDataFolder(folder)();
});

test('a folder that cannot be made is named', () => {
  writeFileSync(path.join(folder, 'file'), '');
  expect(() => claimDataFolder(path.join(folder, 'file'))).toThrow(`${folder}/file cannot be written`);
});

test('a service keeps its port, unless someone else has taken it', async () => {
  const port = await rememberedPort(folder, 'temporal');
  expect(await rememberedPort(folder, 'temporal')).toBe(port);
  expect(await rememberedPort(folder, 'postgres')).not.toBe(port);

  const squatter = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  expect(await rememberedPort(folder, 'temporal')).not.toBe(port);
  await new Promise((resolve) => squatter.close(resolve));
});

test('a secret is made once, random, for its owner only', () => {
  const secret = keptSecret(folder, 'demo-password');
  expect(secret).toMatch(/^\w{24}$/);
  expect(keptSecret(folder, 'demo-password')).toBe(secret);
  expect(keptSecret(folder, 'another')).not.toBe(secret);
  expect(statSync(path.join(folder, 'demo-password')).mode & 0o777).toBe(0o600);
});
