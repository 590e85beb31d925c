import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseNumber } from '../../domain/ids.ts';
import { type TestBureau, type TestCase, testBureau, until } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const order = { cause: 'policy', order: '值班表按月公示。' };
const done = { rootCause: '无人负责值班表。', measures: '指定专人，每月公示。' };
const relapsed = { result: 'relapsed', found: '本月又未公示。' };

async function signed(data: object = order, form: object = {}): Promise<TestCase> {
  const c = await bureau.start('rectification', 'supervisor-1', data, { unit: 'station-1', subject: null });
  await c.complete('sign', 'leader-1', { note: '收到。', ...form });
  return c;
}

async function verified(): Promise<TestCase> {
  const c = await signed();
  await putRight(c);
  return c;
}

async function putRight(c: TestCase): Promise<void> {
  await c.complete('do', 'leader-1', done);
  await c.complete('verify', 'supervisor-1', { decision: 'approve' });
}

async function lookBack(c: TestCase, result: object): Promise<void> {
  await bureau.skip({ days: 31 });
  await dueForLookBack(c);
  await c.complete('look-back', 'supervisor-2', result);
}

const dueForLookBack = (c: TestCase) => until(async () => (await openKeys(c)).includes('look-back'), 'nobody was asked to look back');
const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);

async function inspectionOf(c: TestCase): Promise<TestCase> {
  const link = (await c.links()).find(({ relation }) => relation === 'inspection');
  expect(link).toMatchObject({ process: 'inspection-order' });
  return bureau.caseOf(link?.number as CaseNumber);
}

describe('整改 a rectification', () => {
  test('is signed for by the unit’s leader, who may name whoever puts it right', async () => {
    const c = await signed(order, { owner: 'handler-1' });
    expect(await c.open('do')).toMatchObject({ assignee: 'handler-1' });
    expect(await c.row()).toMatchObject({ handler: 'handler-1' });
  });

  test('is verified by someone else, and closed provisionally until it has been looked at again', async () => {
    const c = await signed();
    await c.complete('do', 'leader-1', done);
    expect(await c.open('verify')).toMatchObject({ role: 'supervision-desk', excluded: expect.arrayContaining(['leader-1']) });
    await c.complete('verify', 'supervisor-1', { decision: 'approve' });
    expect(await c.row()).toMatchObject({ state: 'open', stage: 'provisional' });
    expect((await c.live()).waits).toMatchObject([{ key: 'look-back', endsAt: expect.any(String) }]);
    await bureau.skip({ days: 29 });
    expect(await openKeys(c)).toEqual([]);
    await bureau.skip({ days: 2 });
    await dueForLookBack(c);
  });

  test('that lasts is closed by someone who did not verify it', async () => {
    const c = await verified();
    await bureau.skip({ days: 31 });
    await dueForLookBack(c);
    expect((await c.open('look-back')).excluded).toEqual(expect.arrayContaining(['leader-1', 'supervisor-1']));
    await c.complete('look-back', 'supervisor-2', { result: 'lasting', found: '连续公示。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'rectified' });
  });

  test('returned with reasons keeps its original limit', async () => {
    const c = await signed();
    const before = await c.open('do');
    await bureau.skip({ days: 3 });
    await c.complete('do', 'leader-1', done);
    await c.complete('verify', 'supervisor-1', { decision: 'return', reasons: '未见公示。' });
    expect(await c.open('do')).toMatchObject({ dueAt: before.dueAt, assignee: 'leader-1' });
  });

  test('may be taken back by its author while nobody has begun to verify it', async () => {
    const c = await signed();
    const { id } = await c.open('do');
    await c.complete('do', 'leader-1', done);
    await c.submit('leader-1', { action: 'recall', task: id, reason: '补充附件' });
    expect(await openKeys(c)).toEqual(['do']);
  });

  test('that nobody signs for climbs to the leader above', async () => {
    const c = await bureau.start('rectification', 'supervisor-1', order, { unit: 'station-1', subject: null });
    await bureau.skip({ days: 10 });
    expect(await c.notices('branch-leader')).toContain('escalate');
  });
});

describe('反躬自省 where management was at fault', () => {
  const byManagement = { ...order, cause: 'management' };

  test('nobody verifies before the leader of the unit has given a self-review, whoever put it right', async () => {
    const c = await signed(byManagement, { owner: 'handler-1' });
    await c.complete('do', 'handler-1', done);
    expect(await openKeys(c)).toEqual(['self-review']);
    expect(await c.open('self-review')).toMatchObject({ role: 'unit-leader', unit: 'station-1' });
    await c.complete('self-review', 'leader-1', { selfReview: '分工不明，责任在我。' });
    expect(await openKeys(c)).toEqual(['verify']);
  });

  test('a self-review that came with the measures is not asked for again', async () => {
    const c = await signed(byManagement);
    await c.complete('do', 'leader-1', { ...done, selfReview: '分工不明，责任在我。' });
    expect(await openKeys(c)).toEqual(['verify']);
  });
});

describe('反弹 a relapse', () => {
  test('opens the rectification once more, with a limit of its own', async () => {
    const c = await verified();
    await lookBack(c, relapsed);
    expect(await c.row()).toMatchObject({ state: 'open', stage: 'do' });
    expect((await c.open('do')).dueAt?.getTime()).toBeGreaterThan(Date.parse(await bureau.now()) + 29 * 86_400_000);
    await putRight(c);
    await lookBack(c, { result: 'lasting', found: '已连续公示。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'rectified' });
  });

  test('for the second time goes to inspection, against the unit, with what was found', async () => {
    const c = await verified();
    await lookBack(c, relapsed);
    await putRight(c);
    await lookBack(c, relapsed);
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'relapsed' });
    const inspection = await inspectionOf(c);
    expect(await inspection.row()).toMatchObject({ unit: 'station-1', stage: 'name-inspectors' });
  });
});

test('what is refused as not put right goes to inspection, whose result comes back to the case and to whoever issued it', async () => {
  const c = await signed();
  await c.complete('do', 'leader-1', done);
  await c.complete('verify', 'supervisor-1', { decision: 'refuse', reasons: '弄虚作假。' });
  expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'refused' });
  const inspection = await inspectionOf(c);
  await until(async () => (await c.events()).includes('inspection-opened'), 'the inspection did not begin');

  await inspection.complete('name-inspectors', 'inspection-head', { lead: 'inspector-1', second: 'inspector-2' });
  await inspection.complete('on-site', 'inspector-1', { place: '值班室', observed: '已公示。' });
  await inspection.complete('countersign', 'inspector-2', { decision: 'approve' });
  await inspection.complete('findings', 'inspector-1', { points: [{ point: '公示', finding: 'done', facts: '照片。' }] });
  await inspection.complete('order', 'inspection-head', { decision: 'no-order', reasons: '已纠正。' });
  expect(await c.events()).toContain('inspected');
  expect(await c.notices('supervisor-1')).toContain('inspected');
  expect(await inspection.links()).toContainEqual(expect.objectContaining({ relation: 'about', number: c.number }));
});
