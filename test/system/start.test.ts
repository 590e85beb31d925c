import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../platform/child-process.ts';
import { childOf, type NpmStart, npmStart, processesOn, withoutDemoCases } from './npm-start.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-start-'));
let env: { FIVEFOLD_DATA: string; PORT: string };
let bureau: NpmStart;

beforeAll(async () => {
  env = { FIVEFOLD_DATA: folder, PORT: String(await freePort()) };
  withoutDemoCases(folder);
  bureau = npmStart(env);
  await bureau.untilServing();
});
afterAll(async () => {
  end(bureau.pid, 'SIGTERM');
  await bureau.ended;
  rmSync(folder, { recursive: true });
});

/** @returns each part's state; null when nobody answers */
async function readiness(): Promise<Record<string, string> | null> {
  const answer = await fetch(`http://127.0.0.1:${env.PORT}/readyz`).catch(() => null);
  if (answer === null) return null;
  const { parts } = (await answer.json()) as { parts: Record<string, { state: string }> };
  return Object.fromEntries(Object.entries(parts).map(([part, { state }]) => [part, state]));
}

const allUp = { database: 'up', temporal: 'up', worker: 'up' };
async function untilReadiness(isMet: (parts: Record<string, string> | null) => boolean): Promise<void> {
  while (!isMet(await readiness())) await sleep(50);
}
const untilAllUp = () => untilReadiness((parts) => JSON.stringify(parts) === JSON.stringify(allUp));

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it has ended already
  }
}

test('when the block is printed every part is up, and it names address, accounts and password', async () => {
  expect(await readiness()).toEqual(allUp);
  expect(bureau.output()).toContain(`http://127.0.0.1:${env.PORT}`);
  expect(bureau.output()).toMatch(/admin · supervisor · chief · auditor.+password: \S{8,}/);
});

test('a second start on the same data folder says who has it', async () => {
  const second = npmStart({ ...env, PORT: String(await freePort()) });
  expect(await second.ended).toBe(78);
  expect(second.output()).toContain(`in use by process ${bureau.pid}`);
});

test('a taken port is said before anything starts', async () => {
  const other = path.join(tmpdir(), 'fivefold-never-made');
  const second = npmStart({ PORT: env.PORT, FIVEFOLD_DATA: other });
  expect(await second.ended).toBe(78);
  expect(second.output()).toMatch(`端口 ${env.PORT} 已被占用`);
  expect(processesOn(other)).toEqual([]);
});

test.each([
  ['worker.ts', 'worker'],
  ['postgres -D', 'database'],
  ['temporal', 'temporal'],
])('%s is started again when it is killed', async (command, part) => {
  const killed = await childOf(bureau.pid, command);
  process.kill(killed, 'SIGKILL');
  if (part !== 'worker') await untilReadiness((parts) => parts?.[part] === 'down');
  while ((await childOf(bureau.pid, command)) === killed) await sleep(50);
  await untilAllUp();
});

test('when the starting process is killed, worker and API end, and the next start takes over what is left', async () => {
  const [worker, api] = await Promise.all([childOf(bureau.pid, 'worker.ts'), childOf(bureau.pid, 'server.ts')]);
  process.kill(bureau.pid, 'SIGKILL');
  await bureau.ended;
  while (processesOn(folder).some((pid) => [worker, api].map(String).includes(pid))) await sleep(50);

  bureau = npmStart(env);
  await bureau.untilServing();
  await untilAllUp();
});

test('Ctrl-C ends everything in order and leaves nothing running', async () => {
  process.kill(bureau.pid, 'SIGINT');
  expect(await bureau.ended).toBe(0);
  expect(processesOn(folder)).toEqual([]);
});

test('ending npm ends the bureau', async () => {
  bureau = npmStart(env, ['npm', 'start', '--silent']);
  await bureau.untilServing();
  process.kill(bureau.pid, 'SIGTERM');
  await bureau.ended;
  while (processesOn(folder).length > 0) await sleep(50);
  expect(await readiness()).toBeNull();
});

test('a policy with a fault is refused with file, line and rule, and nothing stays running', async () => {
  const policy = path.join(folder, 'overlay.yaml');
  writeFileSync(policy, 'processes:\n  appeal:\n    tasks:\n      accept: {limit: {workingDays: -1}}\n');
  bureau = npmStart({ ...env, FIVEFOLD_POLICY: policy });
  expect(await bureau.ended).toBe(78);
  expect(bureau.output()).toContain(`${policy}:4:`);
  expect(bureau.output()).toContain('processes.appeal.tasks.accept.limit');
  expect(processesOn(folder)).toEqual([]);
});

test('a damaged workflow engine is named with what to do, and nothing stays running', async () => {
  for (const journal of ['-wal', '-shm']) rmSync(path.join(folder, `temporal.db${journal}`), { force: true });
  writeFileSync(path.join(folder, 'temporal.db'), 'this is no database'.repeat(1000));
  bureau = npmStart(env);
  expect(await bureau.ended).toBe(78);
  expect(bureau.output()).toMatch(/内置流程引擎无法启动.+temporal\.db[\s\S]+Restore the whole data folder/);
  expect(processesOn(folder)).toEqual([]);
});

test('a damaged database is named with what to do, and nothing stays running', async () => {
  rmSync(path.join(folder, 'postgres', 'global'), { recursive: true });
  bureau = npmStart(env);
  expect(await bureau.ended).toBe(78);
  expect(bureau.output()).toMatch(/内置数据库无法启动.+postgres[\s\S]+Restore it from a backup/);
  expect(processesOn(folder)).toEqual([]);
});
