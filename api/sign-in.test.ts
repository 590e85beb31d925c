import { type TestApi, testApi } from '../test/api.ts';
import { testRing } from '../test/key-ring.ts';
import { signInCookies } from './session-cookie.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ requestsPerWindow: 60 });
});
afterAll(() => api.close());

const cookiesOf = async (person: 'li' | 'wang' | 'zhao') => {
  const set = signInCookies(testRing, { token: await api.tokenOf(person), expiresAt: new Date(Date.now() + 60_000), secure: true });
  const pairs = set.map((cookie) => cookie.split(';')[0] ?? '');
  return { set, cookie: pairs.join('; '), csrf: pairs[1]?.split('=').slice(1).join('=') ?? '' };
};
const draft = { method: 'PUT /api/v1/me/drafts/start:appeal', body: { data: { title: '草稿' } } };

test('the session cookie can not be read by a page, nor sent by a foreign one', async () => {
  const { set } = await cookiesOf('li');
  expect(set[0]).toMatch(/^fivefold_session=.*HttpOnly.*SameSite=Strict.*Secure/);
  expect(set[1]).toMatch(/^fivefold_csrf=.*SameSite=Strict/);
  expect(set[1]).not.toContain('HttpOnly');
});

test('a cookie is enough to read', async () => {
  const { cookie } = await cookiesOf('li');
  expect((await api.ask('GET /api/v1/tasks', { headers: { Cookie: cookie } })).status).toBe(200);
});

test('a change by cookie needs the CSRF token of that very session', async () => {
  const { cookie, csrf } = await cookiesOf('li');
  const { csrf: another } = await cookiesOf('wang');
  const withToken = (token?: string) =>
    api.ask(draft.method, { body: draft.body, headers: { Cookie: cookie, ...(token && { 'X-CSRF-Token': token }) } });
  expect((await withToken()).status).toBe(403);
  expect((await withToken(another)).status).toBe(403);
  expect((await withToken(csrf)).status).toBe(200);
});

test('a change by bearer token needs none', async () => {
  expect((await api.ask(draft.method, { as: 'wang', body: draft.body })).status).toBe(200);
});

test('who sends too many requests waits, and nobody else does', async () => {
  const answers = await Promise.all(Array.from({ length: 70 }, () => api.ask('GET /api/v1/rules', { as: 'zhao' })));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
  expect(refused).toHaveLength(10);
  expect(refused[0]?.body.type).toBe('/problems/too-many-requests');
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await api.ask('GET /api/v1/rules', { as: 'li' })).status).toBe(200);
});
