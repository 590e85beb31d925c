/* 督办, 一案双查 and 伤病绿色通道 done through the pages alone, by everyone concerned. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { allegationAgainst, proven, recording } from '../investigation.ts';
import type { TestPerson } from '../people.ts';
import { until } from '../until.ts';
import { flaws } from './browser.ts';
import { type Desk, openDesk, openLiveDesk } from './desk.ts';
import { fill } from './fill.ts';

describe('on a bureau whose day takes a second and a half', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openLiveDesk(`timeScale: ${86_400 / 1.5}\n`);
  }, 600_000);
  afterAll(() => desk?.close());
  afterEach(() => expect(desk.browser.faults()).toEqual([]));

  const forms: Readonly<Record<string, readonly [TestPerson, object]>> = {
    sign: ['leader-1', { handler: 'handler-1' }],
    plan: ['handler-1', { plan: '分两步进行。' }],
    result: ['handler-1', { result: '已更换线路。', evidence: ['验收单'] }],
    verify: ['supervisor-2', { decision: 'approve' }],
  };

  test('a directive that nobody signs for climbs before the eyes of who issued it, opens an inspection, and is done all the same', async () => {
    const directive = { source: 'leader', title: '备勤室电路', order: '更换老化线路。', tier: '1' };
    const number = await desk.start('supervision', 'supervisor-1', directive, { unit: 'station-1' });
    const issuer = await desk.windowOf('supervisor-1');
    await issuer.locator('.case-state', { hasText: '升级 2 级' }).waitFor({ timeout: 30_000 });
    await issuer.getByRole('region', { name: '关联办件' }).getByRole('link', { name: /DC-/ }).waitFor({ timeout: 30_000 });
    desk.lookLike('phone');
    for (;;) {
      const [key] = await desk.openTasks(number, 'supervisor-1');
      const form = forms[key ?? ''];
      if (key === undefined || form === undefined) break;
      await desk.complete(number, key, ...form);
    }
    await issuer.locator('.case-state', { hasText: '落实到位' }).waitFor();
    expect(await flaws(issuer)).toEqual([]);
  }, 180_000);
});

describe('on a bureau whose time is skipped', () => {
  let desk: Awaited<ReturnType<typeof openDesk>>;
  beforeAll(async () => {
    desk = await openDesk();
  }, 600_000);
  afterAll(() => desk?.close());
  // Whose part in a case has ended may lose sight of it, which the browser tells in the console.
  afterEach(() => expect(desk.browser.faults().filter((fault) => !/status of 404 .*\/cases\/LT-/.test(fault))).toEqual([]));

  test('an injury is reported on a phone, and all who are called answer on theirs', async () => {
    desk.lookLike('phone');
    const fall = { person: 'zhao', place: '东湖桥北侧', what: '追捕时摔下台阶。', severity: 'serious' };
    const number = await desk.start('injury-care', 'wang', fall);
    await desk.complete(number, 'acknowledge', 'hospital-1', { hospital: '市一医院急诊', contact: '护士站 8800', admitted: true });
    await desk.complete(number, 'guarantee', 'welfare-1', { note: '已出具担保函。' });
    await desk.complete(number, 'name-companion', 'political-1', { companion: 'legal-1' });
    await desk.complete(number, 'inform-family', 'legal-1', { informed: '已当面告知配偶。' });
    await desk.complete(number, 'visit', 'supervising-1', { note: '已看望。' });
    const subject = await desk.browser.open(`/cases/${number}`, { as: 'zhao', look: 'phone' });
    await subject.getByText('追捕时摔下台阶。').first().waitFor();
    expect(await flaws(subject)).toEqual([]);
    const leader = await desk.browser.open(`/cases/${number}`, { as: 'leader-1', look: 'phone' });
    await leader.getByRole('region', { name: 'Arrange a stand-in for the shift' }).waitFor();
    expect(await leader.getByText('追捕时摔下台阶。').count()).toBe(0);
  }, 120_000);

  test('a dual investigation is opened, and one of its teams investigates, reports and hears whom it is about', async () => {
    desk.lookLike('desk');
    const number = await desk.start('dual-investigation', 'discipline-1', incident);
    await desk.complete(number, 'approve', 'chief', teams);
    await desk.complete(number, 'plan', 'inspector-1', { plan: '调取录像、询问当班人员。' });
    for (const { record, data } of [allegationAgainst('zhao'), recording, proven(1, 2)]) await fileEntry(number, record, data);
    await desk.complete(number, 'investigate', 'inspector-1', {
      of: 'conduct',
      report: '枪柜未锁属实。',
      findings,
      told: '拟认定履职不力。',
    });
    await desk.complete(number, 'countersign', 'inspector-2', { decision: 'approve' });
    await desk.complete(number, 'serve', 'inspector-1', { how: 'in-person', at: await desk.bureau.now() });
    const page = await desk.browser.open(`/cases/${number}`, { as: 'zhao' });
    await page.getByRole('region', { name: '告知材料' }).getByText('当晚饮酒。').waitFor();
    expect(await page.getByText('所内监控').count()).toBe(0);
    await desk.complete(number, 'hear', 'zhao', { answer: 'stated', statement: '钥匙不在我处。' });
    await desk.complete(number, 'consider', 'inspector-1', { finding: 'stands', answer: '不予采纳。' });
    const head = await desk.browser.open(`/cases/${number}`, { as: 'discipline-1' });
    await head.getByRole('region', { name: '调查卷' }).getByText('3. 认定').waitFor();
    expect(await flaws(head)).toEqual([]);
  }, 180_000);

  /** Puts an entry into the file of the investigation, on the page of the case. */
  async function fileEntry(number: string, record: string, data: object): Promise<void> {
    const page = await desk.browser.open(`/cases/${number}`, { as: 'inspector-1' });
    const part = page.getByRole('region', { name: '调查卷' });
    const titles = { allegation: '问题（指控）', evidence: '证据', finding: '认定' } as const;
    const title = titles[record as keyof typeof titles];
    await part.getByRole('button', { name: `记入${title}` }).click();

    const { forms } = await (await page.request.get(`/api/v1/cases/${number}/records`)).json();
    await fill(part.locator('form'), forms[record].form, { ...data }, 'zh');
    await part.getByRole('button', { name: '记入调查卷' }).click();
    await until(async () => (await part.locator('form').count()) === 0, `${title} was not filed`);
    await page.close();
  }
});

const findings = [{ point: '枪柜未锁', result: 'proven', reasons: '日志清楚。' }];
const incident = {
  title: '枪支管理事故',
  actOn: '2026-10-12',
  ground: 'leave-7',
  facts: '值班期间枪柜未锁。',
  conduct: ['zhao'],
  leadership: ['leader-1'],
};
const teams = {
  decision: 'approve',
  conduct: { lead: 'inspector-1', members: ['inspector-2'] },
  leadership: { lead: 'discipline-2', members: ['inspector-3'] },
};
