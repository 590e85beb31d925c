import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestBureau, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const order = { cause: 'management', order: '值班表按月公示。' };
const done = { rootCause: '无人负责值班表。', measures: '指定专人，每月公示。' };

test('is signed for, put right and verified by the supervision desk', async () => {
  const c = await bureau.start('rectification', 'li', order);
  expect(await c.open('sign')).toMatchObject({ role: 'unit-leader', unit: 'station-1' });
  await c.complete('sign', 'leader-1', { note: '收到。' });
  await c.complete('do', 'leader-1', done);
  expect(await c.open('verify')).toMatchObject({ role: 'supervision-desk', excluded: expect.arrayContaining(['leader-1']) });
  await c.complete('verify', 'supervisor-1', { decision: 'approve' });
  expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'rectified' });
});

test('goes back with reasons until it is put right, or is found not put right', async () => {
  const c = await bureau.start('rectification', 'li', order);
  await c.complete('sign', 'leader-1', { note: '收到。' });
  await c.complete('do', 'leader-1', done);
  await c.complete('verify', 'supervisor-1', { decision: 'return', reasons: '未见公示。' });
  await c.complete('do', 'leader-1', done);
  await c.complete('verify', 'supervisor-1', { decision: 'refuse', reasons: '仍未公示。' });
  expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
});

test('that nobody signs for climbs to the leader above', async () => {
  const c = await bureau.start('rectification', 'li', order);
  await bureau.skip({ days: 10 });
  expect(await c.notices('branch-leader')).toContain('escalate');
});
