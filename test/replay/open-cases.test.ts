import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Replayed, replayed } from '../../platform/replay.ts';
import { buildBundle } from '../../platform/workflow-bundle.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { runningCases } from '../../store/running-cases.ts';
import { type TestApi, testApi } from '../api.ts';
import { wish } from '../appeal.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';
import { testKeys, testRing } from '../key-ring.ts';
import { testService } from '../service.ts';
import { runTestWorker } from '../worker.ts';

let engine: DevServer;
let api: TestApi;
let appeal: string;
let rectification: string;
beforeAll(async () => {
  engine = await startDevServer();
  api = await testApi({ temporal: engine.client });
  const worker = await runTestWorker(await openBureau(api.database.db, testRing, { demo: true }), engine.client, engine.address);
  appeal = await opened('li', { process: 'appeal', data: wish });
  rectification = await opened('supervisor-1', {
    process: 'rectification',
    unit: 'station-1',
    data: { cause: 'policy', order: '公示值班表。' },
  });
  await api.ask(`POST /api/v1/tasks/${rectification}.1/complete`, { as: 'leader-1', body: { data: { note: '收到。' } } });
  const closed = await opened('li', { process: 'appeal', data: wish });
  await api.ask(`POST /api/v1/cases/${closed}/withdraw`, { as: 'li', body: { reason: '已解决' } });
  await worker.stop();
}, 120_000);
afterAll(async () => {
  await api?.close();
  await engine?.stop();
});

async function opened(as: 'li' | 'supervisor-1', body: object): Promise<string> {
  return (await api.ask('POST /api/v1/cases', { as, body })).body.number;
}

async function operate(command: string): Promise<{ code: number; output: string }> {
  const env = { ...process.env, DATABASE_URL: api.database.url, TEMPORAL_ADDRESS: engine.address, FIVEFOLD_KEYS: testKeys };
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'operate.ts', command], { env });
  return run.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout }) => ({ code, output: stdout }),
  );
}

test('a build that carries on every open case says so, without a word about the closed ones', async () => {
  // Beside those two the rounds that the bureau opened by itself.
  const [{ open }] = await api.database.db.$queryRaw<[{ open: number }]>`select count(*)::int as open from "case" where state = 'open'`;
  expect(open).toBeGreaterThan(2);
  expect(await operate('replay')).toEqual({
    code: 0,
    output: expect.stringMatching(new RegExp(`^可续办 go on: ${open} · .+: 0 · .+: 0\n$`)),
  });
}, 60_000);

test('a build that would carry a case on differently is found, with the case and the reason', async () => {
  const code = await buildBundle(fileURLToPath(new URL('../fixtures/changed-workflow.ts', import.meta.url)));
  const found: Replayed[] = [];
  const workflowIds = runningCases(api.database);
  for await (const each of replayed({ client: engine.client, ring: testRing, bundle: { code }, workflowIds })) found.push(each);
  expect(found.filter(({ workflowId }) => workflowId === appeal || workflowId === rectification)).toEqual([
    { workflowId: appeal, how: 'differs', reason: expect.stringContaining('appeal') },
    { workflowId: rectification, how: 'differs', reason: `${rectification}.1 was opened as sign, and this procedure opens it as do` },
  ]);
}, 60_000);

test('a case that the engine does not have is told apart: its next step starts it anew', async () => {
  async function* workflowIds() {
    yield 'SQ-2026-999999';
    yield appeal;
  }
  const bundle = { codePath: await testService('bundle') };
  const found: Replayed[] = [];
  for await (const each of replayed({ client: engine.client, ring: testRing, bundle, workflowIds: workflowIds() })) found.push(each);
  expect(found).toEqual([
    { workflowId: appeal, how: 'goes-on' },
    { workflowId: 'SQ-2026-999999', how: 'missing' },
  ]);
}, 60_000);
