import { Writable } from 'node:stream';
import { openApi } from '../../api/open.ts';
import { createLogger } from '../../platform/log.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { type TestApi, testApi } from '../api.ts';
import { until } from '../bureau.ts';
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
  await worker.stop();
  await api.close();
  await engine.stop();
});

const directive = { source: 'meeting', title: '夏季防汛', order: '排查隐患', tier: '7' };
const ask = async (request: string, as: TestPerson, body?: unknown) =>
  (await api.ask(request, { as, ...(body !== undefined && { body }) })).body;
const get = (path: string, as: TestPerson = 'supervisor-1') => ask(`GET /api/v1${path}`, as);
const preview = (body: object, as: TestPerson = 'supervisor-1') => ask('POST /api/v1/bulk', as, body);
const toEnd = async (id: string, as: TestPerson = 'supervisor-1') => {
  await ask(`POST /api/v1/bulk/${id}/run`, as);
  await until(async () => (await get(`/bulk/${id}`, as)).state === 'done', 'the bulk did not end');
  return get(`/bulk/${id}`, as);
};
const issued = async (units: string[]): Promise<{ id: string; numbers: string[] }> => {
  const { id } = await preview({ kind: 'issue', process: 'supervision', data: directive, units });
  const { items } = await toEnd(id);
  const numbers: string[] = items.map(({ opened }: { opened: string }) => opened);
  for (const number of numbers) await until(async () => (await get(`/cases/${number}`)).state === 'open', `${number} did not start`);
  return { id, numbers };
};
const countOf = async (number: string, wanted: string) =>
  (await get(`/cases/${number}/events`)).filter(({ type }: { type: string }) => type === wanted).length;

test('what is issued in bulk runs like any other directive, and the view of all follows it to its end', async () => {
  const { id, numbers } = await issued(['station-1', 'station-2']);
  await ask(`POST /api/v1/tasks/${numbers[0]}.1/complete`, 'leader-1', { data: { handler: 'handler-1' } });
  await ask(`POST /api/v1/cases/${numbers[1]}/cancel`, 'supervisor-1', { reason: '并入其他' });
  expect(await get(`/bulk/${id}/cases`)).toMatchObject({
    totals: { cases: 2, open: 1, closed: 1, outcomes: { cancelled: 1 } },
    items: [
      { unit: 'station-1', stage: 'plan', handler: 'handler-1' },
      { unit: 'station-2', state: 'closed', outcome: 'cancelled' },
    ],
  });
});

test('an extension asked in bulk goes through each case, and is decided there', async () => {
  const numbers = [...(await issued(['station-1'])).numbers, ...(await issued(['station-1'])).numbers];
  const select = { tasks: numbers.map((number) => `${number}.1`) };
  const { id, counts } = await preview({ kind: 'extend', select, by: { days: 1 }, reason: '汛情' }, 'leader-1');
  expect(counts).toMatchObject({ pending: 2, refused: 0 });
  expect((await toEnd(id, 'leader-1')).counts).toMatchObject({ done: 2 });
  for (const number of numbers) {
    const { tasks } = await get(`/cases/${number}`);
    expect(tasks).toContainEqual(expect.objectContaining({ key: 'approve-extension', state: 'open' }));
    expect((await get(`/tasks/${number}.1`)).notes).toMatchObject([{ kind: 'extension-asked', by: 'leader-1', text: '汛情' }]);
  }
});

test('a handler who hands over in bulk is followed by the successor in what the procedure opens next', async () => {
  const { numbers } = await issued(['station-1']);
  const [number] = numbers;
  await ask(`POST /api/v1/tasks/${number}.1/complete`, 'leader-1', { data: { handler: 'zhao' } });
  const { id } = await preview({ kind: 'hand-over', from: 'zhao', to: 'handler-1', reason: '调离' }, 'leader-1');
  expect((await toEnd(id, 'leader-1')).items).toMatchObject([{ target: number, state: 'done' }]);
  const plan = (await get(`/cases/${number}`)).tasks.find(({ key }: { key: string }) => key === 'plan');
  expect(plan).toMatchObject({ assignee: 'handler-1', state: 'open' });
  await ask(`POST /api/v1/tasks/${plan.id}/complete`, 'handler-1', { data: { plan: '逐处排查' } });
  const next = (await get(`/cases/${number}`)).tasks.filter(({ state }: { state: string }) => state === 'open');
  expect(next.map(({ assignee }: { assignee: string }) => assignee)).toEqual(['handler-1']);
});

test('two nodes share the items of a bulk, and one that stops in the middle leaves none undone and none done twice', async () => {
  const { numbers } = await issued(['station-1', 'station-2', 'branch', 'city']);
  const urged = await preview({ kind: 'remind', select: { filter: { process: 'supervision' } }, text: '请抓紧' });
  const other = openApi({
    bureau: await openBureau(api.database.db, testRing, { demo: true }),
    databaseUrl: api.database.url,
    temporal: engine.client,
    log: createLogger('test', new Writable({ write: (_chunk, _encoding, done) => done() })),
    secureCookies: false,
  });
  await ask(`POST /api/v1/bulk/${urged.id}/run`, 'supervisor-1');
  await until(async () => (await get(`/bulk/${urged.id}`)).counts.pending < urged.counts.pending, 'no item was done');
  await other.close();
  await until(async () => (await get(`/bulk/${urged.id}`)).state === 'done', 'the bulk did not end');
  const { items } = await get(`/bulk/${urged.id}`);
  expect(items.filter(({ state }: { state: string }) => state === 'done').length).toBe(urged.counts.pending);
  for (const { target, state } of items) if (state === 'done') expect(await countOf(target, 'urged')).toBe(1);
  expect(items.map(({ target }: { target: string }) => target)).toEqual(expect.arrayContaining(numbers));
});

test('a bulk shows the old and the new date before it reckons dates anew, and only the desk may', async () => {
  const { numbers } = await issued(['station-2']);
  const [task] = numbers.map((number) => `${number}.1`);
  const { dueAt } = await get(`/tasks/${task}`);
  // As if it had been reckoned by a calendar in which that day was not off.
  await api.database.db.$executeRaw`update task set due_at = due_at - interval '1 day' where id = ${task}`;
  const before = (await get(`/tasks/${task}`)).dueAt;
  const select = { tasks: [task] };
  const { id, items } = await preview({ kind: 'recompute', select });
  expect(items).toMatchObject([{ state: 'pending', effect: { dueAt: before, newDueAt: dueAt } }]);
  expect((await toEnd(id)).items).toMatchObject([{ state: 'done' }]);
  expect(await get(`/tasks/${task}`)).toMatchObject({ dueAt, notes: [{ kind: 'due-recomputed', by: 'supervisor-1' }] });
  const byOther = await preview({ kind: 'recompute', select }, 'leader-2');
  expect(byOther.items).toMatchObject([{ state: 'refused', problem: { type: '/problems/forbidden' } }]);
});
