import { openBureau } from '../../store/open-bureau.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
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
  // inspector-3 has a cousin in the station.
  await api.database.db.$executeRaw`insert into kinship values ('inspector-3', 'zhao', 'cousin'), ('zhao', 'inspector-3', 'cousin')`;
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await api.close();
  await engine.stop();
});

const opened = async (): Promise<string> =>
  (
    await api.ask('POST /api/v1/cases', {
      as: 'supervisor-1',
      body: { process: 'inspection-order', unit: 'station-1', data: { reasons: '督办逾期三日未落实。' } },
    })
  ).body.number;
const complete = (task: string, as: TestPerson, data: object): Promise<Answer> =>
  api.ask(`POST /api/v1/tasks/${task}/complete`, { as, body: { data } });
const problem = (slug: string) => expect.objectContaining({ type: `/problems/${slug}` });
const record = { place: '值班室', observed: '公示栏空白。' };

test.each(['bureau-leader', 'supervising-leader', 'supervision-desk'])('an inspection order takes the %s, and states why', async (role) => {
  const as = { 'bureau-leader': 'chief', 'supervising-leader': 'supervising-1', 'supervision-desk': 'supervisor-1' }[role] as TestPerson;
  const send = (data: object, who: TestPerson) =>
    api.ask('POST /api/v1/cases', { as: who, body: { process: 'inspection-order', unit: 'station-1', data } });
  expect((await send({}, as)).body).toEqual(problem('invalid-form'));
  expect((await send({ reasons: '拒不整改。' }, 'leader-1')).status).toBe(403);
  expect((await send({ reasons: '拒不整改。' }, as)).status).toBe(201);
});

test.each([
  ['a member of the unit', 'zhao'],
  ['a member of the unit above it', 'reviewer-1'],
  ['a relative of one of its members', 'inspector-3'],
])('%s is not named to inspect it', async (_, second) => {
  const number = await opened();
  const named = await complete(`${number}.1`, 'inspection-head', { lead: 'inspector-1', second });
  expect(named).toMatchObject({ status: 422, body: { errors: [{ path: 'data.second' }] } });
});

test('an inspector who has become tied to the unit since is refused when about to act, and the attempt stands in the record', async () => {
  const number = await opened();
  expect((await complete(`${number}.1`, 'inspection-head', { lead: 'inspector-1', second: 'inspector-2' })).status).toBe(200);
  await api.database.db
    .$executeRaw`insert into kinship values ('inspector-1', 'leader-1', 'spouse'), ('leader-1', 'inspector-1', 'spouse')`;
  expect((await complete(`${number}.2`, 'inspector-1', record)).body).toEqual(problem('recused'));
  const events = await api.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' });
  expect(JSON.stringify(events.body)).toContain('"type":"refused-attempt"');

  const reassign = (to: TestPerson) =>
    api.ask(`POST /api/v1/tasks/${number}.2/reassign`, { as: 'supervisor-1', body: { to, reason: '原督察回避' } });
  expect((await reassign('inspector-3')).body).toEqual(problem('recused'));
  expect((await reassign('inspection-head')).status).toBe(200);
  await api.database.db.$executeRaw`delete from kinship where person_id in ('inspector-1', 'leader-1')`;
});
