import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseNumber } from '../../domain/ids.ts';
import { taskQueue } from '../../platform/temporal.ts';
import { type TestBureau, type TestCase, testBureau } from '../../test/bureau.ts';
import { until } from '../../test/until.ts';

let bureau: TestBureau;
beforeAll(async () => {
  bureau = await testBureau();
}, 60_000);
afterAll(() => bureau?.close());

const wish = { channel: 'self-service', title: '增加编制', content: '两人值三个岗。' };
const drafted = { summary: '本月上报一项。', requests: '请核增编制。' };
const sent = { to: '省厅', sentAt: '2026-12-02T09:00:00+08:00', proof: '公政〔2026〕18 号' };
const ofTheme = (theme: string) => ({ about: 'theme', theme, body: '省厅', answer: '明年统筹。' });

/** An appeal that waits for the superior's answer. */
async function waiting(theme: string, data: object = {}): Promise<TestCase> {
  const c = await bureau.start('appeal', 'li', { ...wish, ...data });
  await c.complete('accept', 'desk-1', { decision: 'accept', handler: 'handler-1' });
  await c.complete('classify', 'handler-1', { route: 'upward', theme, reason: '编制由上级核定。' });
  await c.complete('explain', 'handler-1', { explanation: '已说明。' });
  return c;
}

const reports = () =>
  bureau.bureau.db.$queryRaw<{ number: CaseNumber; cause: string; openedBy: string | null }[]>`
    select c.number, s.cause, c.opened_by as "openedBy" from case_step s join "case" c on c.id = s.case_id where s.cause like 'round:%' order by s.cause`;

let ticks = 0;
/** What the schedule starts every night. */
async function tick(): Promise<void> {
  ticks += 1;
  const handle = await bureau.client.workflow.start('round', { workflowId: `round-${ticks}`, taskQueue, args: ['upward-report'] });
  await until(async () => (await handle.describe()).status.name === 'COMPLETED', 'the round was not opened');
}

/** To noon of the first day of that month: one that has not had its report yet. */
async function skipMonths(months: number): Promise<void> {
  const [year = 0, month = 0] = (await bureau.today()).split('-').map(Number);
  await bureau.skip({ hours: Math.ceil((Date.UTC(year, month - 1 + months, 1, 4) - Date.parse(await bureau.now())) / 3_600_000) });
}

async function nextReport(): Promise<TestCase> {
  await skipMonths(1);
  await tick();
  const { number } = (await reports()).at(-1) ?? { number: '' as CaseNumber };
  const report = bureau.caseOf(number);
  await until(async () => (await report.row()).stage !== 'registered', `${number} did not begin`);
  return report;
}

async function sentReport(): Promise<TestCase> {
  const report = await nextReport();
  await report.complete('draft', 'political-1', drafted);
  await report.complete('approve', 'chief', { decision: 'approve' });
  await report.complete('send', 'political-1', sent);
  return report;
}

const openKeys = async (c: TestCase) => (await c.tasks()).filter(({ state }) => state === 'open').map(({ key }) => key);
const isAnswered = (c: TestCase) => until(async () => (await openKeys(c)).includes('draft-reply'), `${c.number} did not get its answer`);

describe('轮次 a round', () => {
  test('opens one case a month, by nobody in person, however often it is triggered', async () => {
    await Promise.all([tick(), tick()]);
    await tick();
    const [first, ...others] = await reports();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ openedBy: null, cause: expect.stringMatching(/^round:upward-report:\d{4}-\d{2}$/) });
  });

  test('without anything to report closes by itself and says so', async () => {
    const report = await nextReport();
    expect(await report.row()).toMatchObject({ state: 'closed', outcome: 'nothing-to-report' });
  });

  test('that an outage left out is opened when the system is back', async () => {
    const before = (await reports()).length;
    await skipMonths(2);
    await tick();
    expect((await reports()).length).toBe(before + 2);
  });
});

describe('汇总上报 an upward report', () => {
  test('collects the appeals by theme, linked both ways, without the title of one whose name is withheld', async () => {
    const [staff, pay] = [await waiting('编制'), await waiting('津贴', { nameWithheld: true, title: '李某的津贴' })];
    const report = await nextReport();
    expect((await report.links()).map(({ relation, number }) => [relation, number])).toEqual([
      ['collects', staff.number],
      ['collects', pay.number],
    ]);
    expect(await staff.links()).toContainEqual(expect.objectContaining({ relation: 'in-report', number: report.number }));
    const { data } = await bureau.bureau.db.$queryRaw<{ data: Uint8Array }[]>`select data from "case" where number = ${report.number}`.then(
      ([row]) => row ?? { data: new Uint8Array() },
    );
    const intake = bureau.bureau.ring.openJson('database', data, `data ${report.number}`);
    expect(intake).toMatchObject({ appeals: [{ theme: '编制', title: '增加编制' }, { theme: '津贴' }] });
    expect(JSON.stringify(intake)).not.toContain('李某');
    await report.complete('draft', 'political-1', drafted);
    expect((await report.open('approve')).excluded).toContain('political-1');
    await report.complete('approve', 'chief', { decision: 'refuse', reasons: '本级可办。' });
  });

  test('that was refused leaves its appeals to the next one, whose answer goes to each appellant', async () => {
    const report = await sentReport();
    const appeals = (await report.links()).map(({ number }) => bureau.caseOf(number));
    expect(appeals).toHaveLength(2);
    for (const appeal of appeals) expect(await appeal.notices('li')).toContain('sent-upward');

    const [staff, pay] = appeals;
    await report.complete('register-answer', 'political-1', ofTheme('编制'));
    if (staff) await isAnswered(staff);
    const due = (await report.open('register-answer')).dueAt;
    await report.complete('register-answer', 'political-1', { about: 'appeal', number: pay?.number, body: '省厅', answer: '已提标。' });
    if (pay) await isAnswered(pay);
    expect(due).not.toBeNull();
    expect(await report.row()).toMatchObject({ state: 'closed', outcome: 'answered' });
  });

  test('counts an answer to no theme of its own for nothing, and goes on asking by the same date', async () => {
    await waiting('装备');
    const report = await sentReport();
    const { dueAt } = await report.open('register-answer');
    await report.complete('register-answer', 'political-1', ofTheme('别的主题'));
    expect(await report.open('register-answer')).toMatchObject({ dueAt });
  });

  test('lets go of an appeal that was withdrawn, and one that was answered by hand, and gives an unanswered one to the next report', async () => {
    // 装备 of the test before is in a report that is under way: it is not collected twice.
    const [withdrawn, byHand, unanswered] = [await waiting('甲'), await waiting('乙'), await waiting('丙')];
    const report = await sentReport();
    expect((await report.links()).map(({ number }) => number)).toEqual([withdrawn.number, byHand.number, unanswered.number]);
    await withdrawn.submit('li', { action: 'withdraw', reason: '不再需要' });
    await byHand.complete('superior-answer', 'political-2', { body: '省厅', answer: '已电话答复。' });
    await report.complete('register-answer', 'political-1', ofTheme('甲'));
    expect(await withdrawn.row()).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
    await report.complete('register-answer', 'political-1', { about: 'rest', reasons: '省厅另行研究。' });
    expect(await report.row()).toMatchObject({ state: 'closed', outcome: 'partly-answered' });
    expect(await openKeys(unanswered)).toEqual(['superior-answer']);

    const next = await nextReport();
    expect((await next.links()).map(({ number }) => number)).toEqual([unanswered.number]);
  });

  test('whose appeals have all been withdrawn before it was sent has nothing to report', async () => {
    const only = await waiting('丁');
    const report = await nextReport();
    await report.complete('draft', 'political-1', drafted);
    await only.submit('li', { action: 'withdraw', reason: '不再需要' });
    await report.complete('approve', 'chief', { decision: 'approve' });
    expect(await report.row()).toMatchObject({ state: 'closed', outcome: 'nothing-to-report' });
  });
});
