import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportedRecord } from '../../store/export-record.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { takeCheckpoint } from '../../store/record-checkpoint.ts';
import { type TestApi, testApi } from '../api.ts';
import { upload } from '../attachments.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { runTestWorker } from '../worker.ts';

let engine: DevServer;
let api: TestApi;
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDevServer();
  api = await testApi({ temporal: engine.client });
  worker = await runTestWorker(await openBureau(api.database.db, testRing, { demo: true }), engine.client, engine.address);
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await api?.close();
  await engine?.stop();
});

const marker = `机密${randomUUID().replaceAll('-', '')}`;
/** What would give it away: as text, in other encodings of it, and as JSON escapes. */
const traces = [
  Buffer.from(marker),
  Buffer.from(marker, 'utf16le'),
  Buffer.from(Buffer.from(marker).toString('hex')),
  ...['', ' ', '  '].map((before) => Buffer.from(Buffer.from(`${before}${marker}`).toString('base64').slice(4, -4))), // wherever in a text it begins
  Buffer.from(marker.slice(2)),
];

const ask = (as: TestPerson, request: string, body?: unknown) =>
  api.ask(request, { as, ...(body === undefined ? {} : { body }), headers: { 'Idempotency-Key': randomUUID() } });

/** Sends what must take effect. */
async function send(as: TestPerson, request: string, body: unknown) {
  const answer = await ask(as, request, body);
  if (answer.status >= 300) throw new Error(`${request} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A database of another test may be dropped meanwhile. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.of();
    throw error;
  }
}

const filesWith = (folder: string, searched: readonly Buffer[]): string[] =>
  filesBelow(folder).filter((file) => {
    const content = contentOf(file);
    return searched.some((trace) => content.includes(trace));
  });

test('what people write stands in no file of either database, nor in any log', async () => {
  const text = (what: string) => `${what}：${marker}。`;
  const data = { channel: 'desk', title: text('标题'), content: text('内容'), wish: text('愿望'), nameWithheld: true };
  const { body } = await send('li', 'POST /api/v1/cases', { process: 'appeal', data });
  const { number } = body;
  await send('desk-1', `POST /api/v1/tasks/${number}.1/complete`, { data: { decision: 'ask', question: text('问') } });
  await send('li', `PUT /api/v1/me/drafts/${number}.2`, { data: { facts: text('草稿') } });
  const { body: file } = await upload(api, { as: 'li', name: `${marker}.txt`, bytes: Buffer.from(text('附件')) });
  await send('li', `POST /api/v1/tasks/${number}.2/complete`, { data: { facts: text('事实'), attachments: [file.id] } });
  expect((await ask('desk-1', `GET /api/v1/attachments/${file.id}`)).body).toContain(marker);
  await send('desk-1', `POST /api/v1/tasks/${number}.3/complete`, { data: { decision: 'accept', handler: 'handler-1' } });
  await send('handler-1', `POST /api/v1/tasks/${number}.4/consult`, { to: 'zhao', question: text('请教'), wait: false });
  await send('handler-1', `POST /api/v1/cases/${number}/comment`, { text: text('留言') });
  await send('handler-1', `POST /api/v1/tasks/${number}.4/pause`, { reason: text('暂停') });
  expect(
    (await ask('handler-1', `POST /api/v1/tasks/${number}.4/complete`, { data: { route: 'measure', tier: text('不合格') } })).status,
  ).toBe(422);
  await send('chief', `POST /api/v1/cases/${number}/hold`, { reason: text('保全') });
  await send('auditor', `POST /api/v1/cases/${number}/release`, { reason: text('解除') });
  await send('chief', `POST /api/v1/cases/${number}/break-glass`, { reason: text('紧急') });
  await send('li', `POST /api/v1/cases/${number}/withdraw`, { reason: text('撤回') });

  const seen = await ask('li', `GET /api/v1/cases/${number}`);
  expect(JSON.stringify(seen.body)).toContain(marker);
  expect((await ask('li', `GET /api/v1/cases/${number}`)).body).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
  expect((await ask('wang', `GET /api/v1/cases/${number}`)).status).toBe(404);
  expect(JSON.stringify((await ask('auditor', `GET /api/v1/cases/${number}`)).body)).not.toContain(marker);

  expect((await ask('li', 'GET /api/v1/me/file')).body.cases).toContain(number);
  expect((await ask('li', 'POST /api/v1/me/file/export')).status).toBe(200);
  await takeCheckpoint({ db: api.database.db, ring: testRing }, new Date());
  const exported = await Readable.from(exportedRecord({ db: api.database.db }, new Date())).toArray();
  expect(exported.filter((line) => line.includes(marker))).toEqual([]);
  expect(exported.join()).not.toMatch(/"li"|姓名/);

  await api.database.db.$executeRaw`checkpoint`;
  const [{ folder }] = await api.database.db.$queryRaw<[{ folder: string }]>`select current_setting('data_directory') as folder`;
  // The search itself can find: the case's number stands in both.
  expect(filesWith(folder, [Buffer.from(number)]).length).toBeGreaterThan(0);
  expect(filesWith(engine.folder, [Buffer.from(number)]).length).toBeGreaterThan(0);
  expect(filesWith(folder, traces)).toEqual([]);
  expect(filesWith(engine.folder, traces)).toEqual([]);
  expect(api.logged()).not.toContain(marker);
}, 60_000);
