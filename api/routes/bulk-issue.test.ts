import { type TestApi, testApi } from '../../test/api.ts';
import { until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi(); // the engine is away: what is issued is accepted all the same
});
afterAll(() => api.close());

const directive = { source: 'meeting', title: '夏季防汛', order: '排查隐患', tier: '7' };
const preview = (body: object, as: TestPerson = 'supervisor-1') =>
  api.ask('POST /api/v1/bulk', { as, body: { kind: 'issue', process: 'supervision', ...body } });
const get = async (path: string, as: TestPerson = 'supervisor-1') => (await api.ask(`GET /api/v1${path}`, { as })).body;
const issued = async (units: string[]): Promise<string> => {
  const { id } = (await preview({ data: directive, units })).body;
  await api.ask(`POST /api/v1/bulk/${id}/run`, { as: 'supervisor-1' });
  await until(async () => (await get(`/bulk/${id}`)).state === 'done', 'it was not issued');
  return id;
};

test('one directive to many units opens a case for each, and one view shows how far they are', async () => {
  const { body } = await preview({ data: directive, units: ['station-1', 'station-2', 'nowhere'] });
  expect(body.items).toMatchObject([
    { target: 'station-1', state: 'pending', effect: { unit: 'station-1' } },
    { target: 'station-2', state: 'pending' },
    { target: 'nowhere', state: 'refused', problem: { type: '/problems/invalid-form' } },
  ]);
  const id = await issued(['station-1', 'station-2']);
  const { totals, items } = await get(`/bulk/${id}/cases`);
  expect(totals).toEqual({ cases: 2, open: 2, closed: 0, overdue: 0, escalated: 0, outcomes: {} });
  expect(items).toMatchObject([
    { unit: 'station-1', unitName: '东湖派出所', title: '夏季防汛', stage: 'sign', outcome: null, escalationLevel: 0 },
    { unit: 'station-2' },
  ]);
  expect((await get(`/bulk/${id}`)).items).toMatchObject(
    items.map(({ number }: { number: string }) => ({ opened: number, state: 'done' })),
  );
});

test('the view counts what is overdue, escalated and closed', async () => {
  const id = await issued(['station-1', 'station-2', 'branch']);
  const numbers = (await get(`/bulk/${id}/cases`)).items.map(({ number }: { number: string }) => number);
  const { db } = api.database;
  await db.$executeRaw`update "case" set state = 'open', due_at = now() - interval '1 day', level = 2 where number = ${numbers[0]}`;
  await db.$executeRaw`update "case" set state = 'closed', closed_at = now(), outcome = 'done', due_at = null where number = ${numbers[1]}`;
  const { totals } = await get(`/bulk/${id}/cases`);
  expect(totals).toEqual({ cases: 3, open: 2, closed: 1, overdue: 1, escalated: 1, outcomes: { done: 1 } });
});

test('a case names the bulk it came from, and its readers see of that only what they may know', async () => {
  const id = await issued(['station-1', 'station-2']);
  const { items } = await get(`/bulk/${id}/cases`, 'leader-1');
  expect(items).toMatchObject([{ unit: 'station-1' }]);
  expect((await get(`/cases/${items[0].number}`, 'leader-1')).bulk).toBe(id);
  expect((await api.ask(`GET /api/v1/bulk/${id}/cases`, { as: 'li' })).status).toBe(404);
  expect((await api.ask(`GET /api/v1/bulk/${id}`, { as: 'leader-1' })).status).toBe(404);
});

test('a faulty directive is refused as a whole, and so is one by somebody who may not issue it', async () => {
  const faulty = await preview({ data: { ...directive, tier: '4' }, units: ['station-1'] });
  expect(faulty).toMatchObject({ status: 422, body: { errors: [{ path: 'data.tier' }] } });
  expect((await preview({ data: directive, units: ['station-1'] }, 'leader-1')).status).toBe(403);
});

test('an item that was opened by an attempt that died is not opened again', async () => {
  const { id, items } = (await preview({ data: directive, units: ['station-1'] })).body;
  const { db } = api.database;
  await db.$executeRaw`update bulk_item set leased_until = now() + interval '1 hour' where bulk_id = ${id}`;
  await api.ask(`POST /api/v1/bulk/${id}/run`, { as: 'supervisor-1' });
  const { number } = (
    await api.ask('POST /api/v1/cases', {
      as: 'supervisor-1',
      body: { process: 'supervision', data: directive, unit: items[0].target },
      headers: { 'Idempotency-Key': `bulk:${id}:1`, Prefer: 'respond-async' },
    })
  ).body;
  await db.$executeRaw`update bulk_item set leased_until = now() - interval '1 second' where bulk_id = ${id}`;
  await until(async () => (await get(`/bulk/${id}`)).state === 'done', 'the item was not taken again');
  expect((await get(`/bulk/${id}`)).items).toMatchObject([{ state: 'done', opened: number }]);
});
