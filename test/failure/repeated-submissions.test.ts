import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBureau } from '../../store/open-bureau.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
import { forms, wish } from '../appeal.ts';
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

const ask = (as: TestPerson, request: string, body: unknown, key: string = randomUUID()): Promise<Answer> =>
  api.ask(`POST /api/v1/${request}`, { as, body, headers: { 'Idempotency-Key': key } });

/** An appeal that waits for its classification. */
async function accepted(): Promise<string> {
  const { body } = await ask('li', 'cases', { process: 'appeal', data: wish });
  await ask('desk-1', `tasks/${body.number}.1/complete`, { data: forms.accept });
  return body.number;
}

const eventsOf = async (number: string): Promise<string[]> =>
  (await api.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' })).body.map(({ type }: { type: string }) => type);
const countOf = async (number: string, type: string) => (await eventsOf(number)).filter((each) => each === type).length;
const verified = async (number: string) => (await api.ask(`GET /api/v1/cases/${number}/verify`, { as: 'supervisor-1' })).body.ok;
const outcomes = (answers: readonly Answer[]) => answers.map(({ status, body }) => (status === 200 ? 'done' : body.type)).sort();

/** What can be done to a case whose task `.2` is handler-1's: by whom, two bodies for it, and the event that it leaves. */
const acts: readonly (readonly [path: (number: string) => string, as: TestPerson, body: object, other: object, event: string])[] = [
  [(n) => `tasks/${n}.2/complete`, 'handler-1', { data: forms.classify }, { data: { route: 'measure', tier: '5' } }, 'task-completed'],
  [(n) => `tasks/${n}.2/pause`, 'handler-1', { reason: '待复函' }, { reason: '待会议' }, 'paused'],
  [(n) => `tasks/${n}.2/extend`, 'handler-1', { by: { days: 1 }, reason: '外调' }, { by: { days: 2 }, reason: '外调' }, 'extension-asked'],
  [(n) => `tasks/${n}.2/consult`, 'handler-1', { to: 'zhao', question: '属实？' }, { to: 'wang', question: '属实？' }, 'participant-added'],
  [(n) => `tasks/${n}.2/reassign`, 'leader-1', { to: 'zhao', reason: '出差' }, { to: 'deputy-1', reason: '出差' }, 'reassigned'],
  [(n) => `cases/${n}/transfer`, 'leader-1', { unit: 'station-2', reason: '属地' }, { unit: 'branch', reason: '属地' }, 'transferred'],
  [(n) => `cases/${n}/withdraw`, 'li', { reason: '已解决' }, { reason: '不再主张' }, 'withdrawn'],
  [(n) => `cases/${n}/comment`, 'handler-1', { text: '一' }, { text: '二' }, 'commented'],
];
const named = acts.map((act) => [act[0]('…'), ...act] as const);

describe.each(named)('%s', (_, path, as, body, other, event) => {
  test('sent many times at once under one key takes effect once, and everybody hears the result', async () => {
    const number = await accepted();
    const before = await countOf(number, event);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(as, path(number), body, key)));
    expect(outcomes(answers)).toEqual(Array(5).fill('done'));
    expect((await ask(as, path(number), body, key)).status).toBe(200);
    expect((await countOf(number, event)) - before).toBe(1);
    expect(await verified(number)).toBe(true);
  });

  test('sent under one key with two contents at once takes effect with one of them', async () => {
    const number = await accepted();
    const before = await countOf(number, event);
    const key = randomUUID();
    const answers = await Promise.all([body, other, body, other].map((content) => ask(as, path(number), content, key)));
    const conflict = '/problems/idempotency-conflict';
    expect(outcomes(answers)).toEqual([conflict, conflict, 'done', 'done']);
    expect((await countOf(number, event)) - before).toBe(1);
  });
});

test('of many withdrawals at once one takes effect; the others hear that the case is closed', async () => {
  const number = await accepted();
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask('li', `cases/${number}/withdraw`, { reason: '已解决' })));
  expect(outcomes(answers)).toEqual([...Array(5).fill('/problems/case-not-open'), 'done']);
  expect(await countOf(number, 'closed')).toBe(1);
  expect(await verified(number)).toBe(true);
});

test('a withdrawal and a submission at once both take effect or the later one hears why not', async () => {
  for (let round = 0; round < 5; round++) {
    const number = await accepted();
    const [withdrawn, classified] = await Promise.all([
      ask('li', `cases/${number}/withdraw`, { reason: '已解决' }),
      ask('handler-1', `tasks/${number}.2/complete`, { data: forms.classify }),
    ]);
    expect(withdrawn.status).toBe(200);
    if (classified.status !== 200) expect(['/problems/task-not-open', '/problems/case-not-open']).toContain(classified.body.type);
    expect(await countOf(number, 'task-completed')).toBe(classified.status === 200 ? 2 : 1);
    expect((await api.ask(`GET /api/v1/cases/${number}`, { as: 'li' })).body).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
    expect(await verified(number)).toBe(true);
  }
});

test('a key that was used for one task is refused for another, whatever it says', async () => {
  const [one, two] = [await accepted(), await accepted()];
  const key = randomUUID();
  expect((await ask('handler-1', `tasks/${one}.2/complete`, { data: forms.classify }, key)).status).toBe(200);
  expect((await ask('handler-1', `tasks/${two}.2/complete`, { data: forms.classify }, key)).body.type).toBe(
    '/problems/idempotency-conflict',
  );
  expect(await countOf(two, 'task-completed')).toBe(1);
});

test('of a case that is opened with two contents under one key at once, one is there and the others are a conflict', async () => {
  const key = randomUUID();
  const bodies = ['宿舍', '车辆', '宿舍', '车辆'].map((title) => ({ process: 'appeal', data: { ...wish, title } }));
  const answers = await Promise.all(bodies.map((body) => ask('wang', 'cases', body, key)));
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(2);
  expect(answers.filter(({ body }) => body.type === '/problems/idempotency-conflict')).toHaveLength(2);
  expect((await api.ask('GET /api/v1/cases?subject=wang', { as: 'wang' })).body.items).toHaveLength(1);
});
