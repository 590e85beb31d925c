import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../test/api.ts';

let api: TestApi;
let home: { readonly body: string; readonly headers: Headers };
beforeAll(async () => {
  api = await testApi();
  home = await api.ask('GET /', { headers: { Accept: 'text/html' } });
});
afterAll(() => api.close());

test('every address that nobody else has opens the pages, so that a link into the middle works', async () => {
  for (const address of ['/', '/inbox', '/cases/SQ-2026-000001', '/start/appeal?x=1']) {
    const { status, headers, body } = await api.ask(`GET ${address}`, { headers: { Accept: 'text/html' } });
    expect([address, status, headers.get('content-type')]).toEqual([address, 200, 'text/html; charset=utf-8']);
    expect(body).toContain('<div id="root">');
  }
});

test('the pages take nothing from what the API answers', async () => {
  for (const address of ['/api/v1/no-such', '/api/no-such', '/assets/no-such.js', '/no-such.php']) {
    const { status, body } = await api.ask(`GET ${address}`, { headers: { Accept: 'text/html' } });
    expect([address, status]).toEqual([address, 404]);
    expect(JSON.stringify(body)).not.toContain('root');
  }
  const { body } = await api.ask('GET /status', { headers: { Accept: 'text/html' } });
  expect(body).toContain('/api/docs');
});

test('only scripts of this host run, and only styles of this host or with the nonce of the answer', async () => {
  const again = await api.ask('GET /', { headers: { Accept: 'text/html' } });
  const nonces = [home, again].map(({ body }) => /name="csp-nonce" content="([^"]+)"/.exec(body)?.[1] ?? '');
  expect(new Set(nonces).size).toBe(2);
  const policy = again.headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain(`style-src 'self' 'nonce-${nonces[1]}'`);
  expect(again.headers.get('cache-control')).toBe('no-store');
});

test('a script is kept by the browser for good and comes packed', async () => {
  const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(home.body) ?? [];
  const { status, headers } = await api.ask(`GET ${script}`, { headers: { 'Accept-Encoding': 'br' } });
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toContain('immutable');
  expect(headers.get('content-encoding')).toBe('br');
});

test('what the home page reads of the processes comes packed', async () => {
  const { status, headers } = await api.ask('GET /api/v1/processes', { as: 'chief', headers: { 'Accept-Encoding': 'gzip' } });
  expect([status, headers.get('content-encoding')]).toEqual([200, 'gzip']);
});

/** Issue 10: first load of the home page, without the charts and dictionaries of other pages. */
const HOME_KB = 300;

test(`the home page needs at most ${HOME_KB} kB`, async () => {
  const wanted = new Set([...home.body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, address]) => address));
  const sizes = [...wanted].map(async (address) => {
    const { headers } = await api.ask(`GET ${address}`, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(headers.get('content-encoding')).toBe('gzip');
    return Number(headers.get('content-length'));
  });
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total / 1000).toBeLessThanOrEqual(HOME_KB);
});
