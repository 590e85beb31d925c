import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api?.close());

const put = (as: TestPerson, body: object) => api.ask('PUT /api/v1/me/channels', { as, body });
const get = async (as: TestPerson) => (await api.ask('GET /api/v1/me/channels', { as })).body;

const robot = { url: 'https://oapi.dingtalk.com/robot/send?access_token=t', secret: 'SEC1' };

test('whoever sets nothing is told in the inbox only, at any hour', async () => {
  expect(await get('zhao')).toEqual({
    email: null,
    webhook: null,
    wecom: null,
    dingtalk: null,
    topics: {},
    quietHours: null,
    digestAt: null,
    failing: [],
  });
});

test('what somebody sets is what they read', async () => {
  const wanted = {
    email: 'li@bureau.example',
    dingtalk: robot,
    topics: { email: ['task', 'brief'] },
    quietHours: { from: '22:00', to: '07:00', daysOff: true },
    digestAt: '17:30',
  };
  const answer = await put('li', wanted);
  expect(answer).toMatchObject({ status: 200, body: { ...wanted, webhook: null } });
  expect(answer.body.topics.dingtalk).toEqual(['task', 'reminder', 'escalation', 'brief']);
  expect(await get('li')).toEqual(answer.body);
});

test('an address is kept sealed, a secret too', async () => {
  await put('wang', { dingtalk: robot });
  const [row] = await api.database.db.channel.findMany({ where: { personId: 'wang' } });
  expect(Buffer.from(row?.address ?? []).toString('latin1')).not.toMatch(/dingtalk|SEC1/);
});

test('a client of earlier days, that knows of mail and webhook only, leaves hours and topics as they are', async () => {
  await put('handler-1', {
    email: 'a@bureau.example',
    topics: { email: ['task'] },
    quietHours: { from: '22:00', to: '07:00', daysOff: false },
  });
  await put('handler-1', { email: 'b@bureau.example', webhook: null });
  expect(await get('handler-1')).toMatchObject({
    email: 'b@bureau.example',
    webhook: null,
    topics: { email: ['task'] },
    quietHours: { from: '22:00' },
  });
  await put('handler-1', { quietHours: null });
  expect(await get('handler-1')).toMatchObject({ email: null, topics: {}, quietHours: null });
});

test.each([
  [{ webhook: 'ftp://x' }, 400],
  [{ wecom: 'robot' }, 400],
  [{ dingtalk: 'https://oapi.dingtalk.com/robot/send' }, 400],
  [{ topics: { email: ['gossip'] } }, 400],
  [{ topics: { pigeon: ['task'] } }, 400],
  [{ quietHours: { from: '25:00', to: '07:00', daysOff: false } }, 400],
  [{ digestAt: '24:00' }, 400],
  [{ quietHours: { from: '22:00', to: null, daysOff: false } }, 422],
  [{ quietHours: { from: '22:00', to: '22:00', daysOff: false } }, 422],
])('%j is refused and changes nothing', async (body, status) => {
  await put('desk-1', { email: 'desk@bureau.example' });
  expect(await put('desk-1', body)).toMatchObject({ status });
  expect(await get('desk-1')).toMatchObject({ email: 'desk@bureau.example', quietHours: null });
});

test('the person concerned sees that a channel fails, until the address is another one', async () => {
  await put('desk-2', { email: 'desk@bureau.example' });
  await api.database.db.$executeRaw`
    update channel set failing_since = '2026-03-04T09:00:00Z', error = 'unreachable' where person_id = 'desk-2'`;
  const failing = [{ channel: 'email', since: '2026-03-04T09:00:00.000Z', error: 'unreachable' }];
  expect(await get('desk-2')).toMatchObject({ failing });
  expect((await put('desk-2', { email: 'desk@bureau.example' })).body).toMatchObject({ failing });
  expect((await put('desk-2', { email: 'other@bureau.example' })).body).toMatchObject({ failing: [] });
});
