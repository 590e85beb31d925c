import type { TaskId } from '../../domain/ids.ts';
import { taskQueue } from '../../platform/temporal.ts';
import { forms, stepsToSatisfaction, wish } from '../appeal.ts';
import type { TestBureau, TestCase } from '../bureau.ts';
import type { TestPerson } from '../people.ts';
import { until } from '../until.ts';
import { careStories } from './care-stories.ts';
import { disciplineStories } from './discipline-stories.ts';
import { leaveStories } from './leave-stories.ts';
import { roundStories } from './round-stories.ts';

const refused = { result: 'refused', findings: '不在适用范围。', rule: 'leave-7', explanation: '该情形不属调休。' };
const unsatisfied = { answer: 'unsatisfied', reasons: '未说明原因。' };
const reviewed = { finding: 'upheld', explanation: '维持。' };
const done = { rootCause: '无人负责值班表。', measures: '指定专人，每月公示。' };
const directive = { source: 'meeting', title: '值班室改造', order: '月底前完成。', tier: '15', supporting: ['station-2'] };
const result = { result: '改造完成。', evidence: ['验收单'] };
const order = { cause: 'management', order: '值班表按月公示。' };

/** Lives of cases whose histories are kept with each release: between them they open every task of every process. Each returns its case. */
export const stories: Readonly<Record<string, (bureau: TestBureau) => Promise<TestCase>>> = {
  'appeal-satisfied': async (bureau) => {
    const c = await bureau.start('appeal', 'li', wish);
    for (const [person, key] of stepsToSatisfaction) {
      await c.complete(key, person, key === 'handle' ? { ...forms.handle, badManagement: true } : forms[key]);
    }
    return c;
  },
  'appeal-refused-and-reviewed': async (bureau) => {
    const c = await handling(bureau);
    await c.complete('handle', 'handler-1', refused);
    await c.complete('approve-refusal', 'supervising-1', { decision: 'return', reasons: '请再核。' });
    await c.complete('handle', 'handler-1', refused);
    await c.complete('approve-refusal', 'supervising-1', { decision: 'approve' });
    await c.complete('offer-talk', 'leader-1', { talk: 'held', note: '已谈心。' });
    await reply(c);
    await c.complete('confirm', 'li', unsatisfied);
    await c.complete('review', 'reviewer-1', reviewed);
    await c.complete('confirm-review', 'li', unsatisfied);
    await c.complete('re-review', 'reviewer-2', reviewed);
    return c;
  },
  'appeal-policy-question': async (bureau) => {
    const c = await classified(bureau, { route: 'policy', question: '调休折算标准' });
    await c.complete('study', 'handler-1', { findings: '标准不一。', proposal: '统一标准。' });
    const steps = [{ unit: 'station-2', step: '按月核对' }];
    await c.complete('committee', 'political-1', { decision: 'adopt', minutes: '同意。', steps });
    await reply(c);
    await bureau.skip({ days: 30 }); // nobody confirms
    return c;
  },
  'appeal-beyond-this-level': async (bureau) => {
    const c = await classified(bureau, { route: 'upward', theme: '编制', reason: '编制由上级核定。' });
    await c.complete('explain', 'handler-1', { explanation: '已说明。' });
    await c.complete('superior-answer', 'political-1', { body: '省厅', answer: '明年统筹。' });
    await reply(c);
    await c.complete('confirm', 'li', forms.confirm);
    return c;
  },
  'appeal-old-matter': async (bureau) => {
    const c = await classified(bureau, { route: 'legacy', priority: 'urgent' });
    await c.complete('investigate', 'handler-1', { findings: '九十年代遗留。' });
    await c.complete('argue', 'handler-1', { minutes: '一致同意。', present: ['handler-1', 'leader-1'] });
    await c.complete('solve', 'handler-1', forms.handle);
    await reply(c);
    await c.complete('confirm', 'li', forms.confirm);
    return c;
  },
  'appeal-clocks-and-commands': async (bureau) => {
    const c = await bureau.start('appeal', 'li', wish);
    await c.complete('accept', 'desk-1', { decision: 'ask', question: '何时值班？' });
    await bureau.skip({ days: 30 }); // the facts are not supplied
    await c.complete('accept', 'desk-1', forms.accept);
    const { id } = await c.open('classify');
    await c.submit('handler-1', { action: 'pause', task: id, reason: '等待复函' });
    await bureau.skip({ days: 2 });
    await c.submit('handler-1', { action: 'resume', task: id });
    await c.submit('handler-1', { action: 'extend', task: id, extendBy: { days: 3 }, reason: '复杂', decide: false });
    await c.complete('approve-extension', 'leader-1', { decision: 'approve' });
    await c.submit('handler-1', { action: 'consult', task: id, to: 'zhao' as never, question: '是否属实？', wait: true });
    await c.complete('consult', 'zhao', { opinion: '属实。' });
    await bureau.skip({ days: 20 }); // the ladder is climbed to its end
    await c.submit('desk-1', { action: 'transfer', unit: 'station-2' as never, reason: '属西山', approved: true });
    await c.submit('li', { action: 'withdraw', reason: '已解决' });
    return c;
  },
  'appeal-over-several-runs': async (bureau) => {
    const c = await bureau.start('appeal', 'li', wish, { longHistory: 25 });
    await c.complete('accept', 'desk-1', forms.accept);
    const { id } = await c.open('classify');
    for (const reason of ['等待复函', '等待会议', '等待数据']) await pauseFor(bureau, c, { id, reason });
    await c.complete('classify', 'handler-1', forms.classify);
    return c;
  },
  ...careStories,
  ...roundStories,
  ...leaveStories,
  ...disciplineStories,
  'upward-report-answered-in-part': async (bureau) => {
    const appeals = [];
    for (const theme of ['编制', '津贴', '装备']) {
      const c = await classified(bureau, { route: 'upward', theme, reason: '由上级核定。' });
      await c.complete('explain', 'handler-1', { explanation: '已说明。' });
      appeals.push(c);
    }
    await bureau.client.workflow.start('round', { workflowId: 'round', taskQueue, args: ['upward-report'] });
    const report = await linkedFrom(bureau, appeals[0], 'in-report');
    await report.complete('draft', 'political-1', { summary: '三项。', requests: '请核定。' });
    await report.complete('approve', 'chief', { decision: 'return', reasons: '请补数据。' });
    await report.complete('draft', 'political-1', { summary: '三项，附数据。', requests: '请核定。' });
    await report.complete('approve', 'chief', { decision: 'approve' });
    await report.complete('send', 'political-1', { to: '省厅', sentAt: await bureau.now(), proof: '18 号' });
    await report.complete('register-answer', 'political-1', { about: 'theme', theme: '编制', body: '省厅', answer: '统筹。' });
    await report.complete('register-answer', 'political-1', {
      about: 'appeal',
      number: appeals[1]?.number,
      body: '省厅',
      answer: '提标。',
    });
    await report.complete('register-answer', 'political-1', { about: 'rest', reasons: '另行研究。' });
    return report;
  },
  'rectification-relapsed-twice': async (bureau) => {
    const c = await bureau.start('rectification', 'li', { ...order, cause: 'management' });
    await bureau.skip({ days: 10 }); // nobody signs for it in time
    await c.complete('sign', 'leader-1', { note: '收到。', owner: 'handler-1' });
    await c.complete('do', 'handler-1', done);
    await c.complete('self-review', 'leader-1', { selfReview: '责任在我。' });
    await c.complete('verify', 'supervisor-1', { decision: 'return', reasons: '未见公示。' });
    const draft = await c.open('do');
    await c.complete('do', 'handler-1', { ...done, selfReview: '责任在我。' });
    await c.submit('handler-1', { action: 'recall', task: draft.id, reason: '补充附件' });
    for (const _ of ['first', 'second']) {
      await c.complete('do', 'handler-1', { ...done, selfReview: '责任在我。' });
      await c.complete('verify', 'supervisor-1', { decision: 'approve' });
      await bureau.skip({ days: 31 });
      await c.complete('look-back', 'supervisor-2', { result: 'relapsed', found: '又未公示。' });
    }
    return c;
  },
  'inspection-order-returned-once': async (bureau) => {
    const c = await bureau.start('inspection-order', 'supervisor-1', { reasons: '督办逾期未落实。' }, { unit: 'station-1', subject: null });
    await c.complete('name-inspectors', 'inspection-head', { lead: 'inspector-1', second: 'inspector-2' });
    await c.complete('on-site', 'inspector-1', { place: '值班室', observed: '公示栏空白。' });
    await c.complete('countersign', 'inspector-2', { decision: 'return', reasons: '漏记值班表。' });
    await c.complete('on-site', 'inspector-1', { place: '值班室', observed: '公示栏空白，值班表缺页。' });
    await c.complete('countersign', 'inspector-2', { decision: 'approve' });
    await c.complete('findings', 'inspector-1', { points: [{ point: '值班公示', finding: 'not-done', facts: '照片两张。' }] });
    await c.complete('order', 'inspection-head', { decision: 'order', demands: '限期公示。', limit: '10' });
    await bureau.skip({ days: 5 }); // nobody signs for the order
    const proof = { result: 'corrected', measures: '已公示。', proof: ['照片'] };
    await c.complete('correct', 'leader-1', proof);
    await c.complete('verify', 'inspection-head', { decision: 'return', reasons: '照片不清。' });
    await c.complete('correct', 'leader-1', proof);
    await c.complete('verify', 'inspection-head', { decision: 'approve' });
    return c;
  },
  'supervision-returned-once': async (bureau) => {
    const c = await bureau.start('supervision', 'supervisor-1', directive, { unit: 'station-1', subject: null });
    await bureau.skip({ days: 2 }); // nobody signs for it in time
    await c.complete('sign', 'leader-1', { handler: 'handler-1' });
    await c.complete('support', 'leader-2', { report: '已提供设备。' });
    await c.complete('plan', 'handler-1', { plan: '分两周进行。' });
    await c.complete('progress', 'handler-1', { state: 'under-way', report: '拆除完毕。' });
    await c.complete('progress', 'handler-1', { state: 'completed', report: '安装完毕。' });
    await c.complete('result', 'handler-1', result);
    await c.complete('verify', 'supervisor-2', { decision: 'return', reasons: '缺验收单。' });
    await c.complete('result', 'handler-1', result);
    await c.complete('verify', 'supervisor-2', { decision: 'approve' });
    return c;
  },
};

/** The case that another one is linked to, once the link is there. */
async function linkedFrom(bureau: TestBureau, c: TestCase | undefined, relation: string): Promise<TestCase> {
  const find = async () => (await c?.links())?.find((link) => link.relation === relation);
  await until(async () => (await find()) !== undefined, `nothing is linked as ${relation}`);
  const { number } = (await find()) ?? { number: undefined };
  if (number === undefined) throw new Error(`nothing is linked as ${relation}`);
  return bureau.caseOf(number);
}

async function classified(bureau: TestBureau, route: object): Promise<TestCase> {
  const c = await bureau.start('appeal', 'li', wish);
  await c.complete('accept', 'desk-1', forms.accept);
  await c.complete('classify', 'handler-1', route);
  return c;
}

const handling = (bureau: TestBureau) => classified(bureau, forms.classify);

async function reply(c: TestCase): Promise<void> {
  const steps: readonly (readonly [TestPerson, 'draft-reply' | 'approve-reply'])[] = [
    ['handler-1', 'draft-reply'],
    ['leader-1', 'approve-reply'],
  ];
  for (const [person, key] of steps) await c.complete(key, person, forms[key]);
}

async function pauseFor(bureau: TestBureau, c: TestCase, { id, reason }: { id: TaskId; reason: string }): Promise<void> {
  await c.submit('handler-1', { action: 'pause', task: id, reason });
  await bureau.skip({ hours: 1 });
  await c.submit('handler-1', { action: 'resume', task: id });
}
