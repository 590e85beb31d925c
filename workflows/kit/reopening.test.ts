import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Instant } from '../../domain/ids.ts';
import { wish } from '../../test/appeal.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const suspend = async (c: TestCase) => {
  const until = new Date(Date.parse(await bureau.now()) + 3_600_000).toISOString() as Instant;
  await c.submit('supervisor-1', { action: 'suspend', until, reason: '等待批复' });
};
const waits = async (c: TestCase) => (await c.live()).waits.map(({ key }) => key);

test('a reopened case waits again, whatever it has waited for before', async () => {
  const c = await bureau.start('appeal', 'li', wish);
  await suspend(c);
  await c.submit('li', { action: 'withdraw', reason: '已解决' });
  await bureau.reopen(c.number);
  await suspend(c);
  expect(await waits(c)).toEqual(['suspension']);
  await bureau.skip({ hours: 2 });
  expect(await waits(c)).toEqual([]);
});

test('a reopened case whose workflow is lost while it waits goes on waiting', async () => {
  const c = await bureau.start('appeal', 'li', wish);
  await suspend(c);
  await c.submit('li', { action: 'withdraw', reason: '已解决' });
  await bureau.reopen(c.number);
  await suspend(c);
  await bureau.loseWorkflow(c.number);
  await bureau.skip({ hours: 2 });
  // Each of the two once: the first ended with the case.
  expect((await c.events()).filter((type) => type === 'suspension-ended')).toHaveLength(2);
});
