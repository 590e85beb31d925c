import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestApi, testApi } from '../test/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const appeal = { channel: 'self-service', title: '食堂', content: '中午没有热饭' };
const start = { process: 'appeal', data: appeal };

const refused: [string, string, { as?: 'li'; body?: unknown; headers?: Record<string, string> }, number, string][] = [
  ['no sign-in', 'GET /api/v1/cases', {}, 401, 'not-signed-in'],
  ['a token that nobody holds', 'GET /api/v1/cases', { headers: { Authorization: 'Bearer no-such-token' } }, 401, 'not-signed-in'],
  ['broken JSON', 'POST /api/v1/cases', { as: 'li', body: '{"process":' }, 400, 'malformed'],
  ['a number instead of an object', 'POST /api/v1/cases', { as: 'li', body: '7' }, 400, 'malformed'],
  ['no body', 'POST /api/v1/cases', { as: 'li' }, 400, 'malformed'],
  ['an unknown field', 'POST /api/v1/cases', { as: 'li', body: { ...start, colour: 'red' } }, 400, 'malformed'],
  ['an unknown process', 'POST /api/v1/cases', { as: 'li', body: { ...start, process: 'party' } }, 400, 'malformed'],
  [
    'text that is not UTF-8 JSON',
    'POST /api/v1/cases',
    { as: 'li', body: 'a=b', headers: { 'Content-Type': 'text/plain' } },
    415,
    'unsupported-media-type',
  ],
  ['a NUL', 'POST /api/v1/cases', { as: 'li', body: { ...start, data: { ...appeal, title: 'a\0b' } } }, 400, 'malformed'],
  ['half a surrogate pair', 'POST /api/v1/cases', { as: 'li', body: '{"process":"appeal","data":{"title":"\\ud800"}}' }, 400, 'malformed'],
  ['more than a megabyte', 'POST /api/v1/cases', { as: 'li', body: { ...start, data: 'x'.repeat(1_100_000) } }, 413, 'too-large'],
  ['a wrong type in the form', 'POST /api/v1/cases', { as: 'li', body: { ...start, data: { ...appeal, title: 7 } } }, 422, 'invalid-form'],
  [
    'an over-long text',
    'POST /api/v1/cases',
    { as: 'li', body: { ...start, data: { ...appeal, title: 'x'.repeat(200) } } },
    422,
    'invalid-form',
  ],
  [
    'an unknown field in the form',
    'POST /api/v1/cases',
    { as: 'li', body: { ...start, data: { ...appeal, mood: 'bad' } } },
    422,
    'invalid-form',
  ],
  ['no form', 'POST /api/v1/cases', { as: 'li', body: { process: 'appeal' } }, 400, 'malformed'],
  [
    'a person whom nobody knows',
    'POST /api/v1/cases',
    { as: 'li', body: { ...start, data: { ...appeal, jointly: ['nobody'] } } },
    422,
    'invalid-form',
  ],
  ['a unit that nobody knows', 'POST /api/v1/cases', { as: 'li', body: { ...start, unit: 'moon' } }, 422, 'invalid-form'],
  ['a key with a line break', 'POST /api/v1/cases', { as: 'li', body: start, headers: { 'Idempotency-Key': 'ü' } }, 400, 'malformed'],
  [
    'a process that the role may not start',
    'POST /api/v1/cases',
    { as: 'li', body: { process: 'rectification', data: {} } },
    403,
    'forbidden',
  ],
  ["another person's appeal", 'POST /api/v1/cases', { as: 'li', body: { ...start, subject: 'wang' } }, 403, 'forbidden'],
  ['an unknown query parameter', 'GET /api/v1/cases?colour=red', { as: 'li' }, 400, 'malformed'],
  ['a repeated query parameter', 'GET /api/v1/cases?limit=1&limit=2', { as: 'li' }, 400, 'malformed'],
  ['too large a page', 'GET /api/v1/cases?limit=100000', { as: 'li' }, 400, 'malformed'],
  ['a cursor that nobody gave out', 'GET /api/v1/cases?cursor=WzEsMl0', { as: 'li' }, 400, 'malformed'],
  [
    'a cursor of another list',
    `GET /api/v1/cases?cursor=${Buffer.from('[null,"SQ-2026-000001.1"]').toString('base64url')}`,
    { as: 'li' },
    400,
    'malformed',
  ],
  ['a date that is none', 'GET /api/v1/cases?dueBefore=tomorrow', { as: 'li' }, 400, 'malformed'],
  ['an unknown case', 'GET /api/v1/cases/SQ-2026-999999', { as: 'li' }, 404, 'not-found'],
  ['no case number', 'GET /api/v1/cases/nonsense', { as: 'li' }, 404, 'not-found'],
  ['an unknown task', 'GET /api/v1/tasks/SQ-2026-999999.1', { as: 'li' }, 404, 'not-found'],
  ['an unknown task to complete', 'POST /api/v1/tasks/SQ-2026-999999.1/complete', { as: 'li', body: { data: {} } }, 404, 'not-found'],
  ['an unknown address', 'GET /api/v1/nothing', { as: 'li' }, 404, 'not-found'],
  ['a broken percent sign', 'GET /api/v1/cases/%E0%A4%A', { as: 'li' }, 400, 'malformed'],
  ['a method that the address does not have', 'DELETE /api/v1/cases', { as: 'li' }, 405, 'method-not-allowed'],
  ['a limit of nothing', 'GET /api/v1/calendar/due?from=2026-03-02T09:00:00%2B08:00', { as: 'li' }, 400, 'malformed'],
  ['a calendar of a thousand years', 'GET /api/v1/calendar?from=2026-01-01&to=3026-01-01', { as: 'li' }, 400, 'malformed'],
  ['a year without a calendar', 'GET /api/v1/calendar?from=2090-01-01&to=2090-01-02', { as: 'li' }, 422, 'calendar-gap'],
  ['a place in the feed that is none', 'GET /api/v1/stream', { as: 'li', headers: { 'Last-Event-ID': 'yesterday' } }, 400, 'malformed'],
];

test.each(refused)('%s is refused: %s', async (_what, request, asking, status, slug) => {
  const { status: answered, body, headers } = await api.ask(request, asking);
  expect({ status: answered, type: body.type }).toEqual({ status, type: `/problems/${slug}` });
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String), requestId: headers.get('x-request-id') });
  expect(body.instance).toBe(request.split(' ')[1]);
});

test('bytes that are not UTF-8 are refused', async () => {
  const response = await fetch(`${api.url}/api/v1/cases`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await api.tokenOf('li')}`, 'Content-Type': 'application/json' },
    body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
  });
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 400, body: { type: '/problems/malformed' } });
});

test('nothing was opened by all these requests', async () => {
  const { body } = await api.ask('GET /api/v1/cases', { as: 'supervisor-1' });
  expect(body.items).toEqual([]);
});

test('what is wrong with a form is told by path, in the language that was asked for', async () => {
  const body = { process: 'appeal', data: { channel: 'pigeon', title: '', jointly: ['nobody'], mood: 1 } };
  const chinese = await api.ask('POST /api/v1/cases', { as: 'li', body });
  const english = await api.ask('POST /api/v1/cases', { as: 'li', body, headers: { 'Accept-Language': 'en-GB,en;q=0.8' } });
  const paths = (answer: typeof chinese) => answer.body.errors.map(({ path }: { path: string }) => path).sort();
  expect(paths(chinese)).toEqual(['data.channel', 'data.content', 'data.mood', 'data.title']);
  expect(paths(english)).toEqual(paths(chinese));
  expect(chinese.body.title).toBe('表单有误');
  expect(english.body.title).toBe('Invalid form');
  expect(chinese.body.errors[0].message).toMatch(/[一-鿿]/);
  expect(english.body.errors[0].message).not.toMatch(/[一-鿿]/);
  expect(english.headers.get('content-language')).toBe('en');
});

test('a refused method names the ones that are there', async () => {
  const { headers } = await api.ask('DELETE /api/v1/cases', { as: 'li' });
  expect(headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
});

test('the log holds no token, no name, no query and no form', async () => {
  await api.ask('GET /api/v1/cases?q=不可记录的词', { as: 'li' });
  await api.ask('POST /api/v1/cases', { as: 'li', body: { process: 'appeal', data: { title: '不可记录的标题' } } });
  const logged = api.logged();
  expect(logged).toContain('/api/v1/cases');
  expect(logged).not.toMatch(/不可记录|姓名-li/);
  expect(logged).not.toContain(encodeURIComponent('不可记录'));
  expect(logged).not.toContain(await api.tokenOf('li'));
});

test('an address that was not percent-encoded is answered with a problem too', async () => {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  socket.end('GET /api/v1/cases?q=年休假 HTTP/1.1\r\nHost: bureau\r\n\r\n');
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
  expect(JSON.parse(body)).toMatchObject({ type: '/problems/malformed', status: 400 });
});
