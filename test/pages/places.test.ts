/* Every place of the pages in both languages and both widths, and what is done there besides cases. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { wish } from '../appeal.ts';
import { flaws } from './browser.ts';
import { openDesk } from './desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
  for (const title of ['食堂', '宿舍', '车辆']) await desk.bureau.start('appeal', 'li', { ...wish, title });
}, 600_000);
afterAll(() => desk?.close());
afterEach(() => expect(desk.browser.faults()).toEqual([]));

describe.each(['desk', 'phone'] as const)('on a %s', (look) => {
  test('each place is whole: nothing serious for WCAG 2.1 AA, nothing wider than the window', async () => {
    const page = await desk.browser.open('/', { as: 'desk-1', look });
    const [row] = await desk.bureau.bureau.db.$queryRaw<{ number: string }[]>`select number from "case" order by id limit 1`;
    for (const place of [`/cases/${row?.number}`, '/', '/inbox', '/start', '/cases', '/me', '/no-such-place']) {
      await page.goto(place);
      await page.getByRole('heading').first().waitFor();
      expect([place, ...(await flaws(page))]).toEqual([place]);
    }
    await page.close();
  }, 60_000);
});

test('whoever is not signed in is asked who they are, in the language of the browser', async () => {
  const page = await desk.browser.open('/me');
  await page.getByRole('heading', { name: '万件不落' }).waitFor();
  expect(await flaws(page)).toEqual([]);
});

test('what can be started is found by pinyin initials', async () => {
  const page = await desk.browser.open('/start', { as: 'li' });
  await page.getByRole('main').getByRole('textbox').fill('sq');
  await page.getByRole('main').getByRole('link', { name: '诉求' }).waitFor();
  expect(await page.getByRole('main').getByRole('listitem').count()).toBe(1);
});

test('the list of tasks goes by keys, and its filters live in the address and under a name', async () => {
  const page = await desk.browser.open('/inbox', { as: 'desk-1' });
  await page.locator('[data-task]').nth(2).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('toolbar').filter({ hasText: '已选 1 项' }).waitFor();
  const second = (await page.locator('[data-task]').nth(1).getAttribute('data-task')) ?? '';
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/cases/*#${second}`);
  await page.goto('/inbox?due=week');
  await page.getByRole('button', { name: '保存当前筛选' }).click();
  await page.getByPlaceholder('视图名称').fill('本周');
  await page.getByPlaceholder('视图名称').press('Enter');
  await page.getByPlaceholder('视图名称').waitFor({ state: 'detached' });
  const phone = await desk.browser.open('/inbox', { as: 'desk-1', look: 'phone' }); // nothing of it is in the other browser
  await phone.getByRole('button', { name: '本周', exact: true }).click();
  await phone.waitForURL('**/inbox?due=week');
  expect(await flaws(phone)).toEqual([]);
  await phone.getByLabel('Delete the view “本周”').click();
  await phone.getByRole('button', { name: '本周', exact: true }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: '保存当前筛选' }).waitFor();
  expect(await page.getByRole('button', { name: '本周', exact: true }).count()).toBe(0);
});

test('several tasks are handed on at once, after a preview, with the result of each', async () => {
  const page = await desk.browser.open('/inbox?show=unit', { as: 'branch-leader' });
  const boxes = page.getByRole('main').getByRole('checkbox');
  await boxes.nth(1).check();
  await boxes.nth(2).check();
  await page.getByRole('button', { name: '批量转办' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('转给').fill('desk-2');
  await page.locator('.ant-select-item-option', { hasText: '姓名-desk-2' }).click();
  await dialog.getByLabel('理由').fill('均衡工作量。');
  await dialog.getByRole('button', { name: '预览' }).click();
  await dialog.getByText('将办理 2 项。').waitFor();
  await dialog.getByRole('button', { name: '执行' }).click();
  await dialog.getByText('已办理 2 项').waitFor();
  await dialog.getByRole('button', { name: '完成' }).click();
  const other = await desk.browser.open('/inbox', { as: 'desk-2' });
  await other.locator('[data-task]').nth(1).waitFor();
});

test('a file goes with what is sent, and is opened from the case', async () => {
  const page = await desk.browser.open('/start/appeal', { as: 'wang' });
  await page.getByLabel('渠道', { exact: true }).click();
  await page.locator('.ant-select-item-option', { hasText: '本人提交' }).click();
  await page.getByLabel('标题', { exact: true }).fill('附照片');
  await page.getByLabel('内容', { exact: true }).fill('如附件。');
  await page.locator('input[type=file]').setInputFiles({ name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('食堂关门时间。') });
  await page.getByText('说明.txt').waitFor();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('heading', { name: '附照片' }).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: '附件与文书' }).getByRole('link', { name: '说明.txt' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('说明.txt');
});

test('a person who will be away names a substitute, sees it and ends it', async () => {
  const page = await desk.browser.open('/me', { as: 'leader-1', timezone: 'America/New_York' });
  const part = page.getByRole('region', { name: '委托代办' });
  await part.getByLabel('受托人').fill('deputy-1');
  await page.locator('.ant-select-item-option', { hasText: '姓名-deputy-1' }).click();
  const [first, last] = [30, 34].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
  for (const [field, value] of [
    ['开始日期', `${first} 09:00`],
    ['结束日期', `${last} 18:00`],
  ] as const) {
    await part.getByPlaceholder(field).fill(value);
    await page.locator('.ant-picker-ok button').click();
  }
  await part.getByRole('button', { name: '设立委托' }).click();
  await part.getByText('姓名-deputy-1').waitFor();
  await part.getByText(/ 09:00 至 .* 18:00/).waitFor(); // by the bureau's clock, whatever that of the browser
  await part.getByRole('button', { name: '结束委托' }).click();
  await part.getByRole('button', { name: '设立委托' }).waitFor();
});

test('leave is asked for from the own file, and stands there with what is left', async () => {
  const c = await desk.bureau.start('annual-leave', 'wang', { year: 'next' });
  await c.until('confirm');
  const year = Number((await desk.bureau.today()).slice(0, 4)) + 1;
  const service = { workingSince: `${year - 12}-03-01`, takenBefore: 0, schoolHolidays: 0, personalDays: 0, sickMonths: 0 };
  await c.complete('confirm', 'political-1', service);
  await c.complete('request', 'wang', { action: 'plan', periods: [{ from: `${year}-06-07`, until: `${year}-06-10` }] });
  const page = await desk.windowOf('wang');
  await page.goto('/me');
  const part = page.getByRole('region', { name: '年休假' });
  await part.getByRole('link', { name: '申请年休假' }).waitFor(); // that of this year
  await part.getByRole('link', { name: '安排或申请' }).click();
  await page.waitForURL(new RegExp(`/cases/${c.number}#${c.number}\\.\\d+$`));
  await desk.complete(c.number, 'request', 'wang', { action: 'ask', from: `${year}-03-08`, until: `${year}-03-12` });
  await page.goto('/me');
  await part.getByText(/最迟 .+ 审批/).waitFor();
  await part.getByRole('listitem').filter({ hasText: '待审批' }).waitFor();
  await c.complete('decide', 'leader-2', { decision: 'approve' });
  await page.reload();
  await part.getByRole('listitem').filter({ hasText: '已批准' }).waitFor();
  expect(await part.getByText('10 天').count()).toBe(1);
  for (const look of ['desk', 'phone'] as const) {
    const seen = await desk.browser.open('/me', { as: 'wang', look });
    await seen
      .getByRole('region', { name: /年休假|Annual leave/ })
      .getByText(/已批准|granted/)
      .last()
      .waitFor();
    expect(await flaws(seen)).toEqual([]);
    await desk.shoot(seen, `me-leave-${look}`);
    await seen.close();
  }
});

test('a health check is asked for from the own file, booked, moved, and its result read, through pages alone', async () => {
  const page = await desk.windowOf('handler-2');
  await page.goto('/me');
  await page.getByRole('region', { name: '体检' }).getByRole('link', { name: '申请体检' }).click();
  await page.waitForURL(/\/start\/health-check$/);
  const facts = { sex: 'female', bornOn: '1980-03-01', post: 'shifts', rank: 'sergeant' };
  const number = await desk.start('health-check', 'handler-2', { facts, wishes: '周一上午。' });
  const inDays = async (days: number) => new Date(Date.parse(await desk.bureau.now()) + days * 86_400_000).toISOString();
  const book = async (days: number) => desk.complete(number, 'book', 'health-1', { hospital: '市一医院', at: await inDays(days) });
  await desk.bureau.caseOf(number as never).until('book');
  const proposed = await desk.windowOf('health-1');
  await proposed.goto(`/cases/${number}`);
  for (const item of ['乳腺影像', '睡眠和动态血压监测']) await proposed.getByText(item).first().waitFor();
  await book(9);
  for (const look of ['desk', 'phone'] as const) {
    const seen = await desk.browser.open('/me', { as: 'handler-2', look });
    await seen
      .getByRole('region', { name: /^体检|Health checks/ })
      .getByText(/市一医院/)
      .waitFor();
    expect(await flaws(seen)).toEqual([]);
    await desk.shoot(seen, `me-check-${look}`);
    await seen.close();
  }
  await desk.complete(number, 'appointment', 'handler-2', { answer: 'move', wishes: '改到下旬。' });
  await book(20);
  await desk.bureau.skip({ days: 20, hours: 1 });
  await desk.bureau.caseOf(number as never).until('result');
  await desk.complete(number, 'result', 'health-2', { finding: 'abnormal', record: '血压偏高。', advice: '七日内复查。' });
  await page.goto(`/cases/${number}`);
  await page.getByText('七日内复查。').first().waitFor();
  await desk.shoot(page, 'health-check-desk');
  await page.goto('/me');
  await page.getByRole('region', { name: '体检' }).getByText('异常随访').waitFor();
});

test('everyone sees who looked at their cases, and that they are protected', async () => {
  const [row] = await desk.bureau.bureau.db.$queryRaw<{ number: string }[]>`select number from "case" order by id limit 1`;
  const visitor = await desk.browser.open(`/cases/${row?.number}`, { as: 'desk-2' });
  await visitor.getByRole('region', { name: '办理过程' }).waitFor();
  const page = await desk.browser.open('/me', { as: 'li' });
  await page.getByRole('region', { name: '谁看过我的办件' }).getByText('姓名-desk-2').first().waitFor();
  await page.getByRole('region', { name: '限制、措施与保护标记' }).getByText('防打击报复标记').first().waitFor();
});
