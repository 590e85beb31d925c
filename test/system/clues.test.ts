import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { connectTemporal } from '../../platform/temporal.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
import { until } from '../bureau.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { runTestWorker } from '../worker.ts';

let engine: DevServer;
let client: Client;
let api: TestApi;
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  engine = await startDevServer();
  client = connectTemporal(engine.address, 'default', testRing);
  api = await testApi({ temporal: client });
  worker = await runTestWorker(await openBureau(api.database.db, testRing, { demo: true }), engine.client, engine.address);
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await api.close();
  await client.connection.close();
  await engine.stop();
});

const content = '所长李某多次用公车办私事。';
const report = async (data: object = { content }): Promise<Answer> => api.ask('POST /api/v1/clues', { body: { data } });
const look = (code: string) => api.ask(`GET /api/v1/clues/${code}`);
const say = (code: string, text: string, key: string = randomUUID()) =>
  api.ask(`POST /api/v1/clues/${code}`, { body: { text }, headers: { 'Idempotency-Key': key } });
const read = async (as: TestPerson, number: string) => (await api.ask(`GET /api/v1/cases/${number}`, { as })).body;
const complete = async (as: TestPerson, number: string, key: string, data: object): Promise<Answer> => {
  const task = (await read(as, number)).tasks.find((each: { key: string; state: string }) => each.key === key && each.state === 'open');
  return api.ask(`POST /api/v1/tasks/${task?.id}/complete`, { as, body: { data }, headers: { 'Idempotency-Key': randomUUID() } });
};

const begun = (number: string) =>
  until(async () => {
    const [row] = await api.database.db.$queryRaw<[{ begun: boolean }]>`select begun from "case" where number = ${number}`;
    return row.begun;
  }, 'the clue did not start');

describe('without a name', () => {
  test('a clue is registered at once, against a receipt code', async () => {
    const { status, body } = await report();
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { code: expect.stringMatching(/^(\w{5}-){3}\w{5}$/), number: expect.stringMatching(/^XS-/) },
    });
  });

  test('the reporter answers what is asked, and reads the result', async () => {
    const { code, number } = (await report()).body;
    await begun(number);
    await complete('discipline-1', number, 'identify', { reported: ['leader-1'] });
    await complete('discipline-1', number, 'assess', { decision: 'ask', question: '车牌号是什么？' });
    expect((await look(code)).body).toMatchObject({ state: 'open', question: '车牌号是什么？', outcome: null, reply: null });
    const key = randomUUID();
    expect((await say(code, '尾号二一。', key)).body).toMatchObject({ question: null });
    expect((await say(code, '尾号二一。', key)).status).toBe(200);
    expect((await say(code, '别的内容。', key)).body).toMatchObject({ type: '/problems/idempotency-conflict' });
    const { tasks } = await read('discipline-1', number);
    expect(tasks.at(-1)).toMatchObject({ key: 'assess', context: { answer: { answer: '尾号二一。' } } });

    await complete('discipline-1', number, 'assess', { decision: 'unfounded', reasons: '派车单齐全。', reply: '经核不属实。' });
    expect((await look(code)).body.reply).toBeNull();
    await complete('supervising-2', number, 'confirm-unfounded', { decision: 'approve' });
    expect((await look(code.toLowerCase().replaceAll('-', ''))).body).toMatchObject({
      state: 'closed',
      outcome: { zh: '不属实，了结' },
      reply: '经核不属实。',
    });
    expect((await say(code, '我不同意。')).body).toMatchObject({ type: '/problems/case-not-open' });
  }, 60_000);

  test('what is said without being asked stands in the record, once', async () => {
    const { code, number } = (await report()).body;
    await begun(number);
    const key = randomUUID();
    expect((await say(code, '补充：有照片。', key)).status).toBe(200);
    expect((await say(code, '补充：有照片。', key)).status).toBe(200);
    const { body: events } = await api.ask(`GET /api/v1/cases/${number}/events`, { as: 'discipline-1' });
    expect(events.filter(({ type }: { type: string }) => type === 'supplemented')).toMatchObject([{ data: { text: '补充：有照片。' } }]);
  });

  test('nothing else leads to it: another code, a guess, the number, the name that stands for nobody', async () => {
    const { code, number } = (await report()).body;
    const last = code.at(-1) === '0' ? '1' : '0';
    for (const wrong of [`${code.slice(0, -1)}${last}`, number, '0', '..', 'anonymous'])
      expect((await look(encodeURIComponent(wrong))).body).toMatchObject({ status: 404, type: '/problems/not-found' });
    expect((await api.ask('GET /api/v1/people?q=匿名', { as: 'discipline-1' })).body.items).toEqual([]);
    expect((await api.ask('POST /api/v1/auth/login', { body: { username: 'anonymous', password: 'anonymous' } })).status).toBe(401);
  });

  test('the code is kept nowhere: not in the database, not in a log', async () => {
    const { code } = (await report()).body;
    await look(code);
    expect(api.logged()).not.toContain(code);
    const rows = await api.database.db.$queryRaw<
      { found: bigint }[]
    >`select count(*) as found from case_step where cause like ${`%${code}%`} or cause like ${`%${code.replaceAll('-', '')}%`}`;
    expect(Number(rows[0]?.found)).toBe(0);
  });

  test.each([{}, { content: '' }, { content, reported: ['li'] }, { content, colour: 'red' }])(
    'a form that says nothing, or too much, is refused: %j',
    async (data) => {
      expect((await report(data)).body).toMatchObject({ status: 422 });
    },
  );
});

describe('by name', () => {
  const byName = async (as: TestPerson, data: object = {}): Promise<string> =>
    (await api.ask('POST /api/v1/cases', { as, body: { process: 'clue', data: { content, ...data } } })).body.number;

  test('it can be neither withdrawn nor merged away', async () => {
    const number = await byName('zhao');
    for (const [as, command, body] of [
      ['zhao', 'withdraw', { reason: '不想再说。' }],
      ['discipline-1', 'withdraw', { reason: '不必再查。' }],
      ['discipline-1', 'transfer', { unit: 'station-2', reason: '属西山。' }],
    ] as const)
      expect((await api.ask(`POST /api/v1/cases/${number}/${command}`, { as, body })).status).toBeGreaterThanOrEqual(403);
    expect((await read('discipline-1', number)).state).not.toBe('closed');
  });

  test('whoever is reported, a relative, and a leader who is named learn nothing of it, and nothing of who reported', async () => {
    const number = await byName('wang', { reported: ['li'], leaders: ['leader-2'] });
    for (const as of ['li', 'handler-2', 'leader-2', 'leader-1', 'chief'] as const)
      expect((await api.ask(`GET /api/v1/cases/${number}`, { as })).status).toBeGreaterThanOrEqual(403);
    expect((await api.ask('GET /api/v1/cases?process=clue', { as: 'leader-2' })).body.items).toEqual([]);
    const marks = async (as: TestPerson) => (await api.ask('GET /api/v1/people/wang', { as })).body.marks;
    await until(async () => (await marks('supervising-1')).length > 0, 'nobody marked the reporter');
    expect(await marks('leader-2')).toEqual([]);
  });
});
