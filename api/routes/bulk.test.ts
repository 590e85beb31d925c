import { type Answer, type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';
import { until } from '../../test/until.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi(); // the engine is away: what goes through the workflow waits
});
afterAll(() => api.close());

const appeal = async (as: TestPerson = 'li'): Promise<string> => {
  const body = { process: 'appeal', data: { channel: 'self-service', title: '食堂', content: '没有热饭' } };
  return (await api.ask('POST /api/v1/cases', { as, body, headers: { Prefer: 'respond-async' } })).body.number;
};
const preview = (body: unknown, as: TestPerson = 'supervisor-1', headers = {}): Promise<Answer> =>
  api.ask('POST /api/v1/bulk', { as, body, headers });
const read = async (id: string, as: TestPerson = 'supervisor-1') => (await api.ask(`GET /api/v1/bulk/${id}`, { as })).body;
const run = (id: string, as: TestPerson = 'supervisor-1') => api.ask(`POST /api/v1/bulk/${id}/run`, { as });
const ended = async (id: string) => {
  await until(async () => (await read(id)).state === 'done', 'the bulk did not end');
  return read(id);
};
const assignee = async (number: string) => (await api.ask(`GET /api/v1/tasks/${number}.1`, { as: 'supervisor-1' })).body.assignee;
const reassign = (numbers: string[], to = 'desk-2') => ({
  kind: 'reassign',
  select: { tasks: numbers.map((number) => `${number}.1`) },
  to,
  reason: '调岗',
});

test('a preview says what would be done and what would be refused, and changes nothing', async () => {
  const [mine, unknown] = [await appeal(), 'SQ-2026-999999'];
  const { status, body } = await preview(reassign([mine, unknown]));
  expect(status).toBe(201);
  expect(body).toMatchObject({ kind: 'reassign', state: 'previewed', counts: { pending: 1, refused: 1, done: 0, cancelled: 0 } });
  expect(body.items).toMatchObject([
    { n: 1, target: `${mine}.1`, state: 'pending', problem: null, effect: { from: null, to: 'desk-2' } },
    { n: 2, state: 'refused', problem: { type: '/problems/not-found' } },
  ]);
  expect(await assignee(mine)).toBeNull();
});

test('each item has a result of its own, and its reason stands on the task', async () => {
  const [one, two, three] = [await appeal(), await appeal(), await appeal()];
  const { body } = await preview(reassign([one, two, three]));
  await api.ask(`POST /api/v1/cases/${two}/recuse`, { as: 'desk-2', body: { person: 'desk-2', reason: '同学' } });
  expect((await run(body.id)).status).toBe(200);
  const { items, counts } = await ended(body.id);
  expect(counts).toEqual({ pending: 0, done: 2, refused: 1, cancelled: 0 });
  expect(items[1]).toMatchObject({ state: 'refused', problem: { type: '/problems/recused' } });
  expect([await assignee(one), await assignee(two), await assignee(three)]).toEqual(['desk-2', null, 'desk-2']);
  const task = await api.ask(`GET /api/v1/tasks/${one}.1`, { as: 'desk-2' });
  expect(task.body.notes).toMatchObject([{ kind: 'reassigned', by: 'supervisor-1', text: '调岗' }]);
});

test('what is selected by a filter is what the caller may know of', async () => {
  const number = await appeal('wang');
  await api.ask(`POST /api/v1/tasks/${number}.1/reassign`, { as: 'supervisor-1', body: { to: 'zhao', reason: '…' } });
  const select = { filter: { assignee: 'zhao' } };
  const { body } = await preview({ kind: 'reassign', select, to: 'desk-1', reason: '…' });
  expect(body.items.map(({ target }: { target: string }) => target)).toEqual([`${number}.1`]);
  const other = await preview({ kind: 'reassign', select, to: 'desk-1', reason: '…' }, 'handler-1');
  expect(other).toMatchObject({ status: 422, body: { errors: [{ path: 'select.filter' }] } });
});

test('an item is judged by the rights of whoever started the bulk when its turn comes', async () => {
  const number = await appeal();
  const { body } = await preview(reassign([number]), 'supervisor-2');
  await api.database.db.$executeRaw`update role_grant set ends_at = now() where person_id = 'supervisor-2'`;
  await run(body.id, 'supervisor-2');
  await until(async () => (await read(body.id, 'supervisor-2')).state === 'done', 'the bulk did not end');
  expect((await read(body.id, 'supervisor-2')).items).toMatchObject([{ state: 'refused', problem: { type: '/problems/not-found' } }]);
  expect(await assignee(number)).toBeNull();
});

test('a bulk of somebody whose account is disabled does nothing more', async () => {
  const number = await appeal();
  const { body } = await preview(reassign([number]), 'branch-leader');
  expect(body.counts).toMatchObject({ pending: 1 });
  // The leader had just sent it off when an administrator disabled the account, which ends the session.
  await api.database.db.$executeRaw`update account set disabled = true where person_id = 'branch-leader'`;
  await api.database.db.$executeRaw`update bulk set state = 'running', ran_at = now() where id = ${body.id}`;
  const state = async () =>
    (
      await api.database.db.$queryRaw<{ state: string; problem: string }[]>`select state, problem from bulk_item where bulk_id = ${body.id}`
    )[0];
  await until(async () => (await state())?.state !== 'pending', 'the item did not end');
  expect(await state()).toEqual({ state: 'refused', problem: 'forbidden' });
  expect(await assignee(number)).toBeNull();
});

test('a case is urged once a working day, in bulk as by itself', async () => {
  const [one, two] = [await appeal(), await appeal()];
  await api.ask(`POST /api/v1/cases/${two}/urge`, { as: 'supervisor-1', body: { text: '请抓紧' } });
  const { body } = await preview({ kind: 'remind', select: { cases: [one, two] }, text: '请抓紧' });
  expect(body.items).toMatchObject([{ state: 'pending' }, { state: 'refused', problem: { type: '/problems/too-often' } }]);
  await run(body.id);
  await ended(body.id);
  const told = (await api.ask('GET /api/v1/notifications?limit=200', { as: 'desk-1' })).body.items;
  expect(told).toContainEqual(expect.objectContaining({ case: one, kind: 'urged' }));
});

test('a cancelled bulk keeps what is done and touches nothing more', async () => {
  const numbers = [await appeal(), await appeal()];
  const { body } = await preview(reassign(numbers));
  const cancelled = await api.ask(`POST /api/v1/bulk/${body.id}/cancel`, { as: 'supervisor-1' });
  expect(cancelled.body).toMatchObject({ state: 'cancelled', counts: { cancelled: 2, pending: 0 } });
  expect((await run(body.id)).body.type).toBe('/problems/not-now');
  expect(await assignee(numbers[0] ?? '')).toBeNull();
});

test('an item that a dead node had taken and done counts as done once its lease has run out, also in a cancelled bulk', async () => {
  const [one, two] = [await appeal(), await appeal()];
  const { body } = await preview(reassign([one, two]));
  const { db } = api.database;
  // The node died between the effect of the first item and its end, and before it began the second.
  await db.$executeRaw`update bulk_item set leased_until = now() + interval '1 hour', attempts = 1 where bulk_id = ${body.id}`;
  await run(body.id);
  await api.ask(`POST /api/v1/tasks/${one}.1/reassign`, {
    as: 'supervisor-1',
    body: { to: 'desk-2', reason: '调岗' },
    headers: { 'Idempotency-Key': `bulk:${body.id}:1` },
  });
  await api.ask(`POST /api/v1/bulk/${body.id}/cancel`, { as: 'supervisor-1' });
  expect((await read(body.id)).counts).toMatchObject({ pending: 2 });
  await db.$executeRaw`update bulk_item set leased_until = now() - interval '1 second' where bulk_id = ${body.id}`;
  await until(async () => (await read(body.id)).counts.pending === 0, 'the items did not end');
  expect((await read(body.id)).items).toMatchObject([{ state: 'done' }, { state: 'cancelled' }]);
  expect(await assignee(two)).toBeNull();
});

test('the same key makes one preview, other content under it is a conflict, and nobody else sees it', async () => {
  const number = await appeal();
  const headers = { 'Idempotency-Key': 'bulk-1' };
  const first = await preview(reassign([number]), 'supervisor-1', headers);
  const again = await preview(reassign([number]), 'supervisor-1', headers);
  const other = await preview(reassign([number], 'desk-1'), 'supervisor-1', headers);
  expect([first.status, again.status, other.status]).toEqual([201, 200, 409]);
  expect(again.body.id).toBe(first.body.id);
  expect((await api.ask(`GET /api/v1/bulk/${first.body.id}`, { as: 'chief' })).status).toBe(404);
  expect((await run(first.body.id, 'chief')).status).toBe(404);
  const own = (await api.ask('GET /api/v1/bulk?limit=1', { as: 'supervisor-1' })).body;
  expect(own).toMatchObject({ items: [{ id: first.body.id }], nextCursor: expect.any(String) });
});

test('decisions that take two people are never made in bulk, nor more items than a person can read', async () => {
  const number = await appeal();
  expect((await preview({ kind: 'complete', select: { tasks: [`${number}.1`] }, data: {} })).status).toBe(400);
  const tasks = Array.from({ length: 501 }, (_, index) => `SQ-2026-000001.${index + 1}`);
  expect((await preview({ kind: 'reassign', select: { tasks }, to: 'desk-1', reason: '…' })).status).toBe(400);
});
