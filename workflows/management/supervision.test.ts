import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plainMs } from '../../domain/duration.ts';
import type { CaseNumber, Instant, UnitId } from '../../domain/ids.ts';
import { verifyChain } from '../../store/verify-chain.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const order = { source: 'meeting', title: '值班室改造', order: '月底前完成值班室改造并通过验收。', tier: '15' };
const signed = { handler: 'handler-1' };
const planned = { plan: '第一周拆除，第二周安装。' };
const underWay = { state: 'under-way', report: '拆除完毕。' };
const result = { result: '改造完成。', evidence: ['验收单 2026-18 号'] };
const dayMs = 86_400_000;

const issue = (data: object = {}): Promise<TestCase> =>
  bureau.start('supervision', 'supervisor-1', { ...order, ...data }, { unit: 'station-1', subject: null });

async function signedFor(data: object = {}): Promise<TestCase> {
  const c = await issue(data);
  await c.complete('sign', 'leader-1', signed);
  return c;
}

async function resultIn(): Promise<TestCase> {
  const c = await signedFor({ tier: '3' });
  await c.complete('result', 'handler-1', result);
  return c;
}

const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);

/** In days after the issue, to the day. */
async function dueDay(c: TestCase, key: string): Promise<number> {
  const { dueAt } = await c.open(key);
  const [{ at } = { at: new Date(0) }] = await c.recorded();
  return Math.round((((dueAt?.getTime() ?? 0) - at.getTime()) / dayMs) * 1000) / 1000;
}

describe('a directive', () => {
  test.each([
    ['1', ['sign', 'result'], [1, 1]],
    ['3', ['sign', 'result'], [1, 3]],
    ['5', ['sign', 'plan', 'result'], [1, 3, 5]],
    ['7', ['sign', 'plan', 'progress', 'result'], [1, 3, 5, 7]],
    ['15', ['sign', 'plan', 'progress', 'progress', 'result'], [1, 3, 5, 7, 15]],
    ['30', ['sign', 'plan', 'progress', 'progress', 'progress', 'result'], [1, 3, 5, 7, 15, 30]],
  ])('of tier %s asks for %j by days %j', async (tier, keys, days) => {
    const c = await issue({ tier });
    const forms: Record<string, [by: 'leader-1' | 'handler-1', data: object]> = {
      sign: ['leader-1', signed],
      plan: ['handler-1', planned],
      progress: ['handler-1', underWay],
    };
    for (const [index, key] of keys.entries()) {
      expect({ open: await openKeys(c), day: await dueDay(c, key) }).toEqual({ open: [key], day: days[index] });
      const form = forms[key];
      if (form) await c.complete(key, ...form);
    }
  });

  test('is signed for by the leader of the unit, who names the handler, and whoever issued it is told', async () => {
    const c = await issue();
    expect(await c.open('sign')).toMatchObject({ role: 'unit-leader', unit: 'station-1', assignee: null });
    await c.complete('sign', 'leader-1', signed);
    expect(await c.row()).toMatchObject({ handler: 'handler-1', stage: 'plan' });
    expect(await c.open('plan')).toMatchObject({ assignee: 'handler-1' });
    expect(await c.notices('supervisor-1')).toContain('directive-signed');
  });

  test('that is done early goes on to the result without the checkpoints between', async () => {
    const c = await signedFor();
    await c.complete('plan', 'handler-1', planned);
    await c.complete('progress', 'handler-1', { state: 'completed', report: '已完成。' });
    expect(await openKeys(c)).toEqual(['result']);
    expect(await dueDay(c, 'result')).toBe(15);
  });

  test('whose plan comes late is asked for the checkpoints that are still to come, not for those that have passed', async () => {
    const c = await signedFor();
    await bureau.skip({ days: 5, hours: 1 });
    await c.complete('plan', 'handler-1', planned);
    expect(await dueDay(c, 'progress')).toBe(7);
  });
});

describe('supporting units', () => {
  test('report their parts while the lead still works', async () => {
    const c = await issue({ supporting: ['station-2', 'branch', 'station-2'] });
    expect(await openKeys(c)).toEqual(['sign', 'support', 'support']);
    const parts = (await c.tasks()).filter(({ key }) => key === 'support');
    expect(parts.map(({ unit, role }) => `${role}@${unit}`)).toEqual(['unit-leader@station-2', 'unit-leader@branch']);
    expect(parts.map(({ dueAt }) => dueAt?.getTime())).toEqual(parts.map(() => expect.any(Number)));
  });

  test('that have not reported hold up the verification, and not the result', async () => {
    const c = await signedFor({ tier: '3', supporting: ['station-2'] });
    await c.complete('result', 'handler-1', result);
    expect(await openKeys(c)).toEqual(['support']);
    await c.complete('support', 'leader-2', { report: '已提供设备。' });
    expect(await openKeys(c)).toEqual(['verify']);
  });
});

describe('verification', () => {
  test('is the supervision desk’s, never the handler’s, and closes the directive', async () => {
    const c = await resultIn();
    expect(await c.open('verify')).toMatchObject({ role: 'supervision-desk', excluded: expect.arrayContaining(['handler-1']) });
    await c.complete('verify', 'supervisor-2', { decision: 'approve' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'done' });
    expect(await c.notices('supervisor-1')).toContain('directive-done');
  });

  test('that returns the result with reasons leaves the original limit as it is', async () => {
    const c = await resultIn();
    await bureau.skip({ days: 1 });
    await c.complete('verify', 'supervisor-2', { decision: 'return', reasons: '缺验收单。' });
    expect(await openKeys(c)).toEqual(['result']);
    expect(await c.open('result')).toMatchObject({ assignee: 'handler-1' });
    expect(await dueDay(c, 'result')).toBe(3);
    await c.complete('result', 'handler-1', result);
    await c.complete('verify', 'supervisor-2', { decision: 'approve' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'done' });
  });

  test('that refuses the result says why and opens an inspection order against the unit', async () => {
    const c = await resultIn();
    await c.complete('verify', 'supervisor-2', { decision: 'refuse', reasons: '弄虚作假，未改造。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'referred' });
    expect(await c.links()).toEqual([expect.objectContaining({ relation: 'inspection', process: 'inspection-order' })]);
  });

  test('has not begun while the result may still be taken back', async () => {
    const c = await resultIn();
    const { id } = (await c.tasks()).find(({ key }) => key === 'result') ?? { id: undefined };
    if (id) await c.submit('handler-1', { action: 'recall', task: id, reason: '附件有误。' });
    expect(await openKeys(c)).toEqual(['result']);
    expect(await dueDay(c, 'result')).toBe(3);
  });
});

describe('whoever issued it', () => {
  const at = async (duration: object) => new Date(Date.parse(await bureau.now()) + plainMs(duration)).toISOString() as Instant;
  const suspended = async (data: object = {}) => {
    const c = await signedFor(data);
    await bureau.skip({ days: 1 });
    await c.submit('supervisor-1', { action: 'suspend', until: await at({ days: 10 }), reason: '等待上级批复' });
    return c;
  };

  test('cancels it with a reason, and whoever had a task is told', async () => {
    const c = await issue({ supporting: ['station-2'] });
    await c.submit('supervisor-1', { action: 'cancel', reason: '会议决定另行安排。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'cancelled' });
    expect(await c.notices('leader-1')).toContain('task-cancelled');
    expect(await c.notices('leader-2')).toContain('task-cancelled');
  });

  test('amends it: it is signed for anew, and its dates still count from the issue', async () => {
    const c = await signedFor();
    await bureau.skip({ days: 2 });
    await c.submit('supervisor-1', { action: 'amend', data: { ...order, tier: '7', order: '只改造一楼。' }, reason: '缩小范围' });
    expect(await openKeys(c)).toEqual(['sign']);
    expect(await dueDay(c, 'sign')).toBe(3);
    expect(await c.notices('handler-1')).toContain('task-amended');
    for (const [key, by, data] of [
      ['sign', 'leader-1', signed],
      ['plan', 'handler-1', planned],
      ['progress', 'handler-1', { ...underWay, state: 'completed' }],
    ] as const)
      await c.complete(key, by, data);
    expect(await dueDay(c, 'result')).toBe(7);
  });

  test('amends it while it is suspended: that ends with the order that was suspended, and nobody keeps a part in it', async () => {
    const c = await suspended();
    await c.submit('supervisor-1', { action: 'amend', data: { ...order, order: '只改造一楼。' }, reason: '缩小范围' });
    expect(await c.row()).toMatchObject({ stage: 'sign', handler: null });
    expect(await c.open('sign')).toMatchObject({ pausedAt: null });
    expect((await c.live()).waits).toEqual([]);
  });

  test('cannot amend it into what its form does not allow', async () => {
    const c = await issue();
    const amended = c.submit('supervisor-1', { action: 'amend', data: { ...order, tier: '2' }, reason: '改期' });
    await expect(amended).rejects.toMatchObject({ slug: 'invalid-form' });
    expect(await c.events()).not.toContain('amended');
  });

  test('splits it into directives of their own, in which it ends', async () => {
    const c = await signedFor();
    const part = (unit: string) => ({ unit: unit as UnitId, data: { ...order, title: `${order.title}（${unit}）` } });
    await c.submit('supervisor-1', { action: 'split', parts: [part('station-1'), part('station-2')], reason: '分头落实' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'split' });
    const parts = (await c.links()).filter(({ relation }) => relation === 'part');
    expect(parts.map(({ process }) => process)).toEqual(['supervision', 'supervision']);
    const units = await Promise.all(parts.map(async ({ number }) => (await bureau.caseOf(number).row()).unit));
    expect(units.sort()).toEqual(['station-1', 'station-2']);
  });

  test('suspends it across a checkpoint: nothing is due meanwhile, and every later date moves by as much', async () => {
    const c = await suspended();
    expect((await c.open('plan')).pausedAt).not.toBeNull();
    await bureau.skip({ days: 9, hours: 23 });
    const { ladder } = await c.open('plan');
    expect(ladder.filter(({ kind, firedAt }) => kind !== 'remind' && firedAt !== null)).toEqual([]);
    await bureau.skip({ hours: 2 });
    expect((await c.open('plan')).pausedAt).toBeNull();
    expect(await dueDay(c, 'plan')).toBe(13);
    await c.complete('plan', 'handler-1', planned);
    expect(await dueDay(c, 'progress')).toBe(15);
  });

  test('goes on with it early, and a task that opened meanwhile has stood still as well', async () => {
    const c = await suspended();
    await bureau.skip({ days: 4 });
    await c.complete('plan', 'handler-1', planned);
    expect((await c.open('progress')).pausedAt).not.toBeNull();
    await bureau.skip({ days: 1 });
    await c.submit('supervisor-1', { action: 'end-suspension' });
    expect(await dueDay(c, 'progress')).toBe(10);
    expect((await c.live()).waits).toEqual([]);
    await bureau.skip({ days: 6 }); // past the end that was given first
    expect((await c.events()).filter((type) => type === 'suspension-ended')).toHaveLength(1);
  });

  test('is not asked twice: a second suspension, or the end of none, is refused', async () => {
    const c = await suspended();
    const again = c.submit('supervisor-1', { action: 'suspend', until: await at({ days: 5 }), reason: '再等' });
    await expect(again).rejects.toMatchObject({ slug: 'not-now' });
    await c.submit('supervisor-1', { action: 'end-suspension' });
    await expect(c.submit('supervisor-1', { action: 'end-suspension' })).rejects.toMatchObject({ slug: 'not-now' });
  });
});

describe('an extension', () => {
  const ask = async (c: TestCase) => {
    const { id } = await c.open('result');
    await c.submit('handler-1', { action: 'extend', task: id, extendBy: { days: 2 }, reason: '材料未到', decide: false, most: 2 });
  };

  test('is decided by whoever issued the directive, at most twice, and refused ones do not count', async () => {
    const c = await signedFor({ tier: '3' });
    for (const decision of [{ decision: 'approve' }, { decision: 'refuse', reasons: '抓紧。' }, { decision: 'approve' }]) {
      await ask(c);
      expect(await c.open('approve-extension')).toMatchObject({ assignee: 'supervisor-1' });
      await c.complete('approve-extension', 'supervisor-1', decision);
    }
    expect(await dueDay(c, 'result')).toBe(7);
    await expect(ask(c)).rejects.toMatchObject({ slug: 'no-more-extensions' });
  });

  test('holds for the round after a return as well', async () => {
    const c = await signedFor({ tier: '3' });
    await ask(c);
    await c.complete('approve-extension', 'supervisor-1', { decision: 'approve' });
    await c.complete('result', 'handler-1', result);
    await c.complete('verify', 'supervisor-2', { decision: 'return', reasons: '缺验收单。' });
    expect(await dueDay(c, 'result')).toBe(5);
  });

  test.each([
    ['one second before the limit is heard', -1, null],
    ['at the limit is too late', 0, 'limit-passed'],
    ['one second after it is too late', 1, 'limit-passed'],
  ])('asked %s', async (_, seconds, slug) => {
    const c = await signedFor({ tier: '3' });
    const { dueAt } = await c.open('result');
    await bureau.skip({ seconds: ((dueAt?.getTime() ?? 0) - Date.parse(await bureau.now())) / 1000 + seconds });
    if (slug === null) await ask(c);
    else await expect(ask(c)).rejects.toMatchObject({ slug });
  });
});

describe('a submission that only handed on', () => {
  const recall = async (c: TestCase, key: string, by: 'handler-1' | 'leader-1' = 'handler-1') => {
    const done = (await c.tasks()).findLast((task) => task.key === key && task.state === 'done');
    if (!done) throw new Error(`${key} is not done`);
    await c.submit(by, { action: 'recall', task: done.id, reason: '方案有误，需重拟。' });
  };

  test('is taken back by its author: the task is open again, what it had opened is gone, and all goes on from there', async () => {
    const c = await signedFor();
    await c.complete('plan', 'handler-1', planned);
    await recall(c, 'plan');
    expect(await openKeys(c)).toEqual(['plan']);
    expect(await dueDay(c, 'plan')).toBe(3);
    expect(await c.row()).toMatchObject({ stage: 'plan' });
    expect((await c.live()).tasks.map(({ key }) => key)).toEqual(['plan']);
    await c.complete('plan', 'handler-1', { plan: '三周完成。' });
    await c.complete('progress', 'handler-1', { ...underWay, state: 'completed' });
    await c.complete('result', 'handler-1', result);
    await c.complete('verify', 'supervisor-2', { decision: 'approve' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'done' });
    expect(await verifyChain(bureau.bureau, c.number)).toMatchObject({ ok: true });
  });

  test('is not taken back by someone else, nor twice, nor when more has happened since', async () => {
    const c = await signedFor();
    await c.complete('plan', 'handler-1', planned);
    await expect(recall(c, 'plan', 'leader-1')).rejects.toMatchObject({ slug: 'not-now' });
    await c.complete('progress', 'handler-1', underWay);
    await expect(recall(c, 'plan')).rejects.toMatchObject({ slug: 'not-now' });
    await recall(c, 'progress');
    await expect(recall(c, 'progress')).rejects.toThrow();
    expect(await openKeys(c)).toEqual(['progress']);
  });

  test('that reached someone is not taken back: a signature named the handler and told the issuer', async () => {
    const c = await signedFor();
    await expect(recall(c, 'sign', 'leader-1')).rejects.toMatchObject({ slug: 'not-now' });
  });

  test('of which what follows has been claimed is not taken back, even if the claim comes at the last moment', async () => {
    const c = await signedFor();
    await c.complete('plan', 'handler-1', planned);
    const { id } = await c.open('progress');
    await bureau.bureau.db.$executeRaw`update task set claimed_at = now() where id = ${id}`;
    await expect(recall(c, 'plan')).rejects.toMatchObject({ slug: 'already-taken-up' });
    expect(await openKeys(c)).toEqual(['progress']);
    expect((await c.live()).tasks.map(({ key }) => key)).toEqual(['progress']);
    await c.complete('progress', 'handler-1', underWay);
  });

  test('stays taken back in a case that goes on in further runs', async () => {
    const c = await bureau.start('supervision', 'supervisor-1', order, { unit: 'station-1', subject: null, longHistory: 25 });
    await c.complete('sign', 'leader-1', signed);
    for (const plan of ['一', '二', '三', '四']) {
      await c.complete('plan', 'handler-1', { plan });
      await recall(c, 'plan');
    }
    await c.complete('plan', 'handler-1', planned);
    await c.complete('progress', 'handler-1', underWay);
    expect((await c.live()).tasks.map(({ key }) => key)).toEqual(['progress']);
    expect(await openKeys(c)).toEqual(['progress']);
  });
});

describe('a checkpoint that nobody meets', () => {
  test('climbs to an inspection order against the unit, which every later one finds under way', async () => {
    const c = await issue({ tier: '30' });
    await bureau.skip({ days: 4, hours: 1 });
    expect((await c.open('sign')).ladder.filter(({ firedAt }) => firedAt === null)).toEqual([]);
    const inspections = async () => (await c.links()).filter(({ relation }) => relation === 'inspection');
    const [order] = await inspections();
    expect(await bureau.caseOf(order?.number as CaseNumber).row()).toMatchObject({ unit: 'station-1', state: 'open' });

    await c.complete('sign', 'leader-1', signed);
    await bureau.skip({ days: 5 });
    expect(await c.events()).toContain('inspection-under-way');
    expect(await inspections()).toHaveLength(1);
    expect(await c.row()).toMatchObject({ state: 'open', level: 3 });
  });

  test('of a supporting unit is climbed against that unit', async () => {
    const c = await issue({ tier: '3', supporting: ['station-2'] });
    await c.complete('sign', 'leader-1', signed);
    await bureau.skip({ days: 2, hours: 1 });
    expect(await c.notices('branch-leader')).toContain('escalate');
    await bureau.skip({ days: 2 });
    const units = await Promise.all((await c.links()).map(async ({ number }) => (await bureau.caseOf(number).row()).unit));
    expect(units).toContain('station-2');
  });
});
