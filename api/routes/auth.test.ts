import { PersonId } from '../../domain/ids.ts';
import { setPassword } from '../../store/accounts.ts';
import { type TestApi, testApi } from '../../test/api.ts';

let api: TestApi;
const password = '东湖 station 55!';
beforeAll(async () => {
  api = await testApi();
  for (const person of ['li', 'zhao', 'admin']) await setPassword(api.database.db, PersonId.parse(person), password);
});
afterAll(() => api.close());

const login = (body: unknown) => api.ask('POST /api/v1/auth/login', { body });
const me = (headers: Record<string, string>) => api.ask('GET /api/v1/me', { headers });

test('a name and its password give a token, cookies and who one is', async () => {
  const { status, body, headers } = await login({ username: ' Li ', password });
  expect(status).toBe(200);
  expect(body.user).toEqual({
    id: 'li',
    username: 'li',
    name: '姓名-li',
    locale: 'zh',
    timeZone: 'Asia/Shanghai',
    roles: [{ role: 'officer', unit: 'station-1' }],
    standsInFor: [],
  });
  const hours = (Date.parse(body.expiresAt) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(11.9);
  expect(hours).toBeLessThanOrEqual(12);
  expect((await me({ Authorization: `Bearer ${body.token}` })).body).toMatchObject({ username: 'li', substitute: null });
  const cookie = headers.getSetCookie().map((each) => each.split(';')[0]);
  expect((await me({ Cookie: cookie.join('; ') })).body.username).toBe('li');
});

test('signing out ends the session at once', async () => {
  const { body } = await login({ username: 'li', password });
  const headers = { Authorization: `Bearer ${body.token}` };
  expect((await me(headers)).status).toBe(200);
  const out = await api.ask('POST /api/v1/auth/logout', { headers });
  expect(out.status).toBe(204);
  expect(out.headers.getSetCookie().every((cookie) => cookie.includes('Max-Age=0'))).toBe(true);
  expect((await me(headers)).status).toBe(401);
});

test('a wrong password is refused in the language of the caller, then waits, then is locked out; neither name nor password is logged', async () => {
  const wrong = { username: 'zhao', password: 'a guess at it' };
  const first = await api.ask('POST /api/v1/auth/login', { body: wrong, headers: { 'Accept-Language': 'en' } });
  expect([first.status, first.body.type, first.body.detail]).toEqual([401, '/problems/wrong-credentials', 'Wrong user name or password.']);
  const answers = [];
  for (let n = 0; n < 3; n++) answers.push(await login(wrong));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 429]);
  expect(Number(answers[2]?.headers.get('retry-after'))).toBe(1);
  expect((await login({ username: 'zhao', password })).status).toBe(429);
  expect(api.logged()).toContain('sign-in refused');
  for (const secret of ['zhao', 'a guess at it', password]) expect(api.logged()).not.toContain(secret);
});

test.each([
  [{}],
  [{ username: 'li' }],
  [{ username: 'li', password: 7 }],
  [{ username: '', password }],
  [{ username: 'li', password, admin: true }],
  [null],
])('%j is malformed and counts as no failure', async (body) => {
  expect((await login(body)).status).toBe(400);
  expect(await api.database.db.$queryRaw`select 1 from sign_in_failure where failures > 4`).toEqual([]);
});

test('an administrator gives someone a password and disables an account, but not their own', async () => {
  const put = (id: string, body: unknown, as: 'admin' | 'li' = 'admin') => api.ask(`PUT /api/v1/people/${id}/account`, { as, body });
  expect((await put('wang', { password: 'a new password' })).status).toBe(204);
  const { body } = await login({ username: 'wang', password: 'a new password' });
  expect((await put('wang', { disabled: true })).status).toBe(204);
  expect((await me({ Authorization: `Bearer ${body.token}` })).status).toBe(401);
  expect((await login({ username: 'wang', password: 'a new password' })).status).toBe(401);
  expect((await put('admin', { disabled: true })).body.type).toBe('/problems/needs-second-person');
  expect((await put('wang', { disabled: false }, 'li')).status).toBe(403);
  expect((await put('nobody', { disabled: false })).status).toBe(404);
  expect((await put('wang', { password: 'short' })).status).toBe(400);
});
