import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { takeCheckpoint } from '../../store/record-checkpoint.ts';
import { type TestApi, testApi } from '../../test/api.ts';
import { testRing } from '../../test/key-ring.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(() => api?.close());

async function open(): Promise<string> {
  const data = { channel: 'desk', title: '食堂', content: '午餐偏冷。' };
  const { body } = await api.ask('POST /api/v1/cases', {
    as: 'li',
    body: { process: 'appeal', data },
    headers: { Prefer: 'respond-async' },
  });
  return body.number;
}

const checkpoint = () => takeCheckpoint({ db: api.database.db, ring: testRing }, new Date());

test('a case is covered from the next checkpoint on', async () => {
  const number = await open();
  const before = await api.ask(`GET /api/v1/cases/${number}/verify`, { as: 'li' });
  expect(before.body).toMatchObject({ ok: true, inclusion: null });
  const { taken } = await checkpoint();
  const after = await api.ask(`GET /api/v1/cases/${number}/verify`, { as: 'li' });
  expect(after.body).toMatchObject({
    ok: true,
    inclusion: { checkpoint: taken?.number, checkpointHash: taken?.hash, root: taken?.root, head: after.body.head },
  });
});

test('checkpoints are listed newest first, page by page, for auditors and administrators alone', async () => {
  await checkpoint();
  const { taken } = await checkpoint();
  const first = await api.ask('GET /api/v1/checkpoints?limit=1', { as: 'auditor' });
  expect(first.body.items).toEqual([expect.objectContaining({ number: taken?.number, hash: taken?.hash })]);
  const next = await api.ask(`GET /api/v1/checkpoints?limit=1&cursor=${first.body.nextCursor}`, { as: 'admin' });
  expect(next.body.items[0].hash).toBe(first.body.items[0].previous);
  for (const as of ['li', 'chief', 'supervisor-1'] as const) expect((await api.ask('GET /api/v1/checkpoints', { as })).status).toBe(403);
});

test('the newest checkpoint verifies, until someone changes what it stands on', async () => {
  await open();
  const { taken } = await checkpoint();
  const latest = () => api.ask('GET /api/v1/audit/checkpoint', { as: 'auditor' });
  expect((await latest()).body).toMatchObject({
    checkpoint: { number: taken?.number, hash: taken?.hash },
    verified: { ours: true, follows: true, root: true },
  });
  const { db } = api.database;
  const [kept] = await db.$queryRaw<{ root: string }[]>`select root from record_block order by checkpoint desc limit 1`;
  await db.$executeRaw`alter table record_block disable trigger user`;
  await db.$executeRaw`update record_block set root = ${'0'.repeat(64)} where root = ${kept?.root}`;
  expect((await latest()).body.verified).toEqual({ ours: true, follows: true, root: false });
  expect((await api.ask('GET /api/v1/audit/checkpoint', { as: 'political-1' })).status).toBe(403);
});

test('keys are told by name, with when each signed, and never as keys', async () => {
  const { taken } = await checkpoint();
  const { status, body } = await api.ask('GET /api/v1/keys', { as: 'admin' });
  expect(status).toBe(200);
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual(testRing.ids);
  expect(body.items[0]).toEqual({ id: testRing.ids[0], inUse: true, signedFrom: expect.any(String), signedUntil: taken?.at.toISOString() });
  expect(Object.keys(body.items[0])).toHaveLength(4);
  expect((await api.ask('GET /api/v1/keys', { as: 'supervisor-1' })).status).toBe(403);
});
