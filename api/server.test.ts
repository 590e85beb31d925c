import { type TestApi, testApi } from '../test/api.ts';
import { bodyHash } from './body-hash.ts';
import { openApiDocument } from './openapi.ts';
import { checkRoutes, route } from './route.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

test('a route that names no permission keeps the server from starting', () => {
  const spec = { title: { zh: '…', en: '…' }, permission: 'no.such' };
  // What a cast, a merge or plain JavaScript could bring past the type.
  const faulty = { ...route.get('/x', { ...spec, permission: 'me' }, async () => null), spec: JSON.parse(JSON.stringify(spec)) };
  expect(() => checkRoutes([faulty])).toThrow('GET /x names no permission');
});

test('two routes at one address keep the server from starting', () => {
  const one = route.get('/x/:a', { title: { zh: '…', en: '…' }, permission: 'me' }, async () => null);
  expect(() => checkRoutes([one, { ...one, path: '/x/:b' }])).toThrow('two routes');
});

test('the OpenAPI document names every parameter of every path, in both languages', async () => {
  for (const lang of ['zh', 'en']) {
    const { status, body } = await api.ask(`GET /api/v1/openapi.json?lang=${lang}`);
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.1.0');
    const operations = Object.entries<Record<string, { parameters: { name: string; in: string }[]; operationId: string }>>(
      body.paths,
    ).flatMap(([path, methods]) => Object.values(methods).map((operation) => ({ path, ...operation })));
    for (const { path, parameters } of operations) {
      const named = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
      expect(named.sort()).toEqual([...path.matchAll(/{(\w+)}/g)].map(([, name]) => name).sort());
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(JSON.stringify(body)).not.toMatch(/"title":\{"zh"/); // JSON Schema wants a text
  }
  const chinese = await api.ask('GET /api/v1/openapi.json', { headers: { 'Accept-Language': 'zh' } });
  const english = await api.ask('GET /api/v1/openapi.json', { headers: { 'Accept-Language': 'en' } });
  expect(chinese.body.paths['/cases'].post.summary).toBe('登记一件');
  expect(english.body.paths['/cases'].post.summary).toBe('Open a case');
});

test('every route but the open ones turns away who is not signed in', async () => {
  const { body } = await api.ask('GET /api/v1/openapi.json');
  const open: string[] = [];
  for (const [path, methods] of Object.entries<Record<string, unknown>>(body.paths)) {
    const address = path.replace('{number}', 'SQ-2026-000001').replace('{id}', 'SQ-2026-000001.1').replace('{target}', 'start:appeal');
    for (const method of Object.keys(methods)) {
      const { status } = await api.ask(`${method.toUpperCase()} /api/v1${address}`);
      if (status !== 401) open.push(`${method} ${path} ${status}`);
    }
  }
  // 问题线索 comes from anyone, named or not (domain.md 3.2, `clue`).
  expect(open.filter((each) => !/^\w+ \/(openapi\.json|auth\/|hooks\/|clues)/.test(each))).toEqual([]);
});

test('an operation states who may call it and every problem it answers', () => {
  const spec = { title: { zh: '办', en: 'Do' }, permission: 'me', problems: ['recused'] } as const;
  const { paths } = openApiDocument([route.post('/things', spec, async () => null)], 'en');
  expect(paths['/things']?.post).toMatchObject({ security: [{ bearer: [] }, { cookie: [] }], 'x-permission': 'me' });
  expect(JSON.stringify(paths)).toContain('/problems/recused');
});

test('a process states complete forms: titles in both languages, limits, and what its ids are of', async () => {
  const { body } = await api.ask('GET /api/v1/processes', { as: 'li', headers: { 'Accept-Language': 'en' } });
  const appeal = body.find(({ id }: { id: string }) => id === 'appeal');
  expect(appeal).toMatchObject({ prefix: 'SQ', group: 'interests', shape: 'R', title: { zh: '诉求', en: 'Appeal' }, startable: true });
  expect(appeal.intake).toMatchObject({ type: 'object', additionalProperties: false, required: ['channel', 'title', 'content'] });
  expect(appeal.intake.properties.title).toMatchObject({
    title: 'Title',
    'x-title': { zh: '标题', en: 'Title' },
    maxLength: 120,
    minLength: 1,
  });
  expect(appeal.intake.properties.jointly.items).toMatchObject({ 'x-ref': 'person' });
  const accept = appeal.tasks.find(({ key }: { key: string }) => key === 'accept');
  expect(accept).toMatchObject({ role: 'acceptance-desk', limit: { workingDays: 1 }, ladder: 'standard' });
  expect(body.find(({ id }: { id: string }) => id === 'rectification')?.startable ?? false).toBe(false);
});

test('pages come from this host alone and run nothing inline', async () => {
  for (const path of ['/', '/api/docs', '/report', '/duty']) {
    const { status, body, headers } = await api.ask(`GET ${path}`, { headers: { 'Accept-Language': 'en' } });
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    expect(body).not.toMatch(/<script>|<style|style="|onclick|https?:\/\/(?!127)/);
    for (const [, file] of body.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)) expect((await api.ask(`GET ${file}`)).status).toBe(200);
  }
});

test('readiness names each part, and says 503 while one is down', async () => {
  const { status, body } = await api.ask('GET /readyz');
  expect(status).toBe(503);
  expect(body).toMatchObject({
    ready: false,
    parts: { database: { state: 'up' }, temporal: { state: 'down' }, worker: { state: 'down' } },
  });
  await api.database.db.workerHeartbeat.create({ data: { worker: 'w', seenAt: new Date() } });
  expect((await api.ask('GET /readyz')).body.parts.worker.state).toBe('up');
  expect((await api.ask('GET /healthz')).status).toBe(200);
  const { body: figures } = await api.ask('GET /metrics');
  expect(figures).toContain('fivefold_http_request_seconds_bucket');
  expect(figures).toContain('fivefold_bell_lag_seconds{lane="urgent"} 0');
});

test('a sane request id is kept, another is replaced', async () => {
  const kept = await api.ask('GET /healthz', { headers: { 'X-Request-Id': 'trace-7' } });
  const replaced = await api.ask('GET /healthz', { headers: { 'X-Request-Id': 'a b"<c>' } });
  expect(kept.headers.get('x-request-id')).toBe('trace-7');
  expect(replaced.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
});

test('answers are not kept by caches', async () => {
  expect((await api.ask('GET /api/v1/rules', { as: 'li' })).headers.get('cache-control')).toBe('no-store');
});

test('spacing and order of JSON do not change what a request asks for', () => {
  expect(bodyHash('POST', '/x', { a: 1, b: [{ c: 2, d: 3 }] })).toBe(bodyHash('POST', '/x', { b: [{ d: 3, c: 2 }], a: 1 }));
  expect(bodyHash('POST', '/x', { a: [1, 2] })).not.toBe(bodyHash('POST', '/x', { a: [2, 1] }));
  expect(bodyHash('POST', '/x', { a: 1 })).not.toBe(bodyHash('POST', '/y', { a: 1 }));
});

test('the calendar tells working days, holidays and when a limit ends', async () => {
  const { body } = await api.ask('GET /api/v1/calendar?from=2026-02-14&to=2026-02-28', { as: 'li' });
  expect(body).toHaveLength(15);
  expect(body[0]).toMatchObject({ date: '2026-02-14', working: true }); // a make-up Saturday
  expect(body[3]).toMatchObject({ date: '2026-02-17', working: false });
  const due = await api.ask(`GET /api/v1/calendar/due?from=${encodeURIComponent('2026-03-06T10:00:00+08:00')}&workingDays=1`, { as: 'li' });
  const unescaped = await api.ask('GET /api/v1/calendar/due?from=2026-03-06T10:00:00+08:00&workingDays=1', { as: 'li' });
  expect(unescaped.body).toEqual(due.body);
  expect(Date.parse(due.body.dueAt)).toBe(Date.parse('2026-03-10T00:00:00+08:00')); // Friday → Monday 24:00
});

test('rules are listed as they were in force on a day', async () => {
  const found = async (query: string) =>
    (await api.ask(`GET /api/v1/rules?${query}`, { as: 'li' })).body.items.map(({ id }: { id: string }) => id);
  expect(await found('q=休假')).toEqual(['leave-7']);
  expect(await found('q=100%25')).toEqual([]);
  expect(await found('on=2019-12-31')).toEqual([]);
  expect(await found('on=2020-01-01')).toEqual(['leave-7']);
});

test('a draft is its author’s alone, and goes when it is dropped', async () => {
  const path = '/api/v1/me/drafts/start:appeal';
  expect((await api.ask(`PUT ${path}`, { as: 'li', body: { data: { title: '草稿' } } })).body).toMatchObject({ data: { title: '草稿' } });
  expect((await api.ask(`GET ${path}`, { as: 'wang' })).status).toBe(404);
  expect((await api.ask(`GET ${path}`, { as: 'li' })).body.data).toEqual({ title: '草稿' });
  expect((await api.ask('GET /api/v1/me/drafts', { as: 'li' })).body.items).toMatchObject([{ target: 'start:appeal' }]);
  expect((await api.ask('GET /api/v1/me/drafts', { as: 'wang' })).body.items).toEqual([]);
  expect((await api.ask(`DELETE ${path}`, { as: 'li' })).status).toBe(204);
  expect((await api.ask(`GET ${path}`, { as: 'li' })).status).toBe(404);
  expect((await api.ask('PUT /api/v1/me/drafts/SQ-2026-000001.1', { as: 'li', body: { data: {} } })).status).toBe(404);
});

test('the draft of a start keeps the unit and whom it is for, sealed', async () => {
  const path = '/api/v1/me/drafts/start:hardship-file';
  const draft = { data: {}, unit: 'station-1', onBehalfOf: 'zhao' };
  expect((await api.ask(`PUT ${path}`, { as: 'leader-1', body: draft })).status).toBe(200);
  expect((await api.ask(`GET ${path}`, { as: 'leader-1' })).body).toMatchObject(draft);
  const [row] = await api.database.db.draft.findMany({ where: { personId: 'leader-1' } });
  expect(Buffer.from(row?.beside ?? []).toString()).not.toContain('zhao');
  await api.ask(`PUT ${path}`, { as: 'leader-1', body: { data: { note: '未完' } } });
  const { unit, onBehalfOf } = (await api.ask(`GET ${path}`, { as: 'leader-1' })).body;
  expect([unit, onBehalfOf]).toEqual([undefined, undefined]);
});

test('saved views are their owner’s alone, in their order, and no drafts', async () => {
  const items = [
    { name: '本周', filters: 'due=week' },
    { name: '2', filters: 'process=appeal&show=unit' },
  ];
  expect((await api.ask('GET /api/v1/me/views', { as: 'handler-1' })).body).toEqual({ items: [] });
  expect((await api.ask('PUT /api/v1/me/views', { as: 'handler-1', body: { items } })).status).toBe(200);
  expect((await api.ask('GET /api/v1/me/views', { as: 'handler-1' })).body).toEqual({ items });
  expect((await api.ask('GET /api/v1/me/views', { as: 'handler-2' })).body).toEqual({ items: [] });
  expect((await api.ask('GET /api/v1/me/drafts', { as: 'handler-1' })).body.items).toEqual([]);
  expect((await api.ask('PUT /api/v1/me/views', { as: 'handler-1', body: { items: [{ name: ' ', filters: '' }] } })).status).toBe(400);
});

test('channels are kept sealed and told only to their owner', async () => {
  await api.ask('PUT /api/v1/me/channels', { as: 'li', body: { email: 'li@example.org' } });
  expect((await api.ask('GET /api/v1/me/channels', { as: 'li' })).body).toMatchObject({ email: 'li@example.org', webhook: null });
  expect((await api.ask('GET /api/v1/me/channels', { as: 'wang' })).body).toMatchObject({ email: null, webhook: null });
  const rows = await api.database.db.channel.findMany();
  expect(Buffer.from(rows[0]?.address ?? []).toString()).not.toContain('example.org');
  expect((await api.ask('PUT /api/v1/me/channels', { as: 'li', body: { webhook: 'ftp://x' } })).status).toBe(400);
});
