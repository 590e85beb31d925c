import { type TestApi, testApi } from '../../test/api.ts';
import { until } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

/** An appeal of li whose first task someone has. */
const heldBy = async (person: TestPerson): Promise<string> => {
  const body = { process: 'appeal', data: { channel: 'self-service', title: '食堂', content: '没有热饭' } };
  const { number } = (await api.ask('POST /api/v1/cases', { as: 'li', body, headers: { Prefer: 'respond-async' } })).body;
  await api.ask(`POST /api/v1/tasks/${number}.1/reassign`, { as: 'supervisor-1', body: { to: person, reason: '…' } });
  return number;
};
const holdings = async (person: TestPerson, as: TestPerson) => (await api.ask(`GET /api/v1/people/${person}/holdings`, { as })).body;
const handOver = (from: TestPerson, to: TestPerson, as: TestPerson) =>
  api.ask('POST /api/v1/bulk', { as, body: { kind: 'hand-over', from, to, reason: '调离' } });
const runToEnd = async (id: string, as: TestPerson) => {
  await api.ask(`POST /api/v1/bulk/${id}/run`, { as });
  const read = async () => (await api.ask(`GET /api/v1/bulk/${id}`, { as })).body;
  await until(async () => (await read()).state === 'done', 'the hand-over did not end');
  return read();
};
const eventsOf = async (number: string) => (await api.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' })).body;
const sealed = (number: string) => api.database.db.$executeRaw`update "case" set confidentiality = 'sealed' where number = ${number}`;

test('all that someone held goes to the successor, with one event for each case', async () => {
  const numbers = [await heldBy('handler-1'), await heldBy('handler-1')];
  expect((await holdings('handler-1', 'leader-1')).cases).toMatchObject(
    numbers.map((number) => ({ case: number, handler: false, tasks: [{ id: `${number}.1`, title: { zh: '受理' } }] })),
  );
  const { body } = await handOver('handler-1', 'zhao', 'leader-1');
  expect(body).toMatchObject({ state: 'previewed', counts: { pending: 2 } });
  expect((await runToEnd(body.id, 'leader-1')).counts).toMatchObject({ done: 2, refused: 0 });
  expect((await holdings('handler-1', 'leader-1')).cases).toEqual([]);
  expect((await holdings('zhao', 'zhao')).cases).toHaveLength(2);
  const [last] = (await eventsOf(numbers[0] ?? '')).filter(({ type }: { type: string }) => type === 'handed-over');
  expect(last).toMatchObject({ actor: 'leader-1', data: { from: 'handler-1', to: 'zhao', reason: '调离', tasks: [`${numbers[0]}.1`] } });
  const task = (await api.ask(`GET /api/v1/tasks/${numbers[0]}.1`, { as: 'zhao' })).body;
  expect(task).toMatchObject({ assignee: 'zhao', notes: [{ kind: 'reassigned' }, { kind: 'handed-over', text: '调离' }] });
});

test('a successor with a conflict of interest is refused for that case alone', async () => {
  const theirs = await heldBy('deputy-1');
  const free = await heldBy('deputy-1');
  await api.ask(`POST /api/v1/cases/${theirs}/recuse`, { as: 'leader-1', body: { person: 'leader-1', reason: '同学' } });
  const { body } = await handOver('deputy-1', 'leader-1', 'supervisor-1');
  const { items } = await runToEnd(body.id, 'supervisor-1');
  expect(items).toMatchObject([
    { target: theirs, state: 'refused', problem: { type: '/problems/recused' } },
    { target: free, state: 'done' },
  ]);
  expect((await holdings('deputy-1', 'supervisor-1')).cases).toMatchObject([{ case: theirs }]);
});

test('whoever keeps the staff hands over without seeing the case, but no sealed one', async () => {
  const [internal, secret] = [await heldBy('reviewer-1'), await heldBy('reviewer-1')];
  await sealed(secret);
  expect((await api.ask(`GET /api/v1/cases/${internal}`, { as: 'admin' })).status).toBe(404);
  const held = await holdings('reviewer-1', 'admin');
  expect(held.cases).toMatchObject([{ case: internal }]);
  expect(JSON.stringify(held)).not.toContain(secret);
  const { body } = await handOver('reviewer-1', 'zhao', 'admin');
  expect((await runToEnd(body.id, 'admin')).items).toMatchObject([{ target: internal, state: 'done' }]);
  expect((await api.ask('GET /api/v1/people/reviewer-1/holdings', { as: 'zhao' })).status).toBe(403);
});

test('what a leaver still holds is listed, and the leader of the unit is told once', async () => {
  const [plain, secret] = [await heldBy('wang'), await heldBy('wang')];
  await sealed(secret);
  const csv = 'username,left\nwang,2026-01-31\n';
  for (let time = 0; time < 2; time += 1) {
    const { status } = await api.ask('POST /api/v1/people/import', { as: 'admin', body: csv, headers: { 'Content-Type': 'text/csv' } });
    expect(status).toBe(200);
  }
  const { items } = (await api.ask('GET /api/v1/people/leavers', { as: 'admin' })).body;
  expect(items).toMatchObject([{ id: 'wang', unit: 'station-2', cases: 1 }]);
  expect((await api.ask('GET /api/v1/people/leavers', { as: 'leader-2' })).status).toBe(403);
  const told = (await api.ask('GET /api/v1/notifications?limit=200', { as: 'leader-2' })).body.items;
  expect(told.filter(({ kind }: { kind: string }) => kind === 'holder-left')).toMatchObject([{ case: plain }]);
  expect((await eventsOf(plain)).filter(({ type }: { type: string }) => type === 'holder-left')).toMatchObject([
    { data: { person: 'wang' } },
  ]);
  const { body } = await handOver('wang', 'zhao', 'admin');
  await runToEnd(body.id, 'admin');
  expect((await holdings('wang', 'admin')).cases).toEqual([]);
});
