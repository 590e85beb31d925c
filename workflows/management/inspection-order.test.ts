import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const intake = { reasons: '督办逾期三日未落实。' };
const inspectors = { lead: 'inspector-1', second: 'inspector-2' };
const record = { place: '东湖派出所值班室', observed: '公示栏空白。' };
const points = { points: [{ point: '值班公示', finding: 'not-done', facts: '公示栏空白，照片两张。' }] };
const order = { decision: 'order', demands: '三日内公示。', limit: '3' };
const corrected = { result: 'corrected', measures: '已公示。', proof: ['公示照片'] };

const opened = (): Promise<TestCase> => bureau.start('inspection-order', 'supervisor-1', intake, { unit: 'station-1', subject: null });

async function onSite(): Promise<TestCase> {
  const c = await opened();
  await c.complete('name-inspectors', 'inspection-head', inspectors);
  return c;
}

async function found(): Promise<TestCase> {
  const c = await onSite();
  await c.complete('on-site', 'inspector-1', record);
  await c.complete('countersign', 'inspector-2', { decision: 'approve' });
  await c.complete('findings', 'inspector-1', points);
  return c;
}

async function served(): Promise<TestCase> {
  const c = await found();
  await c.complete('order', 'inspection-head', order);
  await c.complete('acknowledge', 'leader-1', { note: '收到。' });
  return c;
}

describe('督察 an inspection order', () => {
  test('is carried out by two inspectors, ordered by another person, and ends when the unit has corrected it', async () => {
    const c = await served();
    expect(await c.open('correct')).toMatchObject({ role: 'unit-leader', unit: 'station-1' });
    await c.complete('correct', 'leader-1', corrected);
    await c.complete('verify', 'inspection-head', { decision: 'approve' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'corrected', handler: 'inspector-1' });
    expect(await c.events()).toContain('order-served');
  });

  test('takes two different inspectors', async () => {
    const c = await opened();
    await c.complete('name-inspectors', 'inspection-head', { lead: 'inspector-1', second: 'inspector-1' });
    expect(await c.row()).toMatchObject({ stage: 'name-inspectors', state: 'open' });
    await c.complete('name-inspectors', 'inspection-head', inspectors);
    expect(await c.open('on-site')).toMatchObject({ assignee: 'inspector-1' });
  });

  test('has a record that both sign: what the second inspector does not sign is written anew', async () => {
    const c = await onSite();
    await c.complete('on-site', 'inspector-1', record);
    await c.complete('countersign', 'inspector-2', { decision: 'return', reasons: '漏记值班表。' });
    await c.complete('on-site', 'inspector-1', { ...record, observed: '公示栏空白，值班表缺页。' });
    await c.complete('countersign', 'inspector-2', { decision: 'approve' });
    expect(await c.open('findings')).toMatchObject({ assignee: 'inspector-1' });
  });

  test('is decided by neither inspector, and the findings may be sent back', async () => {
    const c = await found();
    expect((await c.open('order')).excluded).toEqual(expect.arrayContaining(['inspector-1', 'inspector-2']));
    await c.complete('order', 'inspection-head', { decision: 'return', reasons: '证据不足。' });
    await c.complete('findings', 'inspector-1', points);
    await c.complete('order', 'inspection-head', { decision: 'no-order', reasons: '当场已纠正。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'no-order' });
  });

  test('that nobody signs for in time counts as served, and its clock runs', async () => {
    const c = await found();
    await c.complete('order', 'inspection-head', order);
    await bureau.skip({ days: 5 });
    await c.until('correct');
    expect((await c.open('correct')).dueAt).not.toBeNull();
  });

  test('keeps its limit where the proof is returned with reasons', async () => {
    const c = await served();
    const before = await c.open('correct');
    await c.complete('correct', 'leader-1', corrected);
    await c.complete('verify', 'inspection-head', { decision: 'return', reasons: '照片不清。' });
    expect((await c.open('correct')).dueAt).toEqual(before.dueAt);
  });
});

describe('追责 accountability is due', () => {
  const isReferred = async (c: TestCase) => {
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'referred-for-accountability' });
    expect(await c.links()).toContainEqual(expect.objectContaining({ relation: 'accountability', process: 'accountability' }));
    expect(await c.notices('chief')).toContain('accountability-due');
    expect(await c.notices('discipline-1')).toContain('accountability-due');
  };

  test('where the unit refuses', async () => {
    const c = await served();
    await c.complete('correct', 'leader-1', { result: 'refused', reasons: '无人手。' });
    await isReferred(c);
  });

  test('where nothing comes within the limit', async () => {
    const c = await served();
    await bureau.skip({ days: 10 });
    await c.until('closed');
    await isReferred(c);
  });

  test('where the correction is found not to be one', async () => {
    const c = await served();
    await c.complete('correct', 'leader-1', corrected);
    await c.complete('verify', 'inspection-head', { decision: 'refuse', reasons: '仍未公示。' });
    await isReferred(c);
  });
});

test('the ladder of an inspection order ends at the bureau leader and calls no further inspection', async () => {
  const c = await opened();
  await bureau.skip({ days: 10 });
  expect(await c.notices('chief')).toContain('escalate');
  expect(await c.events()).not.toContain('inspect');
});
