import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CaseNumber } from '../../domain/ids.ts';
import { type TestBureau, testBureau } from '../../test/bureau.ts';
import { until } from '../../test/until.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau({ workflows: fileURLToPath(new URL('../../test/fixtures/branching-workflow.ts', import.meta.url)) });
}, 120_000);
afterAll(() => bureau?.close());

test('branches run side by side, and the case goes on when all have ended and what it waits for has come', async () => {
  const c = await bureau.start('rectification', 'li', { cause: 'management', order: '整改' });
  const keys = async () => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);
  expect(await keys()).toEqual(['sign', 'do']);

  await c.complete('do', 'leader-1', { rootCause: '无人负责', measures: '指定专人' });
  await c.complete('sign', 'leader-1', { note: '收到' });
  expect(await keys()).toEqual([]);
  expect((await c.live()).waits).toMatchObject([{ key: 'settling', endsAt: expect.any(String) }]);

  await bureau.skip({ days: 3, minutes: 1 });
  await until(async () => (await c.links()).length === 1, 'the part was not opened');
  const [link] = await c.links();
  expect((await c.live()).waits).toMatchObject([{ key: 'part', endsAt: null }]);

  const part = bureau.caseOf(link?.number as CaseNumber);
  await until(async () => (await part.row()).state === 'open', 'the part did not start');
  await part.complete('sign', 'leader-1', { note: '收到' });
  await until(async () => (await keys()).includes('verify'), 'the case did not hear that the part had ended');
  await c.complete('verify', 'supervisor-1', { decision: 'approve' });
  expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'rectified' });
  expect(await c.events()).toEqual(expect.arrayContaining(['wait-begun', 'wait-ended', 'spawned']));
}, 60_000);
