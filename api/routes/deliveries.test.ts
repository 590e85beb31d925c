import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type TestApi, testApi } from '../../test/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  await api.ask('PUT /api/v1/me/channels', { as: 'li', body: { email: 'li@bureau.example', webhook: 'https://hook.example/1' } });
});
afterAll(() => api?.close());

const facts = JSON.stringify({ kind: 'channel-failed', channel: 'wecom' });
beforeEach(async () => {
  const { db } = api.database;
  await db.$executeRaw`truncate delivery, notice restart identity`;
  await db.$executeRaw`insert into notice (person_id, kind, at, facts) values ('li', 'channel-failed', '2026-03-04T09:00Z', ${facts}::jsonb)`;
  await db.$executeRaw`
    insert into delivery (notice_id, person_id, channel, state, attempts, error, queued_at, next_at, ended_at) values
      (1, 'li', 'email', 'failed', 12, 'refused 550', '2026-03-04T09:00Z', '2026-03-04T09:00Z', '2026-03-05T09:00Z'),
      (1, 'li', 'webhook', 'failed', 12, 'unreachable', '2026-03-04T09:00Z', '2026-03-04T09:00Z', '2026-03-05T09:00Z'),
      (1, 'li', 'wecom', 'failed', 1, 'channel-removed', '2026-03-04T09:00Z', '2026-03-04T09:00Z', '2026-03-05T09:00Z'),
      (1, 'li', 'email', 'queued', 1, 'no-answer', '2026-03-04T09:00Z', now() - interval '90 seconds', null)`;
});

const list = async (query: string) => (await api.ask(`GET /api/v1/deliveries${query}`, { as: 'admin' })).body;
const states = async () => (await list('?state=queued')).items.map(({ id }: { id: string }) => id);

test('an administrator sees what failed, and neither text nor address nor case', async () => {
  const { items } = await list('?channel=email');
  expect(items).toEqual([
    {
      id: '1',
      person: 'li',
      channel: 'email',
      topic: 'progress',
      state: 'failed',
      attempts: 12,
      error: 'refused 550',
      queuedAt: '2026-03-04T09:00:00.000Z',
      nextAt: null,
      endedAt: '2026-03-05T09:00:00.000Z',
    },
  ]);
});

test('the list is paged, newest first', async () => {
  const first = await list('?limit=2');
  expect(first.items.map(({ id }: { id: string }) => id)).toEqual(['3', '2']);
  expect((await list(`?limit=2&cursor=${first.nextCursor}`)).items.map(({ id }: { id: string }) => id)).toEqual(['1']);
});

test('those named are queued anew, but not those whose channel is gone', async () => {
  const answer = await api.ask('POST /api/v1/deliveries/retry', { as: 'admin', body: { ids: ['1', '3'] } });
  expect(answer.body).toEqual({ retried: 1 });
  expect(await states()).toEqual(['4', '1']);
});

test('all of a channel are queued anew', async () => {
  const answer = await api.ask('POST /api/v1/deliveries/retry', { as: 'admin', body: { channel: 'webhook' } });
  expect(answer.body).toEqual({ retried: 1 });
  expect(await states()).toEqual(['4', '2']);
});

test.each(['chief', 'supervisor-1', 'auditor', 'li'] as const)('%s learns nothing of deliveries', async (as) => {
  expect((await api.ask('GET /api/v1/deliveries', { as })).status).toBe(403);
  expect((await api.ask('POST /api/v1/deliveries/retry', { as, body: {} })).status).toBe(403);
});

test('the metrics tell how many wait and failed, and for how long, by channel', async () => {
  const { body } = await api.ask('GET /metrics');
  expect(body).toMatch(/^fivefold_deliveries_queued\{channel="email"\} 1$/m);
  expect(body).toMatch(/^fivefold_deliveries_failed\{channel="webhook"\} 1$/m);
  expect(body).toMatch(/^fivefold_deliveries_failed\{channel="dingtalk"\} 0$/m);
  const [, oldest] = /^fivefold_delivery_oldest_seconds\{channel="email"\} ([\d.]+)$/m.exec(body) ?? [];
  expect(Number(oldest)).toBeGreaterThan(89);
});

test('a notice without a case stands in the inbox with a text and no case', async () => {
  const { items } = (await api.ask('GET /api/v1/notifications', { as: 'li' })).body;
  expect(items).toMatchObject([
    { kind: 'channel-failed', case: null, process: null, task: null, text: { zh: expect.stringContaining('企业微信') } },
  ]);
});
