import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyChain } from '../../store/verify-chain.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const wish = { channel: 'self-service', title: '调休未落实', content: '十月值班后调休一直未安排。' };
const resolved = { result: 'resolved', findings: '值班表漏登。', done: '已补休两天。', badManagement: false };
const refused = { result: 'refused', findings: '不在适用范围。', rule: 'leave-7', explanation: '该情形不属调休。' };
const reply = { found: '值班表漏登。', done: '已安排补休。', rules: ['leave-7'], remedies: '可申请复查。' };
const measure = { route: 'measure', tier: '3' };
const unsatisfied = { answer: 'unsatisfied', reasons: '未说明原因。' };

async function accepted(data: object = wish): Promise<TestCase> {
  const c = await bureau.start('appeal', 'li', data);
  await c.complete('accept', 'desk-1', { decision: 'accept', handler: 'handler-1' });
  return c;
}

async function classified(route: object): Promise<TestCase> {
  const c = await accepted();
  await c.complete('classify', 'handler-1', route);
  return c;
}

async function sendReply(c: TestCase): Promise<void> {
  await c.complete('draft-reply', 'handler-1', reply);
  await c.complete('approve-reply', 'leader-1', { decision: 'approve' });
}

async function handled(result: object = resolved): Promise<TestCase> {
  const c = await classified(measure);
  await c.complete('handle', 'handler-1', result);
  return c;
}

async function replied(): Promise<TestCase> {
  const c = await handled();
  await sendReply(c);
  return c;
}

const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);

describe('受理 acceptance', () => {
  test.each(['self-service', 'desk', 'letter', 'hotline', 'interview', 'survey', 'field-visit', 'referral'])(
    'an appeal by %s is registered at once, with a task at the acceptance desk',
    async (channel) => {
      const c = await bureau.start('appeal', 'li', { ...wish, channel });
      expect(await openKeys(c)).toEqual(['accept']);
      expect(await c.open('accept')).toMatchObject({ role: 'acceptance-desk', unit: 'branch', assignee: null });
    },
  );

  test('another competent body is explained to the appellant, and the appeal ends there', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    await c.complete('accept', 'desk-1', { decision: 'redirect', body: '市人社局', explanation: '属社保经办事项。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'redirected' });
    expect(await c.notices('li')).toContain('redirected');
  });

  test('asking for missing facts pauses the clock of acceptance', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    const before = await c.open('accept');
    await c.complete('accept', 'desk-1', { decision: 'ask', question: '哪几天值班？' });
    expect(await c.open('supply-facts')).toMatchObject({ assignee: 'li' });
    await bureau.skip({ days: 12 });
    await c.complete('supply-facts', 'li', { facts: '十月一日、二日。' });
    const after = await c.open('accept');
    expect(after.dueAt?.getTime()).toBeGreaterThan((before.dueAt?.getTime() ?? 0) + 2 * 86_400_000);
  });

  test('facts that never come send the appeal back to the desk', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    await c.complete('accept', 'desk-1', { decision: 'ask', question: '哪几天值班？' });
    await bureau.skip({ days: 30 });
    await c.until('accept');
    expect(await openKeys(c)).toEqual(['accept']);
  });

  test('every joint appellant takes part and is told', async () => {
    const c = await bureau.start('appeal', 'li', { ...wish, jointly: ['zhao', 'wang'] });
    expect(await c.participants('appellant')).toEqual(['li', 'wang', 'zhao']);
    expect(await c.notices('wang')).toContain('registered');
  });

  test('whoever is related to the appellant takes no part in the tasks', async () => {
    const c = await accepted();
    expect((await c.open('classify')).excluded).toEqual(expect.arrayContaining(['li', 'handler-2']));
  });
});

describe('四条路径 the four routes', () => {
  test('measure: handled within its tier', async () => {
    const c = await classified(measure);
    const { dueAt } = await c.open('handle');
    expect(dueAt?.getTime()).toBeCloseTo(Date.parse(await bureau.now()) + 3 * 86_400_000, -4);
    await c.complete('handle', 'handler-1', resolved);
    await sendReply(c);
    await c.complete('confirm', 'li', { answer: 'satisfied', score: 5 });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'satisfied', handler: 'handler-1' });
    expect(await verifyChain(bureau.bureau, c.number)).toMatchObject({ ok: true });
    expect(await c.historyLength()).toBeLessThanOrEqual(42);
  });

  test('policy: study, committee, and a directive for each improvement step', async () => {
    const c = await classified({ route: 'policy', question: '调休折算标准' });
    await c.complete('study', 'handler-1', { findings: '标准不一。', proposal: '统一标准。' });
    const steps = [
      { unit: 'station-1', step: '公示值班表' },
      { unit: 'station-2', step: '按月核对' },
    ];
    await c.complete('committee', 'political-1', { decision: 'adopt', minutes: '同意。', steps });
    expect((await c.links()).map(({ relation, process }) => [relation, process])).toEqual([
      ['improvement', 'rectification'],
      ['improvement', 'rectification'],
    ]);
    await sendReply(c);
    expect(await openKeys(c)).toEqual(['confirm']);
  });

  test('policy: what the committee rejects is a refusal with its rule', async () => {
    const c = await classified({ route: 'policy', question: '调休折算标准' });
    await c.complete('study', 'handler-1', { findings: '标准不一。', proposal: '统一标准。' });
    await c.complete('committee', 'political-1', { decision: 'reject', minutes: '不予调整。', rule: 'leave-7' });
    expect(await openKeys(c)).toEqual(['offer-talk']);
    await c.complete('offer-talk', 'leader-1', { talk: 'held', note: '已谈心。' });
    expect(await openKeys(c)).toEqual(['draft-reply']);
  });

  test('upward: explained, collected, and the answer of the superior fed back', async () => {
    const c = await classified({ route: 'upward', theme: '编制', reason: '编制由上级核定。' });
    await c.complete('explain', 'handler-1', { explanation: '已说明。' });
    expect(await c.row()).toMatchObject({ stage: 'fed-upward' });
    expect(await c.notices('li')).toContain('reported-upward');
    await c.complete('superior-answer', 'political-1', { body: '省厅', answer: '明年统筹。' });
    await sendReply(c);
    expect(await openKeys(c)).toEqual(['confirm']);
  });

  test('legacy: investigated, argued, solved within the limit of its priority', async () => {
    const c = await classified({ route: 'legacy', priority: 'urgent' });
    await c.complete('investigate', 'handler-1', { findings: '九十年代遗留。' });
    await c.complete('argue', 'handler-1', { minutes: '一致同意。', present: ['handler-1', 'leader-1'] });
    const { dueAt } = await c.open('solve');
    expect((dueAt?.getTime() ?? 0) - Date.parse(await bureau.now())).toBeLessThan(16 * 86_400_000);
    await c.complete('solve', 'handler-1', resolved);
    expect(await openKeys(c)).toEqual(['draft-reply']);
  });
});

describe('不予支持 refusal', () => {
  test('cites a rule, needs a second person, and a talk is offered', async () => {
    const c = await handled(refused);
    expect((await c.open('approve-refusal')).excluded).toContain('handler-1');
    await c.complete('approve-refusal', 'supervising-1', { decision: 'approve' });
    await c.complete('offer-talk', 'leader-1', { talk: 'declined', note: '本人谢绝。' });
    await sendReply(c);
    expect(await openKeys(c)).toEqual(['confirm']);
  });

  test('is handled further when the second person does not agree', async () => {
    const c = await handled(refused);
    await c.complete('approve-refusal', 'supervising-1', { decision: 'return', reasons: '依据不足。' });
    expect(await openKeys(c)).toEqual(['handle']);
  });

  test('is not taken without a rule', async () => {
    const c = await classified(measure);
    const { rule: _, ...withoutRule } = refused;
    await expect(c.complete('handle', 'handler-1', withoutRule)).rejects.toMatchObject({ slug: 'invalid-form' });
  });
});

describe('答复 reply', () => {
  test('is approved by the leader of the handler, wherever the case runs', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    await c.complete('accept', 'desk-1', { decision: 'accept', handler: 'wang' });
    await c.complete('classify', 'wang', measure);
    await c.complete('handle', 'wang', resolved);
    await c.complete('draft-reply', 'wang', reply);
    expect(await c.open('approve-reply')).toMatchObject({ role: 'unit-leader', unit: 'station-2' });
    expect(await c.row()).toMatchObject({ unit: 'station-1' });
  });

  test('goes back to the handler with reasons and comes again', async () => {
    const c = await handled();
    await c.complete('draft-reply', 'handler-1', reply);
    await c.complete('approve-reply', 'leader-1', { decision: 'return', reasons: '请写明依据。' });
    await sendReply(c);
    expect(await openKeys(c)).toEqual(['confirm']);
  });

  test('is approved by the leader of the handler, who never approves the own draft', async () => {
    const c = await handled();
    await c.complete('draft-reply', 'handler-1', reply);
    expect(await c.open('approve-reply')).toMatchObject({
      role: 'unit-leader',
      unit: 'station-1',
      excluded: expect.arrayContaining(['handler-1']),
    });
  });

  test('may be recalled by its author while nobody has taken it up', async () => {
    const c = await handled();
    const draft = await c.open('draft-reply');
    await c.complete('draft-reply', 'handler-1', reply);
    await c.submit('handler-1', { action: 'recall', task: draft.id, reason: '漏写一项。' });
    expect(await openKeys(c)).toEqual(['draft-reply']);
    await sendReply(c);
    expect(await openKeys(c)).toEqual(['confirm']);
  });

  test('opens a rectification before the case may close where management was at fault', async () => {
    const c = await handled({ ...resolved, badManagement: true });
    await sendReply(c);
    expect((await c.links()).map(({ process }) => process)).toEqual(['rectification']);
    expect(await openKeys(c)).toEqual(['confirm']);
  });
});

describe('确认 confirmation', () => {
  test('lapses without an answer, and the case closes as such', async () => {
    const c = await replied();
    await bureau.skip({ days: 40 });
    await c.until('closed');
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'unconfirmed' });
    expect(await c.events()).toContain('task-lapsed');
  });

  test('not satisfied leads to a review by someone who neither handled nor decided, then to the superior unit, which is final', async () => {
    // A second reviewer in the branch is no superior of the first.
    await bureau.bureau.db.$executeRaw`insert into role_grant (person_id, role, unit_id) values ('branch-leader', 'reviewer', 'branch')`;
    const c = await replied();
    await c.complete('confirm', 'li', unsatisfied);
    const review = await c.open('review');
    expect(review).toMatchObject({ role: 'reviewer', unit: 'branch' });
    expect(review.excluded).toEqual(expect.arrayContaining(['handler-1', 'leader-1']));
    await c.complete('review', 'reviewer-1', { finding: 'upheld', explanation: '维持。' });
    await c.complete('confirm-review', 'li', unsatisfied);
    const again = await c.open('re-review');
    expect(again).toMatchObject({ unit: 'city', excluded: expect.arrayContaining(['reviewer-1']) });
    await c.complete('re-review', 'reviewer-2', { finding: 'changed', explanation: '予以改正。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'final' });
  });

  test.each([{ answer: 'satisfied', score: 4 }, null])('a review that is accepted or not answered (%j) closes the case', async (answer) => {
    const c = await replied();
    await c.complete('confirm', 'li', unsatisfied);
    await c.complete('review', 'reviewer-1', { finding: 'changed', explanation: '改正。' });
    if (answer) await c.complete('confirm-review', 'li', answer);
    else await bureau.skip({ days: 40 });
    await c.until('closed');
    expect(await c.row()).toMatchObject({ outcome: 'reviewed' });
  });
});

describe('随时 at any time', () => {
  test('the appellant withdraws', async () => {
    const c = await classified(measure);
    await c.submit('li', { action: 'withdraw', reason: '问题已解决。' });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
    expect(await openKeys(c)).toEqual([]);
    expect(await c.notices('handler-1')).toContain('withdrawn');
  });

  test('the case is transferred and begins again in the other unit', async () => {
    const c = await classified(measure);
    await c.submit('leader-1', { action: 'transfer', unit: 'station-2' as never, reason: '属地', approved: true });
    expect(await c.row()).toMatchObject({ unit: 'station-2', stage: 'accept', handler: null });
    expect(await c.notices('li')).toContain('transferred');
    expect(await openKeys(c)).toEqual(['accept']);
    await c.complete('accept', 'desk-2', { decision: 'accept', handler: 'leader-2' });
    expect(await c.open('classify')).toMatchObject({ assignee: 'leader-2' });
  });

  test('a transfer beyond the hop limit waits for the supervision desk', async () => {
    const c = await classified(measure);
    await c.submit('leader-1', { action: 'transfer', unit: 'station-2' as never, reason: '属地', approved: false });
    expect(await openKeys(c)).toEqual(['handle', 'approve-transfer']);
    await c.complete('approve-transfer', 'supervisor-1', { decision: 'refuse', reasons: '已多次移交。' });
    expect(await c.row()).toMatchObject({ unit: 'station-1', stage: 'handle' });
    await c.submit('leader-1', { action: 'transfer', unit: 'station-2' as never, reason: '属地', approved: false });
    await c.complete('approve-transfer', 'supervisor-1', { decision: 'approve' });
    expect(await c.row()).toMatchObject({ unit: 'station-2', stage: 'accept' });
  });

  test('a duplicate is merged, and its appellants take part in the other case', async () => {
    const into = await accepted();
    const c = await bureau.start('appeal', 'zhao', wish);
    await c.submit('desk-1', { action: 'merge', into: into.number });
    expect(await c.row()).toMatchObject({ state: 'closed', outcome: 'merged' });
    expect(await into.participants('appellant')).toEqual(['li', 'zhao']);
    expect(await into.events()).toContain('merged-in');
    expect(await c.notices('zhao')).toContain('merged');
    for (const each of [c, into]) expect(await verifyChain(bureau.bureau, each.number)).toMatchObject({ ok: true });
  });

  test('the appellant bears a no-retaliation mark for twelve months', async () => {
    const c = await bureau.start('appeal', 'li', wish);
    const [mark] = await bureau.bureau.db.$queryRaw<[{ days: number }]>`
      select extract(day from ends_at - starts_at)::integer as days from mark m join "case" c on c.id = m.case_id where c.number = ${c.number}`;
    expect(mark).toEqual({ days: 365 });
  });
});
