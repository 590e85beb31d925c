import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(() => api?.close());

const form = (person: TestPerson, further: object = {}) => ({
  person,
  bar: 'promotion',
  sanction: 'warning',
  decidedOn: '2026-11-02',
  actOn: '2024-05-01',
  ground: 'leave-7',
  explanation: '酒后上岗。',
  ...further,
});
const propose = (by: TestPerson, person: TestPerson, further: object = {}) =>
  api.ask('POST /api/v1/cases', {
    as: by,
    body: { process: 'eligibility-bar', data: form(person, further) },
    headers: { Prefer: 'respond-async' },
  });
const eligibility = (as: TestPerson, person: TestPerson, query: string) =>
  api.ask(`GET /api/v1/people/${person}/eligibility?${query}`, { as });

/** As the record leaves a bar that was decided. */
async function barred(person: TestPerson, until: string): Promise<string> {
  const { number } = (await propose('political-1', person)).body;
  await api.database.db.$executeRaw`
    insert into restriction select id, 'promotion', ${person}, 'leave-7', '2026-11-02T00:00:00+08:00'::timestamptz, ${until}::timestamptz from "case" where number = ${number}`;
  return number;
}

test('the dates of the rows decide, whatever the case has come to, and its first and last day count', async () => {
  const number = await barred('li', '2027-05-03T00:00:00+08:00');
  const on = async (day: string, purpose = 'promotion') => (await eligibility('political-1', 'li', `for=${purpose}&on=${day}`)).body;
  expect(await on('2026-11-01')).toEqual({ eligible: true, reasons: [] });
  expect(await on('2026-11-02')).toEqual({ eligible: false, reasons: [{ kind: 'promotion', until: '2027-05-02', case: number }] });
  expect(await on('2027-05-02')).toMatchObject({ eligible: false });
  expect(await on('2027-05-03')).toEqual({ eligible: true, reasons: [] });
  expect(await on('2026-11-02', 'honours')).toEqual({ eligible: true, reasons: [] });
});

test('an open case is no bar', async () => {
  await propose('political-1', 'zhao');
  expect((await eligibility('political-1', 'zhao', 'for=promotion&on=2026-11-20')).body).toEqual({ eligible: true, reasons: [] });
});

test('the person, the political department and the leaders above may ask; others may not', async () => {
  await barred('wang', '2027-05-03T00:00:00+08:00');
  const statuses = async (...people: TestPerson[]) =>
    Promise.all(people.map(async (as) => (await eligibility(as, 'wang', 'for=honours')).status));
  expect(await statuses('wang', 'political-2', 'discipline-1', 'leader-2', 'supervising-1', 'chief')).toEqual([
    200, 200, 200, 200, 200, 200,
  ]);
  expect(await statuses('li', 'leader-1', 'supervisor-1', 'auditor', 'admin')).toEqual([403, 403, 403, 403, 403]);
});

test('a leader learns that someone is barred and until when, but not by which case', async () => {
  expect((await eligibility('leader-2', 'wang', 'for=promotion&on=2026-12-01')).body).toEqual({
    eligible: false,
    reasons: [{ kind: 'promotion', until: '2027-05-02' }],
  });
  expect((await eligibility('wang', 'wang', 'for=promotion&on=2026-12-01')).body.reasons[0]).toHaveProperty('case');
});

test.each(['', 'for=fun', 'for=honours&on=yesterday', 'for=honours&on=2026-02-30'])(
  'a question that says not what or when is malformed: %s',
  async (query) => {
    expect((await eligibility('political-1', 'li', query)).status).toBe(400);
  },
);

test('nobody bars themselves or a relative', async () => {
  await api.database.db.$executeRaw`insert into kinship values ('discipline-2', 'zhao', 'cousin'), ('zhao', 'discipline-2', 'cousin')`;
  expect((await propose('discipline-2', 'zhao')).body).toMatchObject({ status: 403, type: '/problems/recused' });
  expect((await propose('political-1', 'political-1')).body).toMatchObject({ status: 403, type: '/problems/recused' });
});

test('a rule that was not in force on the day of the act is refused at its place in the form', async () => {
  expect((await propose('political-1', 'zhao', { actOn: '2019-12-31' })).body).toMatchObject({
    status: 422,
    type: '/problems/invalid-form',
    errors: [{ path: 'data.ground' }],
  });
});
