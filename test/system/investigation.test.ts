/* An investigation over HTTP: its file as data, what the person heard is shown of it, and what nobody else learns. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiOf, type TestClient } from '../api.ts';
import { type TestBureau, testBureau, until } from '../bureau.ts';
import type { TestPerson } from '../people.ts';

let bureau: TestBureau;
let api: TestClient & { close(): Promise<void> };
let number: string;
beforeAll(async () => {
  bureau = await testBureau();
  api = await apiOf(bureau);
}, 60_000);
afterAll(async () => {
  await api?.close();
  await bureau?.close();
});

const get = (path: string, as: TestPerson) => api.ask(`GET /api/v1/cases/${number}${path}`, { as });
const post = (path: string, as: TestPerson, body: unknown, key: string = randomUUID()) =>
  api.ask(`POST /api/v1${path}`, { as, body, headers: { 'Idempotency-Key': key } });
const file = (as: TestPerson, record: string, data: object, further: object = {}) =>
  post(`/cases/${number}/records`, as, { record, data, ...further });

async function complete(key: string, as: TestPerson, data: unknown) {
  const { body } = await get('', as);
  const task = body.tasks.find((each: { key: string; state: string }) => each.key === key && each.state === 'open');
  if (task === undefined) throw new Error(`${as} sees no open ${key}: ${JSON.stringify(body).slice(0, 400)}`);
  const answer = await post(`/tasks/${task.id}/complete`, as, { data });
  expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
}

const alleged = { against: 'zhao', actOn: '2026-10-12', ground: 'leave-7', facts: '姓名-li反映其值班饮酒。' };
const interview = { at: '2026-10-21T09:00:00+08:00', place: '所内', interviewers: ['inspector-1', 'inspector-2'] };
const evidence = { type: 'recording', source: '匿名提供', obtainedAt: '2026-10-20T09:00:00+08:00' };

test('an investigator files what they find as data, once for each key, and nobody else does', async () => {
  const opened = await post('/cases', 'discipline-1', {
    process: 'discipline',
    data: { person: 'zhao', actOn: '2026-10-12', ground: 'leave-7', facts: '值班饮酒。', source: 'found' },
  });
  expect(opened.status).toBe(201);
  number = opened.body.number;
  await until(async () => (await get('', 'chief')).body.state === 'open', 'it did not begin');
  await complete('file', 'chief', { decision: 'file', lead: 'inspector-1', members: ['inspector-2'] });

  const key = randomUUID();
  for (let time = 0; time < 2; time += 1)
    expect((await post(`/cases/${number}/records`, 'inspector-1', { record: 'allegation', data: alleged }, key)).status).toBe(200);
  expect(
    (await file('inspector-2', 'interview', { ...interview, person: 'wang', as: 'witness', said: '姓名-wang当晚见到饮酒。' })).status,
  ).toBe(200);
  expect((await file('inspector-1', 'evidence', { ...evidence, title: '录像', shows: '姓名-wang在场。' })).status).toBe(200);
  expect(
    (await file('inspector-1', 'evidence', { ...evidence, title: '举报信', shows: '来信内容。', withheld: '会暴露举报人。' })).status,
  ).toBe(200);
  const finding = { allegation: 1, result: 'proven', reliesOn: [2, 3, 4], reasons: '姓名-wang与录像一致。' };
  expect((await file('inspector-1', 'finding', finding)).status).toBe(200);

  const { body } = await get('/records', 'inspector-1');
  expect(body.items.map(({ no, record }: { no: number; record: string }) => [no, record])).toEqual([
    [1, 'allegation'],
    [2, 'interview'],
    [3, 'evidence'],
    [4, 'evidence'],
    [5, 'finding'],
  ]);
  expect((await file('discipline-1', 'evidence', { ...evidence, title: '…', shows: '…' })).status).toBe(403);
  expect((await file('inspector-3', 'evidence', { ...evidence, title: '…', shows: '…' })).status).toBe(404);
  expect(await file('inspector-1', 'finding', { ...finding, allegation: 9 })).toMatchObject({
    status: 422,
    body: { type: '/problems/invalid-form' },
  });
  expect((await get('/verify', 'discipline-1')).body).toMatchObject({ ok: true });
});

test('an entry is corrected by another one, with its reason, and both stay', async () => {
  const data = { ...evidence, title: '录像（更正）', shows: '姓名-wang在场，时间为二十二时。' };
  expect((await file('inspector-1', 'evidence', data, { replaces: 3 })).status).toBe(422);
  expect((await file('inspector-1', 'evidence', data, { replaces: 3, reason: '时间有误。' })).status).toBe(200);
  const finding = { allegation: 1, result: 'proven', reliesOn: [2, 6, 4], reasons: '一致。' };
  expect((await file('inspector-1', 'finding', finding, { replaces: 5, reason: '引用更正后的录像。' })).status).toBe(200);
  expect((await get('/records', 'inspector-2')).body.items).toHaveLength(7);
});

describe('the person heard', () => {
  test('does not learn of the case before the facts are shown', async () => {
    for (const path of ['', '/events', '/records', '/bundle', '/documents']) expect((await get(path, 'zhao')).status).toBe(404);
    await complete('investigate', 'inspector-1', {
      report: '属实。',
      findings: [{ point: '值班饮酒', result: 'proven', reasons: '录像清楚。' }],
      told: '拟给予记过。',
      proposal: '2',
    });
    await complete('countersign', 'inspector-2', { decision: 'approve' });
  });

  test('then sees an extract: what is asked, and nothing of who reported or witnessed', async () => {
    const { status, body } = await get('', 'zhao');
    expect(status).toBe(200);
    expect(body).toMatchObject({ number, subject: 'zhao', redacted: ['title', 'data'], links: [], waits: [], tasks: [] });
    expect(body.data).toBeUndefined();
    expect(JSON.stringify(body)).not.toContain('wang');
    const events = await get('/events', 'zhao');
    expect(events.body.map(({ type }: { type: string }) => type)).toEqual(['case-accepted', 'facts-shown']);
    expect(JSON.stringify(events.body)).not.toContain('饮酒');
    expect((await get('/records', 'zhao')).status).toBe(403);
    expect((await get('/live', 'zhao')).status).toBe(403);
  });

  test('gets the bundle without names and sources, and learns that and why something was left out', async () => {
    const { status, body } = await get('/bundle', 'zhao');
    expect(status).toBe(200);
    expect(body.allegations).toEqual([
      expect.objectContaining({ no: 1, ground: 'leave-7', finding: { result: 'proven', reasons: '一致。' } }),
    ]);
    expect(body.evidence.map(({ no }: { no: number }) => no)).toEqual([6]);
    expect(body.statements).toEqual([{ no: 2, own: false, said: expect.stringMatching(/^人员.当晚见到饮酒。$/) }]);
    expect(body.leftOut).toEqual([{ no: 4, record: 'evidence', reason: '会暴露举报人。' }]);
    expect(JSON.stringify(body)).not.toMatch(/姓名-wang|匿名提供|来信内容/);
    for (const other of ['inspector-1', 'wang', 'li'] as const) expect((await get('/bundle', other)).status).not.toBe(200);
  });

  test('answers alone, and reads the documents that are to them', async () => {
    await complete('serve', 'inspector-1', { how: 'in-person', at: await bureau.now() });
    const asked = (await get('', 'zhao')).body.tasks;
    expect(asked.map(({ key }: { key: string }) => key)).toEqual(['hear']);
    expect((await post(`/tasks/${asked[0].id}/complete`, 'inspector-2', { data: { answer: 'waived' } })).status).toBe(403);
    expect((await post(`/tasks/${asked[0].id}/complete`, 'leader-1', { data: { answer: 'waived' } })).status).toBe(404);
    const issued = await post(`/cases/${number}/documents`, 'inspector-1', { kind: 'notice-of-facts' });
    expect(issued.status).toBe(201);
    const talk = await post(`/cases/${number}/documents`, 'inspector-1', { kind: 'talk-record', interview: 2, to: 'wang' });
    expect(talk.status).toBe(201);
    const seen = await get('/documents', 'zhao');
    expect(seen.body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['notice-of-facts']);
    expect((await get(`/documents/${issued.body.id}?format=pdf`, 'zhao')).status).toBe(200);
    expect((await get(`/documents/${talk.body.id}?format=pdf`, 'zhao')).status).toBe(404);
    await complete('hear', 'zhao', { answer: 'stated', statement: '当晚没有饮酒。' });
  });

  test('reads who looked, and each look at the bundle is noted', async () => {
    const { body } = await get('/looks', 'zhao');
    expect(JSON.stringify(body)).toContain('inspector-1');
    const [{ looks }] = await bureau.bureau.db.$queryRaw<[{ looks: number }]>`
      select count(*)::integer as looks from look l join "case" c on c.id = l.case_id where c.number = ${number} and l.what = 'bundle' and l.person_id = 'zhao'`;
    expect(looks).toBe(1);
  });
});

test('whoever reports by name learns what came of it, and nothing else', async () => {
  const content = { content: '有人值班饮酒。', reported: ['wang'] };
  const clue = (await post('/cases', 'li', { process: 'clue', data: content })).body.number;
  const seen = (path: string, as: TestPerson) => api.ask(`GET /api/v1/cases/${clue}${path}`, { as });
  await until(async () => (await seen('', 'discipline-1')).body.state === 'open', 'it did not begin');
  const done = async (key: string, as: TestPerson, data: unknown) => {
    const task = (await seen('', as)).body.tasks.find((each: { key: string; state: string }) => each.key === key && each.state === 'open');
    expect((await post(`/tasks/${task.id}/complete`, as, { data })).status).toBe(200);
  };
  await done('identify', 'discipline-1', {});
  await done('assess', 'discipline-1', { decision: 'unfounded', reasons: '内部理由。', reply: '经核查不属实，感谢监督。' });
  await done('confirm-unfounded', 'supervising-1', { decision: 'approve' });
  const { body } = await seen('', 'li');
  expect(body).toMatchObject({ state: 'closed', tasks: [], redacted: expect.arrayContaining(['data']) });
  const events = await seen('/events', 'li');
  expect(events.body.find(({ type }: { type: string }) => type === 'reporter-told').data).toEqual({ reply: '经核查不属实，感谢监督。' });
  expect(JSON.stringify([body, events.body])).not.toContain('内部理由');
  for (const path of ['', '/events', '/attachments']) expect((await seen(path, 'wang')).status).toBe(404);
});
