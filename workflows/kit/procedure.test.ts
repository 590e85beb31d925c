import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TaskId } from '../../domain/ids.ts';
import { note } from '../../store/steps.ts';
import { verifyChain } from '../../store/verify-chain.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import type { TestPerson } from '../../test/people.ts';
import { until } from '../../test/until.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const wish = { channel: 'desk', title: '门禁卡', content: '门禁卡补办多日未果。' };
const accept = { decision: 'accept', handler: 'handler-1' };
const measure = { route: 'measure', tier: '7' };

async function handling(): Promise<TestCase> {
  const c = await bureau.start('appeal', 'li', wish);
  await c.complete('accept', 'desk-1', accept);
  await c.complete('classify', 'handler-1', measure);
  return c;
}

const reassign = (c: TestCase, task: TaskId, to: TestPerson) =>
  bureau.now().then((at) =>
    note(bureau.bureau, {
      case: c.number,
      cause: `leader-1:${randomUUID()}`,
      at: new Date(at),
      by: 'leader-1' as never,
      for: null,
      bodyHash: 'test',
      changes: [{ kind: 'reassign-task', task, to: to as never, reason: '另有任务' }],
    }),
  );

const firedKinds = async (c: TestCase, key: string) => (await c.open(key)).ladder.filter(({ firedAt }) => firedAt).map(({ kind }) => kind);

describe('ladder', () => {
  test('climbs from the handler to unit leader, supervising leader and inspection, each at its instant', async () => {
    const c = await handling();
    await bureau.skip({ days: 12 });
    await until(async () => (await firedKinds(c, 'handle')).length === 5, 'the ladder did not climb');
    expect(await firedKinds(c, 'handle')).toEqual(['remind', 'due', 'escalate', 'escalate', 'inspect']);
    expect(await c.notices('handler-1')).toEqual(expect.arrayContaining(['remind', 'due']));
    expect(await c.notices('leader-1')).toContain('escalate');
    expect(await c.notices('supervising-1')).toContain('escalate');
    expect(await c.notices('inspector-1')).toContain('inspect');
    expect(await c.row()).toMatchObject({ level: 3 });
    expect(await c.participants('informed')).toEqual(['inspector-1', 'inspector-2', 'inspector-3', 'leader-1', 'supervising-1']);

    const { dueAt } = await c.open('handle');
    const escalated = (await c.recorded())
      .filter(({ type }) => type === 'escalate')
      .map(({ at }) => at.getTime() - (dueAt?.getTime() ?? 0));
    expect(escalated).toEqual([86_400_000, 2 * 86_400_000]);
  });

  test('opens one inspection order at its last rung, against the unit that has the task by then, and says which task was not done', async () => {
    const c = await handling();
    const { id } = await c.open('handle');
    await c.submit('handler-1', { action: 'pause', task: id, reason: '等待复函' });
    await reassign(c, id, 'wang');
    await c.submit('handler-1', { action: 'resume', task: id });
    await bureau.skip({ days: 12 });
    const [link, ...others] = await c.links();
    expect({ link, others }).toMatchObject({ link: { relation: 'inspection', process: 'inspection-order' }, others: [] });

    const order = bureau.caseOf(link?.number ?? c.number);
    await order.until('name-inspectors');
    expect(await order.row()).toMatchObject({ unit: 'station-2' });
    expect(await order.links()).toContainEqual(expect.objectContaining({ relation: 'opened-by', number: c.number }));
    expect((await c.live()).tasks.map(({ key }) => key)).toEqual(['handle']);

    await bureau.skip({ days: 12 });
    expect(await order.events()).toEqual(expect.arrayContaining(['due', 'escalate']));
    expect((await order.links()).map(({ relation }) => relation)).not.toContain('inspection');
  });

  test('opens no second order for a task that was extended after the first and missed its date again', async () => {
    const c = await handling();
    const { id } = await c.open('handle');
    await c.submit('handler-1', { action: 'pause', task: id, reason: '等待复函' });
    await bureau.skip({ days: 1 });
    await c.submit('handler-1', { action: 'resume', task: id });
    await bureau.skip({ days: 13 });
    expect(await firedKinds(c, 'handle')).toContain('inspect');
    await c.submit('handler-1', { action: 'pause', task: id, reason: '等待复函' });
    await c.submit('handler-1', { action: 'resume', task: id });
    await bureau.skip({ days: 20 });
    expect(await c.links()).toHaveLength(1);
  });

  test('of a case of release 0.1 is climbed by the timers of its own workflow', async () => {
    const c = await bureau.start('appeal', 'li', wish, { bell: false });
    await c.complete('accept', 'desk-1', accept);
    await bureau.skip({ days: 12 });
    await until(async () => (await firedKinds(c, 'classify')).length === 5, 'the ladder did not climb');
    expect(await firedKinds(c, 'classify')).toEqual(['remind', 'due', 'escalate', 'escalate', 'inspect']);
    expect(await c.links()).toEqual([expect.objectContaining({ relation: 'inspection' })]);
  });

  test('falls silent when the task is done', async () => {
    const c = await handling();
    await c.complete('handle', 'handler-1', { result: 'resolved', findings: '已查', done: '已补办', badManagement: false });
    expect((await c.live()).tasks.map(({ key }) => key)).toEqual(['draft-reply']);
  });
});

describe('clock', () => {
  test('a paused task neither reminds nor escalates, and goes on with what was left', async () => {
    const c = await handling();
    const { id, dueAt } = await c.open('handle');
    await c.submit('handler-1', { action: 'pause', task: id, reason: '等待外单位复函' });
    await bureau.skip({ days: 20 });
    expect(await firedKinds(c, 'handle')).toEqual([]);
    await expect(c.submit('handler-1', { action: 'pause', task: id, reason: '再次' })).rejects.toMatchObject({ slug: 'not-now' });

    await c.submit('handler-1', { action: 'resume', task: id });
    const resumed = await c.open('handle');
    const shift = (resumed.dueAt?.getTime() ?? 0) - (dueAt?.getTime() ?? 0);
    expect(shift / 86_400_000).toBeCloseTo(20, 1);
    expect(resumed.pausedAt).toBeNull();
  });

  test('a pause until a date ends by itself', async () => {
    const c = await handling();
    const { id } = await c.open('handle');
    const day = new Date(Date.parse(await bureau.now()) + 2 * 86_400_000).toISOString();
    await c.submit('handler-1', { action: 'pause', task: id, reason: '等待复函', until: day as never });
    await bureau.skip({ days: 2, minutes: 1 });
    await until(async () => (await c.open('handle')).pausedAt === null, 'the pause did not end');
    expect(await c.events()).toContain('resumed');
  });

  test('an extension asked one second too late is refused', async () => {
    const c = await handling();
    const { id } = await c.open('handle');
    await bureau.skip({ days: 7, seconds: 1 });
    const late = c.submit('handler-1', { action: 'extend', task: id, extendBy: { days: 3 }, reason: '复杂', decide: false });
    await expect(late).rejects.toMatchObject({ slug: 'limit-passed' });
  });

  test('an extension waits for the leader, and only the granted one moves the date', async () => {
    const c = await handling();
    const { id, dueAt } = await c.open('handle');
    const ask = () => c.submit('handler-1', { action: 'extend', task: id, extendBy: { days: 3 }, reason: '复杂', decide: false });
    await ask();
    await expect(ask()).rejects.toMatchObject({ slug: 'not-now' });
    await c.complete('approve-extension', 'leader-1', { decision: 'refuse', reasons: '可以按期完成。' });
    expect((await c.open('handle')).dueAt).toEqual(dueAt);

    await ask();
    await c.complete('approve-extension', 'leader-1', { decision: 'approve' });
    expect((await c.open('handle')).dueAt?.getTime()).toBe((dueAt?.getTime() ?? 0) + 3 * 86_400_000);
    await bureau.skip({ days: 8 });
    expect(await firedKinds(c, 'handle')).toEqual([]);
  });
});

describe('consult', () => {
  test('the main task waits for the opinion', async () => {
    const c = await handling();
    const { id } = await c.open('handle');
    await c.submit('handler-1', { action: 'consult', task: id, to: 'zhao' as never, question: '是否属实？', wait: true });
    const result = { result: 'resolved', findings: '已查', done: '已补办', badManagement: false };
    await expect(c.complete('handle', 'handler-1', result)).rejects.toMatchObject({ slug: 'not-now' });
    await c.complete('consult', 'zhao', { opinion: '属实。' });
    await c.complete('handle', 'handler-1', result);
    expect(await c.row()).toMatchObject({ stage: 'draft-reply' });
  });

  test('an opinion that nobody waits for is cancelled with the main task', async () => {
    const c = await handling();
    const { id } = await c.open('handle');
    await c.submit('handler-1', { action: 'consult', task: id, to: 'zhao' as never, question: '是否属实？', wait: false });
    await c.complete('handle', 'handler-1', { result: 'resolved', findings: '已查', done: '已补办', badManagement: false });
    expect((await c.tasks()).find(({ key }) => key === 'consult')).toMatchObject({ state: 'cancelled' });
  });
});

describe('what was asked beside a task', () => {
  const asked = async (c: TestCase, key: string, by: TestPerson) =>
    c.submit(by, { action: 'consult', task: (await c.open(key)).id, to: 'zhao' as never, question: '是否属实？', wait: false });
  const keys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);

  test('ends with an approval whose draft is recalled', async () => {
    const c = await handling();
    await c.complete('handle', 'handler-1', { result: 'resolved', findings: '已查', done: '已补办', badManagement: false });
    const draft = await c.open('draft-reply');
    await c.complete('draft-reply', 'handler-1', { found: '已查', done: '已补办', rules: ['leave-7'], remedies: '可申请复查。' });
    await asked(c, 'approve-reply', 'leader-1');
    await c.submit('handler-1', { action: 'recall', task: draft.id, reason: '漏写' });
    expect(await keys(c)).toEqual(['draft-reply']);
  });

  test('ends with a task that lapses', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    await c.complete('accept', 'desk-1', { decision: 'ask', question: '何时？' });
    await asked(c, 'supply-facts', 'li');
    await bureau.skip({ days: 30 });
    await until(async () => (await keys(c)).includes('accept'), 'the facts did not lapse');
    expect(await keys(c)).toEqual(['accept']);
  });
});

describe('submissions', () => {
  test('of several at once exactly one completes the task; the others hear that it is no longer open', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    const { id } = await c.open('accept');
    const tries = ['desk-1', 'desk-2', 'desk-1', 'desk-2'] as const;
    const results = await Promise.allSettled(tries.map((by) => c.submit(by, { action: 'complete', task: id, data: accept })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ slug: 'task-not-open' });
    expect((await c.events()).filter((type) => type === 'task-completed')).toHaveLength(1);
  });

  test('sent twice under one key changes the case once and answers twice', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    const { id } = await c.open('accept');
    const send = () => c.submit('desk-1', { action: 'complete', task: id, data: accept }, 'one-key');
    await send();
    await send();
    expect((await c.events()).filter((type) => type === 'task-completed')).toHaveLength(1);
  });

  test('with a form that does not fit is refused with the path of each field, and leaves no trace', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    const before = await c.events();
    await expect(c.complete('accept', 'desk-1', { decision: 'accept', extra: 1 })).rejects.toMatchObject({
      slug: 'invalid-form',
      facts: { errors: expect.arrayContaining([expect.objectContaining({ path: expect.stringMatching(/^data/) })]) },
    });
    expect(await c.events()).toEqual(before);
  });
});

describe('a run', () => {
  test('that grows long goes on in further ones without doing anything twice', async () => {
    const c = await bureau.start('appeal', 'li', wish, { longHistory: 25 });
    await c.complete('accept', 'desk-1', accept);
    await c.complete('classify', 'handler-1', measure);
    const { id } = await c.open('handle');
    for (let round = 0; round < 4; round++) {
      await c.submit('handler-1', { action: 'pause', task: id, reason: `第${round}次` });
      await bureau.skip({ hours: 1 });
      await c.submit('handler-1', { action: 'resume', task: id });
    }
    await c.complete('handle', 'handler-1', { result: 'resolved', findings: '已查', done: '已补办', badManagement: true });
    await c.complete('draft-reply', 'handler-1', { found: '已查', done: '已补办', rules: ['leave-7'], remedies: '可申请复查。' });
    await c.complete('approve-reply', 'leader-1', { decision: 'approve' });
    await c.complete('confirm', 'li', { answer: 'satisfied', score: 4 });

    const { runId } = await bureau.client.workflow.getHandle(c.number).describe();
    const { firstExecutionRunId } = await bureau.client.workflow
      .getHandle(c.number)
      .fetchHistory()
      .then(({ events }) => ({
        firstExecutionRunId: events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId,
      }));
    expect(firstExecutionRunId).not.toBe(runId);
    expect((await c.events()).filter((type) => type === 'paused')).toHaveLength(4);
    expect(await c.links()).toHaveLength(1);
    expect(await verifyChain(bureau.bureau, c.number)).toMatchObject({ ok: true });
  }, 30_000);
});

test('what the record refuses is refused to whoever sent it, and the case goes on as it was', async () => {
  const c = await handling();
  const { id } = await c.open('handle');
  const beyond = c.submit('handler-1', { action: 'extend', task: id, extendBy: { workingDays: 2000 }, reason: '复杂', decide: true });
  await expect(beyond).rejects.toMatchObject({ slug: 'calendar-gap' });
  expect(await c.events()).not.toContain('extension-asked');
  await c.complete('handle', 'handler-1', { result: 'resolved', findings: '已查', done: '已补办', badManagement: false });
  expect((await c.live()).tasks.map(({ key }) => key)).toEqual(['draft-reply']);
}, 30_000);
