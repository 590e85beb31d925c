import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau({ workflows: fileURLToPath(new URL('../../test/fixtures/serving-workflow.ts', import.meta.url)) });
}, 60_000);
afterAll(() => bureau?.close());

async function toBeServed(): Promise<TestCase> {
  const c = await bureau.start('rectification', 'wang', { cause: 'management', order: '整改' });
  await c.complete('sign', 'leader-2', { note: '收到。' });
  return c;
}

const remedy = async (c: TestCase) => (await c.open('verify')).dueAt;
const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);

describe('a document', () => {
  test.each([
    ['in person', { how: 'in-person' }],
    ['by mail', { how: 'mail', tracking: 'EX123' }],
    ['through the unit', { how: 'left-at-unit', receiver: 'leader-1' }],
    ['on someone who refuses it, before two witnesses', { how: 'refused', reason: '拒绝签字', witnesses: ['leader-1', 'deputy-1'] }],
  ])('is served %s, and the time of the remedy runs from then', async (_how, service) => {
    const [early, late] = [await toBeServed(), await toBeServed()];
    const at = await bureau.now();
    await early.complete('serve', 'zhao', { ...service, at });
    const due = await remedy(early);
    await bureau.skip({ days: 1 });
    await late.complete('serve', 'zhao', { ...service, at });
    expect(await late.events()).toContain('served');
    expect(await remedy(late)).toEqual(due);
  });

  test('is not served by a refusal that fewer than two others saw: it is done again', async () => {
    const c = await toBeServed();
    const at = await bureau.now();
    const refused = (witnesses: string[]) => c.complete('serve', 'zhao', { how: 'refused', at, reason: '拒收', witnesses });
    await expect(refused(['leader-1', 'leader-1'])).rejects.toMatchObject({ slug: 'invalid-form' });
    await refused(['leader-1', 'zhao']);
    expect(await openKeys(c)).toEqual(['serve']);
    expect((await c.events()).filter((type) => type === 'service-fails')).toHaveLength(1);
    await refused(['leader-1', 'deputy-1']);
    expect(await openKeys(c)).toEqual(['verify']);
  });

  test('is not served at a time to come, or before there was anything to serve', async () => {
    const before = await bureau.now();
    await bureau.skip({ hours: 1 });
    const c = await toBeServed();
    const later = new Date(Date.parse(await bureau.now()) + 3_600_000).toISOString();
    for (const at of [before, later]) {
      await c.complete('serve', 'zhao', { how: 'in-person', at });
      expect(await openKeys(c)).toEqual(['serve']);
    }
  });

  test('is served through the system when the person confirms that they have opened it', async () => {
    const c = await toBeServed();
    await c.complete('serve', 'zhao', { how: 'system' });
    expect(await c.open('confirm-receipt')).toMatchObject({ assignee: 'li' });
    await c.complete('confirm-receipt', 'li', {});
    expect(await openKeys(c)).toEqual(['verify']);
  });

  test('that is not opened in time is served another way', async () => {
    const c = await toBeServed();
    await c.complete('serve', 'zhao', { how: 'system' });
    await bureau.skip({ days: 20 });
    expect(await openKeys(c)).toEqual(['serve']);
    await c.complete('serve', 'zhao', { how: 'in-person', at: await bureau.now() });
    expect(await openKeys(c)).toEqual(['verify']);
  });
});

test('a remedy whose time has passed since the service ends at once', async () => {
  const c = await toBeServed();
  const at = await bureau.now();
  await bureau.skip({ days: 60 });
  await c.complete('serve', 'zhao', { how: 'mail', at, tracking: 'EX1' });
  await bureau.skip({ minutes: 1 });
  expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
});
