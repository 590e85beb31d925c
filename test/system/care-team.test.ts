import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noteLeavers } from '../../api/leavers.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';

/* domain.md §3.4 `mental-health` and `health-check`: what anybody meets of it over HTTP. Without an engine: nothing here goes through a workflow. */

let api: TestApi;
let own: string;
let check: string;
let offered: Answer;
beforeAll(async () => {
  api = await testApi();
  own = (await open('zhao', {})).body.number;
  check = (await open('zhao', {}, 'health-check')).body.number;
  offered = await open('handler-2', { person: 'li', words: '最近总是一个人待着。' });
}, 60_000);
afterAll(() => api?.close());

const ask = (as: TestPerson, request: string, body?: unknown): Promise<Answer> =>
  api.ask(request.replace(' ', ' /api/v1'), { as, ...(body === undefined ? {} : { body }) });

const open = (as: TestPerson, data: object, process = 'mental-health'): Promise<Answer> =>
  api.ask('POST /api/v1/cases', {
    as,
    body: { process, data },
    headers: { Prefer: 'respond-async', 'Idempotency-Key': randomUUID() },
  });

const others = [
  'leader-1',
  'deputy-1',
  'handler-1',
  'supervising-1',
  'chief',
  'supervisor-1',
  'political-1',
  'discipline-1',
  'duty-1',
  'admin',
] as const;

describe.each(others)('%s', (as) => {
  test('doesn’t learn that there is a case: by its number, a list, a search, a person or a figure', async () => {
    for (const number of [own, check]) {
      for (const path of ['', '/events', '/live', '/verify', '/looks', '/documents', '/attachments'])
        expect({ path, status: (await ask(as, `GET /cases/${number}${path}`)).status }).toEqual({ path, status: 404 });
      for (const query of ['process=mental-health,health-check', 'subject=zhao', 'q=健康服务', 'q=体检', 'unit=station-1']) {
        const numbers = (await ask(as, `GET /cases?${query}`)).body.items.map((each: { number: string }) => each.number);
        expect(numbers).not.toContain(number);
      }
      expect(JSON.stringify((await ask(as, 'GET /tasks?limit=200')).body)).not.toContain(number);
      expect(JSON.stringify((await ask(as, 'GET /notifications')).body)).not.toContain(number);
    }
    expect(JSON.stringify((await ask(as, 'GET /people/zhao')).body)).not.toMatch(/health|JK-|TJ-|健康|体检/);
    expect(JSON.stringify((await ask(as, 'GET /figures/coverage')).body)).not.toMatch(/health-check|体检/);
  });

  test('breaks no glass', async () => {
    for (const number of [own, check]) expect((await ask(as, `POST /cases/${number}/break-glass`, { reason: '紧急' })).status).toBe(404);
  });
});

test('an auditor sees the skeleton without the person', async () => {
  const { status, body } = await ask('auditor', `GET /cases/${own}`);
  expect(status).toBe(200);
  expect(body.redacted).toEqual(expect.arrayContaining(['title', 'data', 'subject']));
  expect(JSON.stringify(body)).not.toContain('zhao');
});

test('the person sees the own case and who looked at it; the team sees what it has to do', async () => {
  expect((await ask('zhao', `GET /cases/${own}`)).body).toMatchObject({ subject: 'zhao', stage: 'triage', redacted: [] });
  expect((await ask('counsellor-1', `GET /cases/${own}`)).status).toBe(200);
  expect(JSON.stringify((await ask('zhao', `GET /cases/${own}/looks`)).body)).toContain('counsellor-1');
});

describe('a health check', () => {
  test('is known to the person, and to the health desk; a counsellor has no part in it', async () => {
    const status = async (as: TestPerson) => (await ask(as, `GET /cases/${check}`)).status;
    expect(await status('zhao')).toBe(200);
    expect(await status('health-2')).toBe(200);
    expect(await status('counsellor-2')).toBe(404);
  });

  test('stands on the own file, with the way to register, and nobody has two in a year', async () => {
    const { checks } = (await ask('zhao', 'GET /me/file')).body;
    expect(checks).toMatchObject([{ case: check, standing: { zh: '登记体检' }, task: `${check}.1`, appointment: null }]);
    expect((await ask('li', 'GET /me/file')).body.checks).toEqual([]);
    expect((await open('zhao', {}, 'health-check')).body).toMatchObject({ type: '/problems/already-has-case' });
  });

  test('counts as done once its result is in; who is missing is named to the health desk alone', async () => {
    const coverage = async () => (await ask('health-1', 'GET /figures/coverage?process=health-check')).body.items;
    const [before] = await coverage();
    expect(before).toMatchObject({ process: 'health-check', covered: 0 });
    expect(before.missingPeople.map(({ person }: { person: string }) => person)).toContain('zhao');
    await api.database.db.$executeRaw`update "case" set stage = 'follow-up' where number = ${check}`;
    const [after] = await coverage();
    expect(after).toMatchObject({ covered: 1, missing: before.missing - 1 });
    expect(after.missingPeople.map(({ person }: { person: string }) => person)).not.toContain('zhao');
  });
});

test('a relative may ask for help for someone, who is told, and learns nothing of what becomes of it', async () => {
  expect(offered.status).toBe(202);
  const { number } = offered.body;
  expect((await ask('handler-2', `GET /cases/${number}`)).status).toBe(404);
  expect(JSON.stringify(offered.body)).not.toContain('一个人待着');
  expect((await ask('li', `GET /cases/${number}`)).body.tasks).toEqual([
    expect.objectContaining({ key: 'answer-referral', assignee: 'li' }),
  ]);
  // Until it is wanted the team is not asked either.
  expect((await ask('counsellor-1', `GET /cases/${number}`)).status).toBe(404);
});

test('a notice says one sentence, whatever the news', async () => {
  const { items } = (await ask('li', 'GET /notifications')).body;
  const texts = items.map(({ text }: { text: { zh: string } }) => text.zh);
  expect(new Set(texts)).toEqual(new Set(['您有一条健康服务消息。']));
});

test('it stands against nobody: whoever asked for help can be put forward for everything', async () => {
  for (const purpose of ['honours', 'promotion'])
    expect((await ask('political-1', `GET /people/zhao/eligibility?for=${purpose}`)).body).toEqual({ eligible: true, reasons: [] });
});

test('whether an officer misused power is checked by who has no tie to the unit; having handled cases of it before is none', async () => {
  const data = { kind: 'assault', what: '处警时被推搡。', onDuty: true };
  const { db } = api.database;
  const { number } = (
    await api.ask('POST /api/v1/cases', { as: 'zhao', body: { process: 'rights-protection', data }, headers: { Prefer: 'respond-async' } })
  ).body;
  await db.$executeRaw`insert into kinship values ('inspector-3', 'leader-1', 'cousin'), ('leader-1', 'inspector-3', 'cousin')`;
  await db.$executeRaw`
    insert into participant select id, 'inspector-1', 'handler', now() from "case" where number = ${own}`;
  const check = (as: TestPerson) => ask(as, `POST /tasks/${number}.2/complete`, { data: { finding: 'supported' } });
  expect((await check('inspector-3')).body).toMatchObject({ type: '/problems/recused' });
  expect((await check('inspector-1')).body).toMatchObject({ type: '/problems/engine-unavailable' }); // judged, and let through
});

test('what a counsellor has who leaves goes back to the team by itself', async () => {
  const { db } = api.database;
  expect((await ask('counsellor-1', `POST /tasks/${own}.1/claim`, {})).status).toBe(200);
  expect((await ask('counsellor-2', `GET /cases/${own}`)).status).toBe(404);
  await db.$executeRaw`update person set left_at = now() - interval '1 minute' where id = 'counsellor-1'`;
  await noteLeavers(await openBureau(db, testRing, { demo: true }), new Date());
  expect((await ask('counsellor-2', `GET /cases/${own}`)).body.tasks).toEqual([
    expect.objectContaining({ key: 'triage', assignee: null, state: 'open' }),
  ]);
  expect((await ask('leader-1', `GET /cases/${own}`)).status).toBe(404);
});
