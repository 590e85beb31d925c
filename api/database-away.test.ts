import { randomUUID } from 'node:crypto';
import { type TestApi, testApi } from '../test/api.ts';
import { type Relay, relayTo } from '../test/relay.ts';

let relay: Relay;
let api: TestApi;
beforeAll(async () => {
  api = await testApi({
    databaseThrough: async (address) => {
      relay = await relayTo(address);
      return relay.address;
    },
  });
});
afterAll(async () => {
  await api.close();
  await relay.close();
});

test('while the database is away every request says so within three seconds, and afterwards all is as before', async () => {
  await api.tokenOf('li');
  expect((await api.ask('GET /api/v1/cases', { as: 'li' })).status).toBe(200);

  relay.cut();
  const startedAt = Date.now();
  const answers = await Promise.all([
    api.ask('GET /api/v1/cases', { as: 'li' }),
    api.ask('GET /api/v1/tasks?mine=true', { as: 'li' }),
    api.ask('POST /api/v1/cases', { as: 'li', body: { process: 'appeal', data: { channel: 'self-service', title: '题', content: '…' } } }),
    api.ask('GET /api/v1/rules', { headers: { Authorization: 'Bearer unknown-token' } }),
  ]);
  expect(Date.now() - startedAt).toBeLessThan(3000);
  for (const { status, body, headers } of answers) {
    expect(status).toBe(503);
    expect(body.type).toBe('/problems/database-unavailable');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/select|insert|prisma|ECONN/i);
  }
  expect((await api.ask('GET /readyz')).body.parts.database.state).toBe('down');
  expect((await api.ask('GET /healthz')).status).toBe(200);

  await relay.mend();
  expect((await api.ask('GET /api/v1/cases', { as: 'li' })).body.items).toEqual([]);
});

describe.each(['before-the-answer', 'after-the-answer'] as const)('a database that goes away at the commit, %s came through', (when) => {
  test('leaves the outcome unknown, and the same key tells it', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = { process: 'appeal', data: { channel: 'self-service', title: '题', content: '…' } };
    const open = () => api.ask('POST /api/v1/cases', { as: 'li', body, headers });
    const all = async () => (await api.ask('GET /api/v1/cases', { as: 'li' })).body.items.length;
    const before = await all();
    relay.cutAt('COMMIT', when);
    const first = await open();
    expect([first.status, first.body.type]).toEqual([503, '/problems/outcome-unknown']);
    await relay.mend();
    const { status, body: known } = await open();
    expect(status).toBe(200);
    expect(await all()).toBe(before + 1);

    const comment = () => api.ask(`POST /api/v1/cases/${known.number}/comment`, { as: 'li', body: { text: '一' }, headers });
    relay.cutAt('COMMIT', when);
    const second = await comment();
    expect([second.status, second.body.type]).toEqual([503, '/problems/outcome-unknown']);
    await relay.mend();
    expect((await comment()).status).toBe(200);
    const { body: events } = await api.ask(`GET /api/v1/cases/${known.number}/events`, { as: 'li' });
    expect(events.filter(({ type }: { type: string }) => type === 'commented')).toHaveLength(1);
  });
});
