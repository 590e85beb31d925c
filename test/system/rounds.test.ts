import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LeaveAct, LeaveDates } from '../../domain/annual-leave.ts';
import { dayNumberOf } from '../../domain/calendar.ts';
import type { CaseNumber, PersonId, PlainDate } from '../../domain/ids.ts';
import { workingDaysIn } from '../../domain/leave-request.ts';
import { instantOf } from '../../domain/time-zone.ts';
import { accept } from '../../store/accept.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { note } from '../../store/steps.ts';
import { processOf } from '../../workflows/definitions.ts';
import { acceptanceOf } from '../../workflows/kit/acceptance.ts';
import { itemRules } from '../../workflows/kit/define.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';

/* domain.md §2 "Round": what anybody meets of it over HTTP. Without an engine: nothing that is done with an item goes through a workflow. */

let api: TestApi;
let talks: string;
let visits: string;
beforeAll(async () => {
  api = await testApi();
  [talks, visits] = [await opened('heart-talk'), await opened('grassroots-visit')];
}, 60_000);
afterAll(() => api?.close());

/** What the workflow of a round does first. */
async function opened(process: string): Promise<CaseNumber> {
  const bureau = await openBureau(api.database.db, testRing, { demo: true });
  const definition = processOf(process);
  const at = new Date();
  const acceptance = acceptanceOf(definition, { data: { period: '2026-Q4' }, subject: null, unit: 'city', by: null });
  const [round] = await accept(bureau, [{ acceptance, key: '2026-Q4', bodyHash: 'round', at: instantOf(at.getTime()), engineUp: false }]);
  if (round === undefined) throw new Error('not opened');
  const covering = { kind: 'cover', items: itemRules(definition) } as const;
  await note(bureau, { case: round.number, cause: 'start', at, by: null, for: null, bodyHash: null, changes: [covering] });
  return round.number;
}

const ask = (as: TestPerson, request: string, body?: unknown, key: string = randomUUID()): Promise<Answer> =>
  api.ask(request.replace(' ', ' /api/v1'), { as, ...(body === undefined ? {} : { body, headers: { 'Idempotency-Key': key } }) });
const list = async (as: TestPerson, round: string, query = '') => (await ask(as, `GET /cases/${round}/items?limit=200${query}`)).body;
const itemOf = async (round: string, person: string, key?: string) => {
  const { items } = await list('chief', round);
  const found = items.find((item: { person: string; key: string }) => item.person === person && (key === undefined || item.key === key));
  return `/cases/${round}/items/${found.id}`;
};
const said = '家中老人病重，想调回城区。';
const talk = { metOn: '2026-11-25', content: said, need: { title: '照顾老人', content: said } };

describe('the list of a round', () => {
  test('is whole for the desk that keeps it and the head of the bureau, and for a leader what they see to and lead', async () => {
    const whole = await list('political-1', talks);
    expect(whole.coverage).toEqual([expect.objectContaining({ key: 'talk', done: 0, rate: 0, open: whole.items.length })]);
    expect((await list('chief', talks)).items).toHaveLength(whole.items.length);
    const own = await list('leader-1', talks);
    expect(new Set(own.items.map(({ unit }: { unit: string }) => unit))).toEqual(new Set(['station-1']));
    expect(own.coverage[0].open).toBe(own.items.length);
  });

  test('is cut into pages, and filtered by state, unit and name', async () => {
    const { body } = await ask('political-1', `GET /cases/${talks}/items?limit=3`);
    expect(body.items).toHaveLength(3);
    const next = await ask('political-1', `GET /cases/${talks}/items?limit=3&cursor=${body.nextCursor}`);
    expect(next.body.items[0].id).not.toBe(body.items[2].id);
    expect((await list('political-1', talks, '&state=done')).items).toEqual([]);
    expect((await list('political-1', talks, '&unit=station-2')).items.every(({ unit }: { unit: string }) => unit === 'station-2')).toBe(
      true,
    );
    expect((await ask('political-1', `GET /cases/${talks}/items?cursor=x`)).status).toBe(400);
  });

  test('is unknown to whoever has no part in it; what is theirs they find all the same', async () => {
    expect((await ask('li', `GET /cases/${talks}/items`)).status).toBe(404);
    const { items } = (await ask('li', 'GET /me/items')).body;
    expect(items.map(({ key }: { key: string }) => key).sort()).toEqual(['meet', 'talk']);
  });
});

describe('交心谈心', () => {
  test('what was said is for the two who talked, and the record holds nothing of it', async () => {
    const item = await itemOf(talks, 'li');
    expect((await ask('political-1', `POST ${item}/complete`, { data: talk })).status).toBe(403);
    expect((await ask('li', `POST ${item}/complete`, { data: talk })).body.type).toMatch(/recused/);
    expect((await ask('leader-1', `POST ${item}/complete`, { data: { metOn: 'x' } })).status).toBe(422);
    const key = randomUUID();
    const first = await ask('leader-1', `POST ${item}/complete`, { data: talk }, key);
    expect(first).toMatchObject({ status: 200, body: { state: 'done', data: { content: said }, need: 'asked' } });
    expect((await ask('leader-1', `POST ${item}/complete`, { data: talk }, key)).body).toEqual(first.body);
    expect((await ask('leader-1', `POST ${item}/complete`, { data: talk })).status).toBe(409);

    expect((await ask('li', `GET ${item}`)).body).toMatchObject({ data: { content: said } });
    expect((await ask('li', 'GET /me/file')).body.items).toContainEqual(expect.objectContaining({ key: 'talk', data: talk }));
    expect(JSON.stringify((await ask('leader-1', 'GET /me/file')).body)).not.toContain(said);
    for (const other of ['political-1', 'chief', 'supervising-1', 'branch-leader'] as const) {
      const { body } = await ask(other, `GET ${item}`);
      expect(body).toMatchObject({ redacted: true });
      expect(body).not.toHaveProperty('need');
      expect(
        JSON.stringify([body, (await ask(other, `GET /cases/${talks}/events`)).body, (await ask(other, 'GET /notifications')).body]),
      ).not.toContain('老人');
    }
    expect((await ask('wang', `GET ${item}`)).status).toBe(404);
    expect((await list('political-1', talks)).coverage[0]).toMatchObject({ done: 1 });
    expect((await ask('political-1', `GET /cases/${talks}/verify`)).body).toMatchObject({ ok: true });
  });

  test('a need becomes an appeal only when the person says so, once, and whoever talked to them does not learn of it', async () => {
    const item = await itemOf(talks, 'li');
    expect((await ask('leader-1', `POST ${item}/need`, { agree: true })).status).toBe(403);
    expect((await ask('wang', `POST ${item}/need`, { agree: true })).status).toBe(404);
    const before = (await ask('li', 'GET /cases?process=appeal')).body.items.length;
    const key = randomUUID();
    const answered = await ask('li', `POST ${item}/need`, { agree: true }, key);
    expect(answered).toMatchObject({ status: 200, body: { need: 'agreed' } });
    expect((await ask('li', `POST ${item}/need`, { agree: true }, key)).body).toEqual(answered.body);
    expect((await ask('li', `POST ${item}/need`, { agree: false })).status).toBe(409);
    const appeals = (await ask('li', 'GET /cases?process=appeal')).body.items;
    expect(appeals).toHaveLength(before + 1);
    expect(answered.body.appeal).toBe(appeals[0].number);
    const { body } = await ask('leader-1', `GET ${item}`);
    expect(body.need).toBe('asked');
    expect(body).not.toHaveProperty('appeal');
  });

  test('is given to someone else by leaders and desks, never to the person or a relative', async () => {
    const item = await itemOf(talks, 'zhao');
    expect((await ask('political-1', `POST ${item}/reassign`, { to: 'zhao', reason: '轮换' })).body.type).toMatch(/recused/);
    expect((await ask('leader-1', `POST ${item}/reassign`, { to: 'nobody', reason: '轮换' })).status).toBe(422);
    expect((await ask('leader-1', `GET ${item}`)).body.may).toEqual(['complete', 'reassign']);
    expect((await ask('political-1', `GET ${item}`)).body.may).toEqual(['reassign', 'strike']);
    expect(await ask('leader-1', `POST ${item}/reassign`, { to: 'deputy-1', reason: '轮换' })).toMatchObject({
      status: 200,
      body: { assignee: 'deputy-1' },
    });
    const taken = await list('deputy-1', talks); // none of the process's roles, and all that it takes
    expect(taken.items).toContainEqual(expect.objectContaining({ person: 'zhao', may: ['complete', 'reassign'] }));
    expect(taken.forms.talk).toMatchObject({ type: 'object', required: expect.arrayContaining(['content']) });
    expect((await ask('deputy-1', `POST ${item}/complete`, { data: { metOn: '2026-11-25', content: '一切正常。' } })).status).toBe(200);
    expect((await ask('leader-1', `GET ${item}`)).body).toMatchObject({ redacted: true });
  });

  test('is struck out by the desk alone, with its reason', async () => {
    const item = await itemOf(talks, 'wang');
    expect((await ask('leader-2', `POST ${item}/strike`, { reason: '长期借调' })).status).toBe(403);
    expect((await ask('political-1', `POST ${item}/strike`, {})).status).toBe(400);
    expect(await ask('political-1', `POST ${item}/strike`, { reason: '长期借调' })).toMatchObject({
      status: 200,
      body: { state: 'struck', struckAs: 'by-hand' },
    });
  });
});

describe('走访', () => {
  test('whoever is met on the visit of a unit is covered with it, and only who is on the list', async () => {
    const { items } = await list('supervising-1', visits, '&key=visit-unit&unit=station-1');
    const visit = `/cases/${visits}/items/${items[0].id}`;
    const data = { metOn: '2026-11-25', found: '正常。' };
    const unlisted = await ask('supervising-1', `POST ${visit}/complete`, { data: { ...data, met: ['supervising-1'] } });
    expect(unlisted).toMatchObject({ status: 422, body: { errors: [{ path: 'data.met.0' }] } });
    expect((await ask('supervising-1', `POST ${visit}/complete`, { data: { ...data, met: ['li', 'zhao'] } })).status).toBe(200);
    const met = (await list('political-1', visits, '&key=meet&state=done')).items.map(({ person }: { person: string }) => person);
    expect(met.sort()).toEqual(['li', 'zhao']);
    expect((await ask('political-1', `GET ${visit}`)).body).toMatchObject({ data: { found: '正常。' } });
  });
});

interface Missing {
  readonly missingPeople: readonly { readonly person: string }[];
}

/** Ten days of leave of this year. */
async function leaveOf(person: TestPerson): Promise<CaseNumber> {
  const { number } = (await ask(person, 'POST /cases', { process: 'annual-leave', data: {} })).body;
  const workingSince = `${new Date().getFullYear() - 15}-01-01` as PlainDate;
  await act(number, 'political-1', { act: 'establish', workingSince, takenBefore: 0 });
  return number;
}

/** What the workflow of annual leave does as someone submits a form, on the first of January of this year. */
async function act(number: CaseNumber, by: TestPerson, change: LeaveAct): Promise<void> {
  const bureau = await openBureau(api.database.db, testRing, { demo: true });
  const at = new Date(`${new Date().getFullYear()}-01-01T09:00:00+08:00`);
  const who = by as string as PersonId;
  await note(bureau, {
    case: number,
    cause: randomUUID(),
    at,
    by: who,
    for: null,
    bodyHash: null,
    changes: [{ kind: 'leave', ...change }],
  });
}

/** So many working days from the second of January on. */
async function days(many: number): Promise<LeaveDates> {
  const { calendar } = (await openBureau(api.database.db, testRing, { demo: true })).policies.current;
  const from = `${new Date().getFullYear()}-01-02` as PlainDate;
  const lasts = Array.from({ length: 60 }, (_, later) => calendar.day(dayNumberOf(from) + later).date);
  const until = lasts.find((last) => workingDaysIn({ from, until: last }, calendar) === many);
  if (until === undefined) throw new Error('January has too few working days');
  return { from, until };
}

describe('GET /figures/coverage', () => {
  const figures = async (as: TestPerson, query = '') => (await ask(as, `GET /figures/coverage${query}`)).body.items;

  test('says for each list how many are covered, and names who is missing, with the list behind the number', async () => {
    const [talked] = await figures('political-1', '?process=heart-talk');
    expect(talked).toMatchObject({ case: talks, key: 'talk', goal: 100, covered: 2 });
    expect(talked.toCover).toBe(talked.covered + talked.missing);
    expect(talked.missingPeople).toHaveLength(talked.missing);
    expect(talked.missingPeople).toContainEqual(expect.objectContaining({ person: 'leader-1', unit: 'station-1' }));
    const behind = await ask('political-1', `GET ${talked.link.replace('/api/v1', '')}&limit=200`);
    expect(behind.body.items).toHaveLength(talked.missing);
    const station = talked.byUnit.find(({ unit }: { unit: string }) => unit === 'station-1');
    expect((await ask('political-1', `GET ${station.link.replace('/api/v1', '')}`)).body.items).toHaveLength(station.missing);
  });

  test('is of the own units for a leader, of what it oversees for a desk, and of nothing for anyone else', async () => {
    const own = await figures('leader-1');
    expect(new Set(own.flatMap(({ byUnit }: { byUnit: { unit: string }[] }) => byUnit.map(({ unit }) => unit)))).toEqual(
      new Set(['station-1']),
    );
    expect((await ask('leader-1', 'GET /figures/coverage?unit=station-2')).status).toBe(403);
    expect((await ask('li', 'GET /figures/coverage')).status).toBe(403);
    expect(await figures('welfare-1')).toEqual([]);
    expect((await ask('political-1', 'GET /figures/coverage?unit=nowhere')).status).toBe(404);
  });

  test('names who waits to be put on file and who has no helper yet, for the desk alone', async () => {
    const hard = { process: 'hardship-file', data: { kinds: ['income'], circumstances: '房贷压力大。' } };
    const { number } = (await ask('wang', 'POST /cases', hard)).body;
    const own = (await figures('welfare-1', '?process=hardship-file')) as {
      key: string;
      link: string;
      missing: number;
      missingPeople: object[];
    }[];
    expect(own).toMatchObject([
      { key: 'filing', toCover: 1, covered: 0, missing: 1, rate: 0, missingPeople: [{ person: 'wang', unit: 'station-2' }] },
    ]);
    const behind = await ask('welfare-1', `GET ${own[0]?.link.replace('/api/v1', '').replace('state=open', 'state=accepted')}`);
    expect(behind.body.items.map((each: { number: string }) => each.number)).toEqual([number]);
    expect(await figures('leader-2', '?process=hardship-file')).toEqual([]);
  });

  test('names who has days of the year’s leave left: to the desk all of them, to a leader the own unit’s', async () => {
    const of = async (as: TestPerson) =>
      (await figures(as, '?process=annual-leave')).flatMap(({ missingPeople }: Missing) => missingPeople);
    const [number] = [await leaveOf('li'), await leaveOf('wang')];
    expect(await of('political-1')).toMatchObject([
      { person: 'li', unit: 'station-1' },
      { person: 'wang', unit: 'station-2' },
    ]);
    expect((await of('leader-1')).map(({ person }: { person: string }) => person)).toEqual(['li']);
    await act(number, 'li', { act: 'ask', dates: await days(10) });
    expect(await of('leader-1')).toHaveLength(1);
    await act(number, 'leader-1', { act: 'approve', from: (await days(10)).from });
    expect(await of('leader-1')).toEqual([]);
    expect(await figures('leader-1', '?process=annual-leave')).toMatchObject([{ toCover: 1, covered: 1, rate: 100 }]);
  });

  test('can be limited to a time, and exported', async () => {
    expect(await figures('political-1', '?to=2020-01-01T00:00:00Z')).toEqual([]);
    expect((await figures('political-1', '?from=2020-01-01T00:00:00Z')).length).toBe(5);
    const csv = await ask('political-1', 'GET /figures/coverage?format=csv');
    expect(csv.headers.get('content-type')).toMatch(/text\/csv/);
    expect((await ask('political-1', 'GET /figures/coverage?format=xlsx')).headers.get('content-disposition')).toMatch(/coverage\.xlsx/);
  });
});

describe('annual leave', () => {
  test('is known to the person, who leads them, and the political department; one case for a year', async () => {
    const number = await leaveOf('zhao');
    const seen = async (as: TestPerson) => (await ask(as, `GET /cases/${number}`)).status;
    const readers: readonly TestPerson[] = ['zhao', 'leader-1', 'political-1', 'auditor'];
    expect(await Promise.all(readers.map(seen))).toEqual([200, 200, 200, 200]);
    const others: readonly TestPerson[] = ['li', 'leader-2', 'admin', 'welfare-1', 'health-1'];
    expect(await Promise.all(others.map(seen))).toEqual([404, 404, 404, 404, 404]);
    expect(await ask('zhao', 'POST /cases', { process: 'annual-leave', data: {} })).toMatchObject({ status: 409 });
    await act(number, 'zhao', { act: 'plan', periods: [await days(4)] });
    const { leave } = (await ask('zhao', 'GET /me/file')).body;
    expect(leave).toMatchObject([
      { case: number, account: { entitled: 10, taken: 0, planned: 4, left: 10, periods: [{ days: 4, state: 'planned' }] } },
    ]);
    expect((await ask('handler-1', 'GET /me/file')).body.leave).toEqual([]);
  });
});
