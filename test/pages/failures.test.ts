/* What the pages do when something fails: nothing that was typed is lost, nothing happens twice, and there is always a way on. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PersonId } from '../../domain/ids.ts';
import { setPassword } from '../../store/accounts.ts';
import { noteLooks } from '../../store/stuck-cases.ts';
import { wish } from '../appeal.ts';
import type { TestPerson } from '../people.ts';
import { until } from '../until.ts';
import { flaws } from './browser.ts';
import { openDesk } from './desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
}, 600_000);
afterAll(() => desk?.close());
beforeEach(() => desk.lookLike('desk'));
// A refused request is told in the console by the browser itself; anything else is a fault.
afterEach(() => expect(desk.browser.faults().filter((fault) => !fault.includes('Failed to load resource'))).toEqual([]));

const open = (address: string, as?: TestPerson) => desk.browser.open(address, as ? { as } : {});
async function countCases(): Promise<number> {
  const [row] = await desk.bureau.bureau.db.$queryRaw<{ count: number }[]>`select count(*)::int as count from "case"`;
  return row?.count ?? 0;
}

async function fillAppeal(page: Page, title: string): Promise<void> {
  await page.getByLabel('渠道', { exact: true }).click();
  await page.locator('.ant-select-item-option', { hasText: '本人提交' }).click();
  await page.getByLabel('标题', { exact: true }).fill(title);
  await page.getByLabel('内容', { exact: true }).fill('中午没有热饭。');
}
const submit = (page: Page) => page.getByRole('button', { name: '提交', exact: true }).click();

test('a session that ends in the middle of a form asks for the password over the page, and nothing is lost', async () => {
  const { db } = desk.bureau.bureau;
  const page = await open('/start/appeal', 'zhao');
  await fillAppeal(page, '会话中断');
  await setPassword(db, PersonId.parse('zhao'), 'correct-horse-battery'); // ends the sessions as well
  await submit(page);
  const dialog = page.getByRole('dialog', { name: '登录已过期' });
  expect(await dialog.getByLabel('用户名').inputValue()).toBe('zhao');
  await dialog.getByLabel('口令', { exact: true }).fill('wrong-horse');
  await dialog.getByRole('button', { name: '登录' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('口令', { exact: true }).fill('correct-horse-battery');
  await dialog.getByRole('button', { name: '登录' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('会话中断');
  await submit(page);
  await page.getByRole('heading', { name: '会话中断' }).waitFor();
  await page.getByRole('status').filter({ hasText: '正在重新连接' }).waitFor({ state: 'detached' }); // live again, without a reload
});

test('a form whose answer was lost is sent again and opens one case', async () => {
  const page = await open('/start/appeal', 'wang');
  const before = await countCases();
  await fillAppeal(page, '应答丢失');
  await page.route('**/api/v1/cases', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await submit(page);
  await page.getByRole('alert').filter({ hasText: '连接不上服务' }).waitFor();
  expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('应答丢失');
  await page.unroute('**/api/v1/cases');
  await submit(page);
  await page.getByRole('heading', { name: '应答丢失' }).waitFor();
  expect(await countCases()).toBe(before + 1);
});

test('a draft survives the loss of the page, and goes with what is sent', async () => {
  const page = await open('/start/appeal', 'wang');
  await page.getByLabel('标题', { exact: true }).fill('写到一半');
  await page.getByText('草稿已保存').waitFor();
  await page.close();
  const home = await open('/', 'wang');
  await home.getByRole('region', { name: '未提交的草稿' }).getByRole('link', { name: '诉求' }).click();
  await home.getByText('已恢复您').waitFor();
  expect(await home.getByLabel('标题', { exact: true }).inputValue()).toBe('写到一半');
  await fillAppeal(home, '写完了');
  await submit(home);
  await home.getByRole('heading', { name: '写完了' }).waitFor();
  await until(async () => (await desk.bureau.bureau.db.draft.count()) === 0, 'the draft is still there');
});

test.each([
  ['the unit', 'supervision', '承办单位', '西山派出所'],
  ['whom it is for', 'appeal', '代谁提出', '姓名-zhao'],
])('the draft of a start keeps %s too, on another device as well', async (_what, process, label, chosen) => {
  const page = await open(`/start/${process}`, 'supervisor-1');
  await page.getByLabel(label, { exact: true }).fill(chosen);
  await page.locator('.ant-select-item-option', { hasText: chosen }).click();
  await page.getByText('草稿已保存').waitFor();
  const phone = await desk.browser.open(`/start/${process}`, { as: 'supervisor-1', look: 'phone' });
  await phone.getByText('Your draft of').waitFor();
  await phone.locator('.ant-select', { hasText: chosen }).waitFor();
  expect(await flaws(phone)).toEqual([]);
  await phone.getByRole('button', { name: 'Discard the draft' }).click();
  await phone.locator('.ant-select', { hasText: chosen }).waitFor({ state: 'detached' });
  await until(async () => (await desk.bureau.bureau.db.draft.count()) === 0, 'the draft is still there');
});

test('of two people who submit the same task one succeeds, and the other is told and sees what became of it', async () => {
  const c = await desk.bureau.start('appeal', 'li', { ...wish, title: '同时提交' });
  const [first, second] = await Promise.all([open(`/cases/${c.number}`, 'desk-1'), open(`/cases/${c.number}`, 'desk-2')]);
  await second.route('**/api/v1/stream', (route) => route.abort()); // it does not learn of the first
  await second.reload();
  const answer = async (page: Page) => {
    await page.getByRole('radio', { name: '告知' }).check();
    await page.getByRole('textbox', { name: '有权处理的机关' }).fill('市财政局');
    await page.getByRole('textbox', { name: '说明' }).fill('不属于本局职权。');
  };
  await Promise.all([answer(first), answer(second)]);
  await submit(first);
  await first.locator('.case-state', { hasText: '已告知有权机关' }).waitFor();
  await submit(second);
  await second.getByRole('alert').filter({ hasText: '该任务已办结' }).waitFor();
  await second.locator('.case-state', { hasText: '已告知有权机关' }).waitFor();
});

test('a case whose workflow was lost is started anew by an administrator, with a reason, and goes on', async () => {
  const c = await desk.bureau.start('appeal', 'li', { ...wish, title: '流程遗失' });
  await c.live(); // its first step is done
  await desk.bureau.client.workflow.getHandle(c.number).terminate('lost');
  await noteLooks(desk.bureau.bureau.db, [{ number: c.number, kind: 'ended' }], new Date());
  const page = await open('/admin/stuck', 'admin');
  await page.getByRole('button', { name: `重新启动：${c.number}` }).click();
  const dialog = page.getByRole('dialog');
  const run = dialog.getByRole('button', { name: '重新启动' });
  expect(await run.isDisabled()).toBe(true);
  expect(await flaws(page)).toEqual([]);
  await dialog.getByRole('textbox', { name: '理由' }).fill('误终止。');
  await run.click();
  await page.getByText(`${c.number} 已重新启动。`).waitFor();
  await page.getByText('所有办件都在正常推进。').waitFor();
  await c.complete('accept', 'desk-1', { decision: 'accept', handler: 'handler-1' });
  expect(await c.events()).toContain('restart-asked');
});

test('what another person does shows by itself', async () => {
  const c = await desk.bureau.start('appeal', 'li', { ...wish, title: '即时可见' });
  const page = await open(`/cases/${c.number}`, 'li');
  await page.locator('.case-state', { hasText: '受理' }).waitFor();
  await c.complete('accept', 'desk-1', { decision: 'accept', handler: 'handler-1' });
  await page.locator('.case-state', { hasText: '分类' }).waitFor();
});

test('a case of which one may not know is answered as one that is not there', async () => {
  const c = await desk.bureau.start('appeal', 'li', { ...wish, title: '他人的诉求' });
  const page = await open(`/cases/${c.number}`, 'wang');
  await page.getByRole('alert').filter({ hasText: '没有这一页，或者您无权查看' }).waitFor();
  await page.getByRole('link', { name: '回到首页' }).click();
  await page.getByRole('heading', { name: '姓名-wang' }).waitFor();
});

test('a page that breaks says so and leads out, and the places stay', async () => {
  const page = await open('/', 'wang');
  await page.route(/cases\?&limit/, (route) => route.fulfill({ json: { items: [null], nextCursor: null } }));
  await page.getByRole('link', { name: '办件查询' }).click();
  await page.getByRole('alert').filter({ hasText: '这一页出错了' }).waitFor();
  await page.unroute(/cases\?&limit/);
  await page.getByRole('navigation').getByRole('link', { name: '首页' }).click();
  await page.getByRole('heading', { name: '姓名-wang' }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: '重新打开本页' }).click();
  await page.getByRole('heading', { name: '办件查询' }).waitFor();
  expect(desk.browser.faults().join()).toContain("reading 'number'");
});

test('a part of the pages that does not come says so, and the page is there when it is opened again', async () => {
  const page = await open('/', 'wang');
  await page.route(/assets\/me-/, (route) => route.abort());
  await page.getByRole('link', { name: '我的档案' }).click();
  await page.getByRole('alert').filter({ hasText: '这一页出错了' }).waitFor();
  await page.unroute(/assets\/me-/);
  await page.getByRole('button', { name: '重新打开本页' }).click();
  await page.getByRole('heading', { name: '我的档案' }).waitFor();
  expect(desk.browser.faults().join()).toContain('me-');
});

test('a page that lost the service says so, and goes on by itself when it is back', async () => {
  const page = await open('/', 'wang');
  await page.route('**/api/v1/stream', (route) => route.abort());
  await page.reload();
  await page.getByRole('status').filter({ hasText: '正在重新连接' }).waitFor();
  await page.unroute('**/api/v1/stream');
  await page.getByRole('status').filter({ hasText: '正在重新连接' }).waitFor({ state: 'detached' });
});

test('the longest title and text fit on a phone', async () => {
  const long = 'W'.repeat(120);
  const c = await desk.bureau.start('appeal', 'li', { ...wish, title: long, content: 'M'.repeat(10_000) });
  const page = await desk.browser.open(`/cases/${c.number}`, { as: 'li', look: 'phone' });
  await page.getByRole('heading', { name: long }).waitFor();
  expect(await flaws(page)).toEqual([]);
  await page.goto('/');
  await page.getByText(long).first().waitFor();
  expect(await flaws(page)).toEqual([]);
});
