import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { openApi } from '../../api/open.ts';
import { type RunningServer, serve } from '../../api/server.ts';
import { createLogger } from '../../platform/log.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { type TestApi, type TestClient, testApi, testClient } from '../api.ts';
import { upload } from '../attachments.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';
import { docxText } from '../docx-text.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { runTestWorker } from '../worker.ts';

let engine: DevServer;
let first: TestApi;
let second: TestClient & { readonly url: string };
let worker: { stop(): Promise<void> };
let stopSecond: () => Promise<void>;

beforeAll(async () => {
  engine = await startDevServer();
  first = await testApi({ temporal: engine.client });
  const bureau = await openBureau(first.database.db, testRing, { demo: true });
  worker = await runTestWorker(bureau, engine.client, engine.address);
  const log = createLogger('second', new Writable({ write: (_chunk, _encoding, done) => done() }));
  const api = openApi({ bureau, databaseUrl: first.database.url, temporal: engine.client, log, secureCookies: false });
  const server: RunningServer = await serve(api.app, { host: '127.0.0.1', port: 0, endStreams: api.endStreams });
  const url = `http://127.0.0.1:${server.port}`;
  second = { url, ...testClient(url, first.database.db) };
  stopSecond = async () => {
    await server.stop(2000);
    await api.close();
  };
}, 120_000);
afterAll(async () => {
  await stopSecond?.();
  await worker?.stop();
  await first?.close();
  await engine?.stop();
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function send(node: TestClient, as: TestPerson, request: string, body: unknown) {
  const answer = await node.ask(request, { as, body, headers: { 'Idempotency-Key': randomUUID() } });
  if (answer.status >= 300) throw new Error(`${request} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
const complete = (node: TestClient, as: TestPerson, task: string, data: unknown) =>
  send(node, as, `POST /api/v1/tasks/${task}/complete`, { data });

async function fetched(node: TestClient & { readonly url: string }, as: TestPerson, path: string): Promise<Buffer> {
  const response = await fetch(`${node.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${await node.tokenOf(as)}` } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

/** As large as the shipped policy lets a file be. */
const largest = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(49_999_991)]);

test('a file goes from one node through the workflow into the case, and every node has it whole', async () => {
  const { number } = await send(first, 'li', 'POST /api/v1/cases', {
    process: 'appeal',
    data: { channel: 'self-service', title: '夜班补休', content: '四个夜班没有补休。' },
  });
  await complete(first, 'desk-1', `${number}.1`, { decision: 'ask', question: '请附值班表' });

  const { status, body: file } = await upload(first, { as: 'li', name: '值班表.pdf', bytes: largest });
  expect([status, file.sha256]).toEqual([201, sha256(largest)]);
  const refused = await second.ask(`POST /api/v1/tasks/${number}.2/complete`, {
    as: 'li',
    body: { data: { facts: '见附件', attachments: [file.id, randomUUID()] } },
  });
  expect(refused.body).toMatchObject({ type: '/problems/invalid-form', errors: [{ path: 'data.attachments.1' }] });
  await complete(second, 'li', `${number}.2`, { facts: '见附件', attachments: [file.id] });

  const { body: files } = await second.ask(`GET /api/v1/cases/${number}/attachments`, { as: 'desk-1' });
  expect(files.items).toMatchObject([{ id: file.id, name: '值班表.pdf', addedBy: 'li', task: `${number}.2` }]);
  const read = await Promise.all([first, second, first, second].map((node) => fetched(node, 'desk-1', `/attachments/${file.id}`)));
  expect(read.map(sha256)).toEqual(Array(4).fill(file.sha256));
  expect((await second.ask(`GET /api/v1/cases/${number}/verify`, { as: 'auditor' })).body).toMatchObject({ ok: true });

  // The reply, once another person has approved it, is a document of its own.
  await complete(first, 'desk-1', `${number}.3`, { decision: 'accept', handler: 'handler-1' });
  await complete(first, 'handler-1', `${number}.4`, { route: 'measure', tier: '3' });
  await complete(first, 'handler-1', `${number}.5`, { result: 'resolved', findings: '属实', done: '已安排', badManagement: false });
  await complete(first, 'handler-1', `${number}.6`, {
    found: '四个夜班属实',
    done: '本月补休',
    rules: ['leave-7'],
    remedies: '可申请复查',
  });
  const early = await first.ask(`POST /api/v1/cases/${number}/documents`, { as: 'handler-1', body: { kind: 'appeal-reply' } });
  expect(early.body.type).toBe('/problems/not-now');
  await complete(first, 'leader-1', `${number}.7`, { decision: 'approve' });
  const reply = await send(second, 'handler-1', `POST /api/v1/cases/${number}/documents`, { kind: 'appeal-reply' });
  const text = docxText(await fetched(first, 'li', `/cases/${number}/documents/${reply.id}?format=docx`));
  for (const part of ['姓名-li同志：', '四个夜班属实', '本月补休', '《休假规定》第七条', '可申请复查', reply.number])
    expect(text).toContain(part);
}, 120_000);
