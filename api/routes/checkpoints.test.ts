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
