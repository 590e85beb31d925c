import { openBureau } from '../../store/open-bureau.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
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
  await worker.stop();
  await api.close();
  await engine.stop();
});

const order = { source: 'leader', title: '值班室改造', order: '完成值班室改造。', tier: '15' };
const issue = async (data: object = {}): Promise<Answer['body']> =>
  (
    await api.ask('POST /api/v1/cases', {
      as: 'supervisor-1',
      body: { process: 'supervision', unit: 'station-1', data: { ...order, ...data } },
    })
  ).body;
const command = (number: string, name: string, as: TestPerson, body: object = {}): Promise<Answer> =>
  api.ask(`POST /api/v1/cases/${number}/${name}`, { as, body });
const problem = (slug: string) => expect.objectContaining({ type: `/problems/${slug}` });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

test('a directive is cancelled by whoever issued it or by the desk, and by nobody else', async () => {
  const { number } = await issue();
  expect((await command(number, 'cancel', 'leader-1', { reason: '不办了' })).status).toBe(403);
  expect((await command(number, 'cancel', 'wang', { reason: '不办了' })).status).toBe(404);
  expect(await command(number, 'cancel', 'supervisor-2', { reason: '会议决定另行安排' })).toMatchObject({
    status: 200,
    body: { state: 'closed', outcome: 'cancelled' },
  });
  expect((await command(number, 'cancel', 'supervisor-1', { reason: '再撤' })).body).toEqual(problem('case-not-open'));
});

test('an amended directive shows what is asked for now, is found by its new title and starts over', async () => {
  const { number } = await issue();
  const amended = await command(number, 'amend', 'supervisor-1', { data: { ...order, title: '训练馆改造', tier: '7' }, reason: '改址' });
  expect(amended).toMatchObject({ status: 200, body: { title: '训练馆改造', stage: 'sign', data: { tier: '7' } } });
  const found = await api.ask(`GET /api/v1/cases?q=${encodeURIComponent('训练馆')}`, { as: 'supervisor-1' });
  expect(found.body.items.map((item: { number: string }) => item.number)).toEqual([number]);
  const wrong = await command(number, 'amend', 'supervisor-1', { data: { ...order, supporting: ['nowhere'] }, reason: '加协办' });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'data.supporting.0' }] } });
  expect((await api.ask(`GET /api/v1/cases/${number}/verify`, { as: 'supervisor-1' })).body.ok).toBe(true);
});

test('a directive is split into directives of several units, each wrong part named', async () => {
  const { number } = await issue();
  const part = (unit: string, data: object = order) => ({ unit, data });
  const wrong = await command(number, 'split', 'supervisor-1', { parts: [part('station-1'), part('nowhere')], reason: '分头' });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'parts.1.unit' }] } });
  const alsoWrong = await command(number, 'split', 'supervisor-1', { parts: [part('station-1'), part('station-2', {})], reason: '分头' });
  expect(alsoWrong).toMatchObject({
    status: 422,
    body: { errors: expect.arrayContaining([expect.objectContaining({ path: 'parts.1.data.title' })]) },
  });
  const done = await command(number, 'split', 'supervisor-1', { parts: [part('station-1'), part('station-2')], reason: '分头' });
  expect(done).toMatchObject({ status: 200, body: { outcome: 'split' } });
  expect(done.body.links.map(({ relation }: { relation: string }) => relation)).toEqual(['part', 'part']);
});

test('a directive is suspended until a date that policy allows, and goes on when it is resumed', async () => {
  const { number } = await issue();
  const reason = '等待批复';
  for (const until of [inDays(-1), inDays(200)]) {
    const refused = await command(number, 'suspend', 'supervisor-1', { until, reason });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'until' }] } });
  }
  const suspended = await command(number, 'suspend', 'supervisor-1', { until: inDays(20), reason });
  expect(suspended).toMatchObject({ status: 200, body: { tasks: [{ key: 'sign', pausedAt: expect.any(String) }] } });
  const resumed = await command(number, 'resume', 'supervisor-1');
  expect(resumed).toMatchObject({ status: 200, body: { tasks: [{ key: 'sign', pausedAt: null }] } });
  expect((await command(number, 'resume', 'supervisor-1')).body).toEqual(problem('not-now'));
});

test('a task that is due at a checkpoint explains its date from the issue on', async () => {
  const { number, openedAt } = await issue();
  const id = `${number}.1`;
  await api.ask(`POST /api/v1/tasks/${id}/complete`, { as: 'leader-1', body: { data: { handler: 'handler-1' } } });
  const { body } = await api.ask(`GET /api/v1/tasks/${number}.2`, { as: 'handler-1' });
  expect(body).toMatchObject({ key: 'plan', explain: { from: openedAt, limit: { days: 3 } } });
  expect(Date.parse(body.dueAt) - Date.parse(openedAt)).toBe(3 * 86_400_000);
});

test('a submission that only handed on is taken back while nobody has begun what follows', async () => {
  const { number } = await issue();
  const done = (task: number, as: TestPerson, data: object) =>
    api.ask(`POST /api/v1/tasks/${number}.${task}/complete`, { as, body: { data } });
  const recall = (as: TestPerson) => api.ask(`POST /api/v1/tasks/${number}.2/recall`, { as, body: { reason: '方案有误' } });
  await done(1, 'leader-1', { handler: 'handler-1' });
  await done(2, 'handler-1', { plan: '两周' });
  expect((await recall('leader-1')).status).toBe(403);
  const recalled = await recall('handler-1');
  expect(recalled).toMatchObject({ status: 200, body: { stage: 'plan' } });
  expect(recalled.body.tasks.filter(({ state }: { state: string }) => state === 'open').map(({ id }: { id: string }) => id)).toEqual([
    `${number}.2`,
  ]);

  await done(2, 'handler-1', { plan: '三周' });
  await api.ask(`PUT /api/v1/me/drafts/${number}.4`, { as: 'handler-1', body: { data: { report: '已开工' } } });
  expect((await recall('handler-1')).body).toEqual(problem('already-taken-up'));
});
