/* The pages of administration, on real services: who finds them, what a table of people does, what a limit comes to. */
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type TestApi, testApi } from '../api.ts';
import { flaws, type TestBrowser, testBrowser } from './browser.ts';

let api: TestApi;
let browser: TestBrowser;
beforeAll(async () => {
  api = await testApi({ overlay: fileURLToPath(new URL('../fixtures/published.yaml', import.meta.url)) });
  browser = await testBrowser(api);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await api?.close();
});
// A refused request is told in the console by the browser itself; anything else is a fault.
afterEach(() => expect(browser.faults().filter((fault) => !fault.includes('Failed to load resource'))).toEqual([]));

/** `sun,孙一,station-1,reviewer`, as a spreadsheet program on a Chinese Windows saves it. */
const asOfChineseWindows = Buffer.from('username,name,unit,roles\nsun,\xcb\xef\xd2\xbb,station-1,reviewer\n', 'latin1');

const menuEntry = (page: Page) => page.getByRole('navigation').getByRole('link', { name: '管理', exact: true });
const nameOf = async (person: string) => (await api.database.db.person.findUnique({ where: { id: person } }))?.name;

test('an administrator is shown the faults of a table line by line, then what a good one would do, and only then imports it', async () => {
  const page = await browser.open('/', { as: 'admin' });
  await menuEntry(page).click();
  await page.getByRole('navigation', { name: '管理' }).getByRole('link', { name: '批量导入' }).click();
  const table = page.getByLabel('表格内容', { exact: true });
  const preview = page.getByRole('button', { name: '预览' });
  const run = page.getByRole('button', { name: '导入', exact: true });

  await table.fill('username,name,unit\nsun,孙一,station-1\nqian,钱二,nowhere\n');
  expect(await run.isDisabled()).toBe(true);
  await preview.click();
  await page.getByRole('alert').filter({ hasText: '表格有 1 处错误' }).waitFor();
  const fault = page.getByRole('region', { name: '有错误的行' }).getByRole('listitem');
  expect(await fault.allInnerTexts()).toEqual([expect.stringMatching(/第 3 行.*qian,钱二,nowhere.*unit/s)]);
  expect(await run.isDisabled()).toBe(true);

  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: asOfChineseWindows });
  await page.waitForFunction(`document.querySelector('textarea').value.includes('孙一')`);
  await preview.click();
  await page.getByRole('status').filter({ hasText: '尚未导入' }).waitFor();
  const changes = page.getByRole('region', { name: '具体变化' });
  await changes.getByText('孙一 · 复核员 东湖派出所').waitFor();
  expect(await changes.getByText('孙一 sun').count()).toBe(1);
  expect(await nameOf('sun')).toBeUndefined();
  await run.click();
  await page.getByRole('status').filter({ hasText: '已导入' }).waitFor();
  expect(await nameOf('sun')).toBe('孙一');

  await page.getByRole('navigation', { name: '管理' }).getByRole('link', { name: '人员与单位' }).click();
  await page.getByLabel('姓名、用户名或警号').fill('孙');
  await page.getByLabel('姓名、用户名或警号').press('Enter');
  await page.getByRole('link', { name: '孙一' }).waitFor();
});

test('someone without such a role finds no way there, and is told so who comes by the address', async () => {
  const page = await browser.open('/', { as: 'li' });
  await page.getByRole('heading', { name: '姓名-li' }).waitFor();
  expect(await menuEntry(page).count()).toBe(0);
  await page.goto('/admin/policy');
  await page.getByRole('alert').filter({ hasText: '管理页面仅供' }).waitFor();
});

test('an auditor is led to what is theirs and refused the rest', async () => {
  const page = await browser.open('/admin', { as: 'auditor' });
  await page.getByRole('heading', { name: '现行政策' }).waitFor();
  expect(await page.getByRole('navigation', { name: '管理' }).getByRole('link').allInnerTexts()).toEqual([
    '现行政策',
    '时限试算',
    '工作日历',
    '规则库',
    '密钥',
    '审计',
  ]);
  await page.goto('/admin/import');
  await page.getByRole('alert').filter({ hasText: '管理页面仅供' }).waitFor();
});

test('what an overlay changed stands beside what is shipped, and the simulator shows the date that the calendar gives', async () => {
  const page = await browser.open('/admin/policy', { as: 'supervisor-1' });
  const row = page.getByRole('row').filter({ hasText: 'calendar.publishedThrough' });
  await row.waitFor();
  expect(await row.getByRole('cell').allInnerTexts()).toEqual(['—', '2033']);
  const from = '2026-09-30T02:00:00.000Z';
  await page.goto(`/admin/simulate?process=appeal&task=classify&from=${from}`);
  expect(await page.getByLabel('开始时间').inputValue()).toBe('2026-09-30 10:00'); // the bureau's time, wherever the browser stands
  const due = page.getByRole('status').locator('time');
  const [shown, asked] = await Promise.all([
    due.getAttribute('datetime'),
    page.evaluate(`fetch('/api/v1/calendar/due?from=${from}&workingDays=3').then((answer) => answer.json())`),
  ]);
  expect({ dueAt: shown }).toEqual(asked);
});

test('nobody gives a role to themselves; another one does, and ends it again', async () => {
  const own = await browser.open('/admin/people/political-1', { as: 'political-1' });
  await own.getByText('不能为本人办理此事').waitFor();
  expect(await own.getByRole('button', { name: '授予角色' }).count()).toBe(0);

  const page = await browser.open('/admin/people/li', { as: 'political-1' });
  await page.getByRole('button', { name: '授予角色' }).click();
  const dialog = page.getByRole('dialog');
  await pick(page, dialog.getByLabel('角色', { exact: true }), '复核员');
  await pick(page, dialog.getByLabel('单位', { exact: true }), '城东分局');
  await dialog.getByRole('button', { name: '确定' }).click();
  await page.getByRole('button', { name: '结束角色：复核员' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await page.getByText('没有担任其他角色').waitFor();
});

test.each([
  ['desk', 'people', 'policy', 'calendar', 'stuck'],
  ['phone', 'people/li', 'acting?unit=station-1', 'simulate?process=appeal&task=accept&from=2026-09-30T02:00:00Z', 'audit'],
] as const)(
  'on a %s these pages have no serious flaw',
  async (look, ...paths) => {
    for (const path of paths) {
      const page = await browser.open(`/admin/${path}`, { as: 'admin', look });
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await flaws(page)]).toEqual([path, []]);
    }
  },
  60_000,
);

async function pick(page: Page, field: ReturnType<Page['getByLabel']>, word: string): Promise<void> {
  await field.click();
  await field.fill(word);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: word }).first().click();
}
