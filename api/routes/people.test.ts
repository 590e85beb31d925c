import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  await api.database.db.$executeRaw`update person set badge = '010001', post = '民警' where id = 'li'`;
});
afterAll(() => api.close());

const get = async (path: string, as: TestPerson = 'wang') => (await api.ask(`GET /api/v1${path}`, { as })).body;
const ids = async (path: string) => (await get(path)).items.map(({ id }: { id: string }) => id);

test('units come in the order of the tree, with their leaders', async () => {
  const { items } = await get('/units');
  expect(items.map(({ id, parent }: { id: string; parent: string }) => [id, parent])).toEqual([
    ['city', null],
    ['branch', 'city'],
    ['station-1', 'branch'],
    ['station-2', 'branch'],
  ]);
  expect(items.map(({ leader }: { leader: string }) => leader)).toEqual(['chief', 'branch-leader', 'leader-1', 'leader-2']);
  expect(items[2].leaderName).toBe('姓名-leader-1');
});

test('people are found by part of a name, user name, badge, role and unit with what is below it', async () => {
  expect(await ids('/people?q=0100')).toEqual(['li']);
  expect(await ids(`/people?q=${encodeURIComponent('名-li')}`)).toEqual(['li']);
  expect(await ids('/people?q=HANDLER')).toEqual(['handler-1', 'handler-2']);
  expect(await ids('/people?q=%25')).toEqual([]);
  expect(await ids('/people?unit=station-2')).toEqual(['handler-2', 'leader-2', 'wang']);
  expect((await ids('/people?unit=branch')).length).toBe(13);
  expect(await ids('/people?role=acceptance-desk')).toEqual(['desk-1', 'desk-2']);
});

test('every role has its title in both languages, and says whether someone may act in it', async () => {
  const { items } = await get('/roles');
  expect(items).toContainEqual({ id: 'unit-leader', title: { zh: '单位负责人', en: 'Unit leader' }, acting: true });
  expect(items).toContainEqual({ id: 'auditor', title: { zh: '审计员', en: 'Auditor' }, acting: false });
});

test('pages follow one another without a gap', async () => {
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await get(`/people?limit=7${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.items.map(({ id }: { id: string }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual([...new Set(seen)].sort());
  expect(seen).toHaveLength(await api.database.db.person.count());
  expect((await api.ask('GET /api/v1/people?cursor=xyz', { as: 'wang' })).status).toBe(400);
});

test('everybody sees name, unit, post and roles of everybody; marks only who is entitled', async () => {
  expect(await get('/people/li')).toEqual({
    id: 'li',
    username: 'li',
    name: '姓名-li',
    badge: '010001',
    unit: 'station-1',
    unitName: '东湖派出所',
    category: 'officer',
    post: '民警',
    rank: null,
    roles: [{ role: 'officer', unit: 'station-1', acting: false, until: null }],
    leftAt: null,
  });
  const withMarks: TestPerson[] = ['li', 'leader-1', 'branch-leader', 'chief', 'political-1'];
  for (const as of withMarks) expect(await get('/people/li', as)).toHaveProperty('marks', []);
  for (const as of ['wang', 'leader-2', 'desk-1', 'auditor', 'admin'] as const)
    expect(await get('/people/li', as)).not.toHaveProperty('marks');
  expect((await api.ask('GET /api/v1/people/nobody', { as: 'wang' })).status).toBe(404);
});

test('the appeal file is open to the person, to leaders above and to the desks', async () => {
  const statusFor = async (as: TestPerson) => (await api.ask('GET /api/v1/people/li/appeals', { as })).status;
  for (const as of ['li', 'leader-1', 'chief', 'desk-1', 'supervisor-1', 'political-1'] as const) expect(await statusFor(as)).toBe(200);
  for (const as of ['wang', 'leader-2', 'auditor', 'admin', 'inspector-1'] as const) expect(await statusFor(as)).toBe(403);
});

test('who has left is no longer listed but still known', async () => {
  await api.database.db.$executeRaw`update person set left_at = now() - interval '1 day' where id = 'handler-1'`;
  expect(await ids('/people?q=handler')).toEqual(['handler-2']);
  expect(await get('/people/handler-1')).toMatchObject({ name: '姓名-handler-1', roles: [], leftAt: expect.any(String) });
});

describe('giving a role', () => {
  const give = (id: string, body: unknown, as: TestPerson = 'political-1') => api.ask(`POST /api/v1/people/${id}/roles`, { as, body });
  const rolesOf = async (id: string) =>
    (await get(`/people/${id}`)).roles.map(({ role, unit }: { role: string; unit: string }) => `${role}@${unit}`);

  test('takes effect at once, as acting leader for a time, and ends when told', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const { status, body } = await give('deputy-1', {
      role: 'unit-leader',
      unit: 'station-1',
      acting: true,
      until,
      reason: '所长外出培训',
    });
    expect(status).toBe(200);
    expect(body.roles).toContainEqual({ role: 'unit-leader', unit: 'station-1', acting: true, until });
    expect((await get('/me', 'deputy-1')).roles).toContainEqual({ role: 'unit-leader', unit: 'station-1' });
    await give('deputy-1', { role: 'unit-leader', unit: 'station-1', until: new Date().toISOString() });
    expect(await rolesOf('deputy-1')).toEqual(['deputy-leader@station-1', 'officer@station-1']);
    expect((await get('/me', 'deputy-1')).roles).not.toContainEqual({ role: 'unit-leader', unit: 'station-1' });
  });

  test('is not for everybody, and never for oneself', async () => {
    const role = { role: 'auditor', unit: 'city' };
    expect((await give('li', role, 'chief')).body.type).toBe('/problems/forbidden');
    expect((await give('political-1', role)).body.type).toBe('/problems/needs-second-person');
    expect((await give('political-1', role, 'political-2')).status).toBe(200);
  });

  test.each([
    ['a role that there is not', { role: 'king', unit: 'city' }, 400],
    ['what everybody is', { role: 'officer', unit: 'city' }, 400],
    ['a unit that there is not', { role: 'reviewer', unit: 'moon' }, 404],
    [
      'a period that ends before it begins',
      { role: 'reviewer', unit: 'city', from: '2027-01-02T00:00:00Z', until: '2027-01-01T00:00:00Z' },
      422,
    ],
  ])('refuses %s', async (_what, body, status) => {
    expect((await give('li', body)).status).toBe(status);
  });
});

describe('importing', () => {
  const post = (body: string, { as = 'admin', path = '', type = 'text/csv' }: { as?: TestPerson; path?: string; type?: string } = {}) =>
    api.ask(`POST /api/v1/people/import${path}`, { as, body, headers: { 'Content-Type': type } });
  const csv = 'username,name,badge,unit,roles\nsun,孙权,010090,station-2,reviewer\n';

  test('a dry run answers what would be done; then it is done', async () => {
    const dry = await post(csv, { path: '?dryRun=true' });
    expect([dry.status, dry.body]).toEqual([
      200,
      {
        dryRun: true,
        units: { created: 0, changed: 0 },
        people: { created: 1, changed: 0, left: 0 },
        roles: { granted: 1, ended: 0 },
        changes: {
          units: [],
          people: [{ id: 'sun', name: '孙权', created: true, left: false }],
          roles: [{ person: 'sun', name: '孙权', role: 'reviewer', unit: 'station-2', change: 'granted' }],
        },
      },
    ]);
    expect((await api.ask('GET /api/v1/people/sun', { as: 'wang' })).status).toBe(404);
    expect((await post(csv)).body).toMatchObject({ dryRun: false, people: { created: 1 } });
    expect(await get('/people/sun')).toMatchObject({ name: '孙权', unit: 'station-2' });
  });

  test('takes the file as a JSON field, and a table of units', async () => {
    const units = '编号,名称,上级\nstation-3,南门派出所,branch\n';
    expect((await post(JSON.stringify({ csv: units }), { type: 'application/json' })).body).toMatchObject({ units: { created: 1 } });
    expect((await get('/units')).items.map(({ id }: { id: string }) => id)).toContain('station-3');
  });

  test('names every wrong row and column, in the language of the caller', async () => {
    const wrong = 'username,name,badge,unit\nzhou,周瑜,1,moon\n,吴用,2,city\n';
    const { status, body } = await post(wrong);
    expect([status, body.type]).toEqual([422, '/problems/invalid-form']);
    expect(body.errors).toEqual([
      { path: 'people.2.unit', row: 2, column: 'unit', message: '没有这个单位。' },
      { path: 'people.3.username', row: 3, column: 'username', message: '不能为空。' },
    ]);
  });

  test('is for administrators and the political department, and for CSV in UTF-8', async () => {
    expect((await post(csv, { as: 'political-1' })).status).toBe(200);
    expect((await post(csv, { as: 'leader-1' })).status).toBe(403);
    expect((await post(csv, { type: 'application/xml' })).status).toBe(415);
    expect((await post('', {})).status).toBe(400);
  });
});
