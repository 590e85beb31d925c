import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { connectTemporal } from '../../platform/temporal.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { type Relay, relayTo } from '../relay.ts';
import { runTestWorker } from '../worker.ts';

let engine: DevServer;
let relay: Relay;
let client: Client;
let api: TestApi;
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  engine = await startDevServer();
  relay = await relayTo(engine.address);
  client = connectTemporal(relay.address, 'default', testRing);
  api = await testApi({ temporal: client });
  worker = await runTestWorker(await openBureau(api.database.db, testRing, { demo: true }), engine.client, engine.address);
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await api.close();
  await client.connection.close();
  await relay.close();
  await engine.stop();
});

const appeal = { process: 'appeal', data: { channel: 'self-service', title: '食堂', content: '中午没有热饭' } };
const open = async (): Promise<Answer['body']> => (await api.ask('POST /api/v1/cases', { as: 'li', body: appeal })).body;
const complete = (as: TestPerson, task: string, data: unknown, key: string = randomUUID()): Promise<Answer> =>
  api.ask(`POST /api/v1/tasks/${task}/complete`, { as, body: { data }, headers: { 'Idempotency-Key': key } });
const openTask = (view: Answer['body']) => view.tasks.find(({ state }: { state: string }) => state === 'open');
const accepted = { decision: 'accept', handler: 'handler-1' };

/** Waits for a state, never for a time. */
async function until<T>(read: () => Promise<T>, reached: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (reached(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('an appeal goes from intake to confirmation over HTTP', async () => {
  const opened = await open();
  expect(opened.state).toBe('open');
  const steps: [TestPerson, string, unknown][] = [
    ['desk-1', 'accept', accepted],
    ['handler-1', 'classify', { route: 'measure', tier: '3' }],
    ['handler-1', 'handle', { result: 'resolved', findings: '属实', done: '已延长供餐', badManagement: false }],
    ['handler-1', 'draft-reply', { found: '属实', done: '已延长供餐', rules: ['leave-7'], remedies: '可申请复查' }],
    ['leader-1', 'approve-reply', { decision: 'approve' }],
    ['li', 'confirm', { answer: 'satisfied', score: 5 }],
  ];
  let view = opened;
  for (const [person, key, data] of steps) {
    const task = openTask(view);
    expect(task).toMatchObject({ key });
    const { status, body } = await complete(person, task.id, data);
    expect({ key, status, errors: body.errors, type: body.type }).toEqual({ key, status: 200, errors: undefined, type: undefined });
    view = body;
  }
  expect(view).toMatchObject({ state: 'closed', handler: 'handler-1' });
  const events = await api.ask(`GET /api/v1/cases/${view.number}/events`, { as: 'li' });
  for (const { type, summary } of events.body) expect({ type, ...summary }).not.toMatchObject({ zh: expect.stringContaining('undefined') });
  expect((await api.ask(`GET /api/v1/cases/${view.number}/verify`, { as: 'li' })).body).toMatchObject({
    ok: true,
    events: events.body.length,
  });
});

test('a task is completed once: the same key again gives the case, another key a conflict', async () => {
  const { number } = await open();
  const key = randomUUID();
  expect((await complete('desk-1', `${number}.1`, accepted, key)).status).toBe(200);
  const again = await complete('desk-1', `${number}.1`, accepted, key);
  expect(again).toMatchObject({ status: 200, body: { number } });
  expect((await complete('desk-1', `${number}.1`, accepted)).body.type).toBe('/problems/task-not-open');
  expect((await complete('desk-1', `${number}.1`, { decision: 'ask', question: '何时？' }, key)).body.type).toBe(
    '/problems/idempotency-conflict',
  );
});

test('of simultaneous submissions exactly one takes effect', async () => {
  const { number } = await open();
  const answers = await Promise.all((['desk-1', 'desk-2', 'desk-1', 'desk-2'] as const).map((as) => complete(as, `${number}.1`, accepted)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
});

test('the same key sent many times at once takes effect once', async () => {
  const { number } = await open();
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 5 }, () => complete('desk-1', `${number}.1`, accepted, key)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  const { body } = await api.ask(`GET /api/v1/cases/${number}/events`, { as: 'li' });
  expect(body.filter(({ type }: { type: string }) => type === 'task-completed')).toHaveLength(1);
});

test('a handler with a conflict of interest can not be named', async () => {
  const { number } = await open();
  const { status, body } = await complete('desk-1', `${number}.1`, { decision: 'accept', handler: 'handler-2' }); // a relative of li
  expect(status).toBe(422);
  expect(body.errors).toMatchObject([{ path: 'data.handler' }]);
});

test('the workflow and the lists tell the same of a case', async () => {
  const { number } = await open();
  await complete('desk-1', `${number}.1`, accepted);
  const live = await api.ask(`GET /api/v1/cases/${number}/live`, { as: 'desk-1' });
  const inbox = await api.ask('GET /api/v1/tasks?mine=true', { as: 'handler-1' });
  expect(live.body.tasks).toMatchObject([{ key: 'classify' }]);
  const mine = inbox.body.items.find((each: { case: string }) => each.case === number);
  expect(mine).toMatchObject({ key: 'classify', assignee: 'handler-1', title: { zh: '分类', en: 'Classify' } });
  expect(Date.parse(mine.dueAt)).toBe(Date.parse(live.body.tasks[0].dueAt));
  expect(inbox.body.total).toBeGreaterThanOrEqual(1);
  const one = await api.ask(`GET /api/v1/tasks/${mine.id}`, { as: 'handler-1' });
  const counted = one.body.explain.days.filter(({ counts }: { counts: number | null }) => counts !== null);
  expect(counted).toHaveLength(3); // 3 working days
});

test('commands change the course of a case', async () => {
  const { number } = await open();
  const command = (name: string, as: TestPerson, body: unknown) => api.ask(`POST /api/v1/cases/${number}/${name}`, { as, body });
  const task = `/api/v1/tasks/${number}.1`;
  expect((await api.ask(`POST ${task}/pause`, { as: 'desk-1', body: { reason: '待查' } })).body.tasks[0].pausedAt).toEqual(
    expect.any(String),
  );
  expect((await api.ask(`POST ${task}/resume`, { as: 'desk-1' })).body.tasks[0].pausedAt).toBeNull();
  expect((await command('transfer', 'desk-1', { unit: 'station-2', reason: '属西山' })).body).toMatchObject({
    unit: 'station-2',
    state: 'open',
  });
  expect((await command('withdraw', 'wang', { reason: '…' })).status).toBe(404);
  expect((await command('withdraw', 'li', { reason: '已解决' })).body).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
  expect((await command('withdraw', 'li', { reason: '已解决' })).body.type).toBe('/problems/case-not-open');
});

test('a case that was closed is reopened under its number, and goes on', async () => {
  const { number } = await open();
  const command = (name: string, as: TestPerson) => api.ask(`POST /api/v1/cases/${number}/${name}`, { as, body: { reason: '…' } });
  expect((await command('reopen', 'li')).body.type).toBe('/problems/not-now');
  expect((await command('withdraw', 'li')).body).toMatchObject({ state: 'closed' });
  const reopened = await command('reopen', 'li');
  expect(reopened).toMatchObject({ status: 200, body: { number, outcome: null } });
  const view = await until(
    () => api.ask(`GET /api/v1/cases/${number}`, { as: 'li' }),
    ({ body }) => openTask(body) !== undefined,
  );
  const { status, body } = await complete('desk-1', openTask(view.body).id, accepted);
  expect({ status, type: body.type }).toEqual({ status: 200, type: undefined });
  expect(openTask(body)).toMatchObject({ key: 'classify' });
  expect((await api.ask(`GET /api/v1/cases/${number}/verify`, { as: 'li' })).body.ok).toBe(true);
});

test('cases that are merged keep both appellants', async () => {
  const [one, two] = [await open(), (await api.ask('POST /api/v1/cases', { as: 'wang', body: appeal })).body];
  const merged = await api.ask(`POST /api/v1/cases/${two.number}/merge`, { as: 'desk-1', body: { into: one.number } });
  expect(merged.body).toMatchObject({ state: 'closed', outcome: 'merged', links: [{ relation: 'merged-into', number: one.number }] });
  const { body } = await api.ask(`GET /api/v1/cases/${one.number}`, { as: 'wang' });
  expect(body.participants.map(({ person }: { person: string }) => person)).toEqual(expect.arrayContaining(['li', 'wang']));
  expect((await api.ask(`POST /api/v1/cases/${one.number}/merge`, { as: 'desk-1', body: { into: one.number } })).body.type).toBe(
    '/problems/not-now',
  );
});

test('an extension is decided by a leader, and an opinion holds the task up', async () => {
  const { number } = await open();
  const { body: classify } = await complete('desk-1', `${number}.1`, accepted);
  const task = openTask(classify);
  const act = (name: string, as: TestPerson, body: unknown) => api.ask(`POST /api/v1/tasks/${task.id}/${name}`, { as, body });
  const asked = await act('extend', 'handler-1', { by: { workingDays: 2 }, reason: '需外调' });
  const approval = asked.body.tasks.find(
    ({ key, state }: { key: string; state: string }) => key === 'approve-extension' && state === 'open',
  );
  expect(approval).toMatchObject({ role: 'unit-leader' });
  const granted = await complete('leader-1', approval.id, { decision: 'approve' });
  const extended = granted.body.tasks.find(({ id }: { id: string }) => id === task.id);
  expect(Date.parse(extended.dueAt)).toBeGreaterThan(Date.parse(task.dueAt));
  const { body: one } = await api.ask(`GET /api/v1/tasks/${task.id}`, { as: 'handler-1' });
  expect(one.explain.moves).toMatchObject([{ type: 'extended', dueAt: extended.dueAt }]);

  const consulted = await act('consult', 'handler-1', { to: 'zhao', question: '是否属实？' });
  const opinion = consulted.body.tasks.find(({ key }: { key: string }) => key === 'consult');
  expect(opinion).toMatchObject({ assignee: 'zhao', state: 'open' });
  expect((await complete('handler-1', task.id, { route: 'measure', tier: '3' })).body.type).toBe('/problems/not-now');
  expect((await complete('zhao', opinion.id, { opinion: '属实' })).status).toBe(200);
  const { body: handle } = await complete('handler-1', task.id, { route: 'measure', tier: '3' });
  expect(handle.tasks.at(-1)).toMatchObject({ key: 'handle', state: 'open' });
});

test('a draft is recalled while nobody has taken up its approval', async () => {
  const { number } = await open();
  const reply = { found: '属实', done: '已延长供餐', rules: ['leave-7'], remedies: '可申请复查' };
  await complete('desk-1', `${number}.1`, accepted);
  await complete('handler-1', `${number}.2`, { route: 'measure', tier: '3' });
  await complete('handler-1', `${number}.3`, { result: 'resolved', findings: '属实', done: '已延长供餐', badManagement: false });
  await complete('handler-1', `${number}.4`, reply);
  const recall = (as: TestPerson) => api.ask(`POST /api/v1/tasks/${number}.4/recall`, { as, body: { reason: '有误' } });
  expect((await recall('leader-1')).status).toBe(403);
  const recalled = await recall('handler-1');
  expect(openTask(recalled.body)).toMatchObject({ key: 'draft-reply', round: 2, assignee: 'handler-1' });
  expect((await recall('handler-1')).body.type).toBe('/problems/not-now');

  const again = openTask(recalled.body).id;
  const drafted = await complete('handler-1', again, { found: '属实', done: '已办', rules: ['leave-7'], remedies: '可申请复查' });
  await api.ask(`POST /api/v1/tasks/${openTask(drafted.body).id}/claim`, { as: 'leader-1', body: {} });
  const late = await api.ask(`POST /api/v1/tasks/${again}/recall`, { as: 'handler-1', body: { reason: '又有误' } });
  expect(late.body).toMatchObject({ status: 409, type: '/problems/already-taken-up' });
});

test('while the engine is away intake goes on, tasks wait, and afterwards everything takes effect once', async () => {
  const { number } = await open();
  relay.cut();
  const late = await api.ask('POST /api/v1/cases', { as: 'li', body: appeal });
  expect(late).toMatchObject({ status: 201, body: { state: 'accepted' } });
  const key = randomUUID();
  const refused = await complete('desk-1', `${number}.1`, accepted, key);
  expect(refused.status).toBe(503);
  expect(['/problems/engine-unavailable', '/problems/outcome-unknown']).toContain(refused.body.type);
  expect((await api.ask('GET /readyz')).body.parts.temporal.state).toBe('down');

  await relay.mend();
  const done = await until(
    () => complete('desk-1', `${number}.1`, accepted, key),
    ({ status }) => status !== 503,
  );
  expect(done.status).toBe(200);
  const view = await until(
    () => api.ask(`GET /api/v1/cases/${late.body.number}`, { as: 'li' }),
    ({ body }) => body.state === 'open',
  );
  expect(openTask(view.body)).toMatchObject({ key: 'accept' });
  const { body } = await api.ask(`GET /api/v1/cases/${number}/events`, { as: 'li' });
  expect(body.filter(({ type }: { type: string }) => type === 'task-completed')).toHaveLength(1);
}, 60_000);

test('without a worker a submission ends in outcome-unknown, and the same key learns the result', async () => {
  const { number } = await open();
  await worker.stop();
  const key = randomUUID();
  const unknown = await complete('desk-1', `${number}.1`, accepted, key);
  expect(unknown).toMatchObject({ status: 503, body: { type: '/problems/outcome-unknown' } });
  expect(Number(unknown.headers.get('retry-after'))).toBeGreaterThan(0);
  worker = await runTestWorker(await openBureau(api.database.db, testRing, { demo: true }), engine.client, engine.address);
  const known = await until(
    () => complete('desk-1', `${number}.1`, accepted, key),
    ({ status }) => status !== 503,
  );
  expect(known.status).toBe(200);
  expect(openTask(known.body)).toMatchObject({ key: 'classify', assignee: 'handler-1' });
}, 60_000);

test('whoever decides about a person sees that an earlier appeal protects them from retaliation', async () => {
  const earlier = await open();
  await until(
    async () => (await api.ask('GET /api/v1/people/li', { as: 'li' })).body.marks,
    (marks) => marks?.some(({ case: number }: { case: string }) => number === earlier.number),
  );
  let view = await open();
  for (const [person, data] of [
    ['desk-1', accepted],
    ['handler-1', { route: 'measure', tier: '3' }],
    ['handler-1', { result: 'refused', findings: '不属实', rule: 'leave-7', explanation: '不在适用范围' }],
  ] as const) {
    view = (await complete(person, openTask(view).id, data)).body;
  }
  const { body } = await api.ask(`GET /api/v1/tasks/${openTask(view).id}`, { as: 'supervising-1' });
  expect(body).toMatchObject({
    key: 'approve-refusal',
    marks: expect.arrayContaining([expect.objectContaining({ kind: 'no-retaliation' })]),
  });
});
