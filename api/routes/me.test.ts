import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const put = (as: TestPerson, body: unknown, headers = {}) => api.ask('PUT /api/v1/me/substitute', { as, body, headers });
const me = async (as: TestPerson) => (await api.ask('GET /api/v1/me', { as })).body;
const week = { from: inDays(-1), until: inDays(7) };

test('a substitute is named for a period and some processes, and acts from then on', async () => {
  const { status, body } = await put('leader-1', { to: 'deputy-1', ...week, processes: ['appeal'], reason: '年休假' });
  expect(status).toBe(200);
  expect(body.substitute).toMatchObject({ to: 'deputy-1', until: week.until, processes: ['appeal'], reason: '年休假' });
  expect(Date.parse(body.substitute.from)).toBeGreaterThan(Date.parse(week.from)); // what is past was not done by a substitute
  expect((await me('deputy-1')).standsInFor).toEqual([{ person: 'leader-1', processes: ['appeal'] }]);
  expect((await me('leader-1')).substitute.to).toBe('deputy-1');
});

test('naming another takes the place of the first, and null ends it', async () => {
  await put('leader-2', { to: 'handler-2', ...week });
  await put('leader-2', { to: 'wang', ...week });
  expect((await me('handler-2')).standsInFor).toEqual([]);
  expect((await me('wang')).standsInFor).toEqual([{ person: 'leader-2', processes: null }]);
  expect((await put('leader-2', { to: null })).body).toEqual({ substitute: null });
  expect((await me('wang')).standsInFor).toEqual([]);
});

test('a substitution that begins later gives nothing yet', async () => {
  await put('desk-1', { to: 'desk-2', from: inDays(1), until: inDays(2) });
  expect((await me('desk-2')).standsInFor).toEqual([]);
  expect((await me('desk-1')).substitute.to).toBe('desk-2');
});

test('it never chains: who is away in that period is no substitute, in either order', async () => {
  await put('reviewer-2', { to: 'reviewer-3', ...week });
  const chained = await put('reviewer-1', { to: 'reviewer-2', ...week }, { 'Accept-Language': 'en' });
  expect([chained.status, chained.body.errors]).toEqual([
    422,
    [{ path: 'to', message: 'This person has a substitute in that period too, and it never chains.' }],
  ]);
  expect((await put('reviewer-3', { to: 'reviewer-2', ...week })).status).toBe(422);
  expect((await put('reviewer-3', { to: 'reviewer-2', from: inDays(8), until: inDays(9) })).status).toBe(200);
});

test('what two people ask at the same moment does not chain either', async () => {
  const answers = await Promise.all([
    put('supervisor-1', { to: 'supervisor-2', ...week }),
    put('supervisor-2', { to: 'supervisor-1', ...week }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
});

test.each([
  ['oneself', { to: 'zhao', ...week }, 422, 'to'],
  ['nobody known', { to: 'nobody', ...week }, 422, 'to'],
  ['a period that is over', { to: 'li', from: inDays(-3), until: inDays(-1) }, 422, 'until'],
  ['a period that ends before it begins', { to: 'li', from: inDays(3), until: inDays(1) }, 422, 'until'],
  ['a process that there is not', { to: 'li', ...week, processes: ['no-such'] }, 400, undefined],
  ['no period', { to: 'li' }, 400, undefined],
])('refuses %s', async (_what, body, status, path) => {
  const answer = await put('zhao', body);
  expect(answer.status).toBe(status);
  if (path !== undefined) expect(answer.body.errors).toEqual([{ path, message: expect.any(String) }]);
  expect((await me('zhao')).substitute).toBeNull();
});

test('refuses someone who will have left', async () => {
  await api.database.db.person.update({ where: { id: 'political-1' }, data: { leftAt: new Date(Date.now() + 2 * DAY) } });
  expect((await put('zhao', { to: 'political-1', ...week })).status).toBe(422);
  expect((await put('zhao', { to: 'political-1', ...week, until: inDays(1) })).status).toBe(200);
});
