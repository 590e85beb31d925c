import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type TestApi, testApi } from '../api.ts';
import type { TestPerson } from '../people.ts';
import { until } from '../until.ts';

/* domain.md 3.1 `injury-care`: what anybody meets of it over HTTP. Without an engine: intake never closes, and nothing here goes through a workflow. */

const secret = '左侧股骨骨折';
const fall = { person: 'zhao', place: '东湖桥北侧', what: secret, severity: 'serious' };

let api: TestApi;
let number: string;
beforeAll(async () => {
  api = await testApi();
  number = (await report('wang', fall)).body.number;
}, 60_000);
afterAll(() => api?.close());

const ask = (as: TestPerson, request: string, body?: unknown): Promise<Answer> =>
  api.ask(request.replace(' ', ' /api/v1'), { as, ...(body === undefined ? {} : { body }) });

const report = (as: TestPerson, data: object, key: string = randomUUID()): Promise<Answer> =>
  api.ask('POST /api/v1/cases', {
    as,
    body: { process: 'injury-care', data },
    headers: { Prefer: 'respond-async', 'Idempotency-Key': key },
  });

const everythingOf = async (as: TestPerson) => {
  const answers = await Promise.all(['', '/events', '/documents'].map((path) => ask(as, `GET /cases/${number}${path}`)));
  return { ...answers[0], text: JSON.stringify(answers.map(({ body }) => body)) };
};

describe('the medical facts', () => {
  test.each(['zhao', 'hospital-1', 'hospital-2', 'health-1', 'welfare-2'] as const)(
    'are seen by %s: the officer and the care team',
    async (as) => {
      const { status, body, text } = await everythingOf(as);
      expect(status).toBe(200);
      expect(body).toMatchObject({ data: { what: secret, severity: 'serious' }, redacted: [] });
      expect(text.split(secret)).toHaveLength(3); // in the form, and in the event of the report
    },
  );

  test.each(['leader-1', 'supervising-1', 'political-1', 'duty-1'] as const)(
    'are kept from %s, who has something to do in the case',
    async (as) => {
      const { status, body, text } = await everythingOf(as);
      expect(status).toBe(200);
      expect(body).toMatchObject({ data: { place: '东湖桥北侧' }, redacted: ['medical'] });
      expect(text).not.toContain(secret);
      expect(text).not.toContain('serious');
    },
  );

  test('are kept from whoever breaks the glass as well', async () => {
    expect((await ask('chief', `GET /cases/${number}`)).status).toBe(404);
    expect((await ask('chief', `POST /cases/${number}/break-glass`, { reason: '核实' })).status).toBe(200);
    const { body, text } = await everythingOf('chief');
    expect(body.redacted).toEqual(['medical']);
    expect(text).not.toContain(secret);
  });

  test('stand in no notice, list or search that others see', async () => {
    for (const as of ['leader-1', 'supervising-1', 'political-1', 'duty-1', 'wang'] as const)
      for (const request of ['GET /notifications', 'GET /tasks?mine=true', 'GET /cases?process=injury-care', 'GET /cases?q=骨折'])
        expect(JSON.stringify((await ask(as, request)).body)).not.toContain('骨折');
  });

  test('and the case itself are unknown to colleagues without a part in it', async () => {
    for (const as of ['handler-1', 'deputy-1', 'leader-2', 'supervisor-1'] as const)
      expect((await ask(as, `GET /cases/${number}`)).status).toBe(404);
  });
});

test('whoever reported it sees where it stands, and nothing that is in it', async () => {
  const { body, text } = await everythingOf('wang');
  expect(body).toMatchObject({ stage: 'green-channel', redacted: ['title', 'data', 'subject', 'medical'], tasks: [] });
  expect(text).not.toMatch(/骨折|zhao|东湖桥/);
});

describe('reported by three people at once', () => {
  const again = { ...fall, person: 'li' };
  const keys = { wang: randomUUID(), 'handler-1': randomUUID(), 'deputy-1': randomUUID() } as const;
  const reporters = ['wang', 'handler-1', 'deputy-1'] as const;

  test('it is one case; each of them gets its number, and again when they send it again', async () => {
    const answers = await Promise.all(reporters.map((as) => report(as, again, keys[as])));
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 202]);
    for (const as of reporters) {
      const repeated = await report(as, again, keys[as]);
      expect(repeated).toMatchObject({ status: 200, body: { number: answers[0]?.body.number } });
      expect((await ask(as, `GET /cases/${repeated.body.number}`)).status).toBe(200);
      expect((await report(as, { ...again, place: '别处' }, keys[as])).body).toMatchObject({ type: '/problems/idempotency-conflict' });
    }
    const events = (await ask('hospital-1', `GET /cases/${answers[0]?.body.number}/events`)).body;
    expect(events.filter(({ type }: { type: string }) => type === 'reported-again')).toHaveLength(2);
    expect((await ask('hospital-1', `GET /cases/${answers[0]?.body.number}/verify`)).body).toMatchObject({ ok: true });
  });
});

describe('the duty list', () => {
  test('shows who has not answered, since when, and whom it was that they should have', async () => {
    const { status, body } = await ask('duty-1', 'GET /duty');
    expect(status).toBe(200);
    const entry = body.items.find((each: { case: string }) => each.case === number);
    expect(entry).toMatchObject({ process: 'injury-care', subjectName: '姓名-zhao', unitName: '东湖派出所' });
    expect(entry.unanswered.map(({ key }: { key: string }) => key)).toEqual([
      'acknowledge',
      'guarantee',
      'name-companion',
      'visit',
      'stand-in',
    ]);
    expect(entry.unanswered[0]).toMatchObject({
      candidates: [{ username: 'hospital-1', name: '姓名-hospital-1' }, { username: 'hospital-2' }],
      escalationLevel: 0,
      claimedAt: null,
      lastCalled: null,
    });
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  test('is for those who call, and shows nobody what they may not know of', async () => {
    expect((await ask('li', 'GET /duty')).status).toBe(403);
    await api.ask('POST /api/v1/cases', {
      as: 'li',
      body: { process: 'mental-health', data: { danger: true } },
      headers: { Prefer: 'respond-async', 'Idempotency-Key': randomUUID() },
    });
    expect(JSON.stringify((await ask('duty-1', 'GET /duty')).body)).not.toMatch(/mental-health|JK-/);
  });
});

test('who stands in for an absent liaison may answer, and learns of the case no longer than it waits', async () => {
  const { db } = api.database;
  await db.$executeRaw`insert into substitution (person_id, to_id, starts_at, ends_at) values ('hospital-1', 'handler-2', '2020-01-01', '2040-01-01')`;
  const answer = { hospital: '市一医院', contact: '8800', admitted: true };
  expect((await ask('handler-2', `GET /cases/${number}`)).status).toBe(200);
  expect((await ask('duty-1', 'GET /duty')).body.items[0].unanswered[0].candidates).toContainEqual({
    username: 'handler-2',
    name: '姓名-handler-2',
  });
  // Judged and let through; there is no engine to take it.
  expect((await ask('handler-2', `POST /tasks/${number}.1/complete`, { data: answer })).body).toMatchObject({
    type: '/problems/engine-unavailable',
  });
  await db.$executeRaw`delete from substitution`;
  await until(async () => (await ask('handler-2', `GET /cases/${number}`)).status === 404, 'the substitute still saw the case');
});
