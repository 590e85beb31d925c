/* The pages of administration, on real services: who finds them, what a table of people does, what a limit comes to. */
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type TestApi, testApi } from '../api.ts';
import type { TestPerson } from '../people.ts';
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

test('a notice that did not go out is sent again, or all of them after a question, and what cannot be is told', async () => {
  const { db } = api.database;
  await api.ask('PUT /api/v1/me/channels', { as: 'li', body: { email: 'li@bureau.example' } });
  const facts = JSON.stringify({ kind: 'channel-failed', channel: 'wecom' });
  await db.$executeRaw`insert into notice (person_id, kind, at, facts) values ('li', 'channel-failed', now(), ${facts}::jsonb)`;
  await db.$executeRaw`
    insert into delivery (notice_id, person_id, channel, state, attempts, error, queued_at, next_at, ended_at)
    select n.id, 'li', channel, 'failed', 12, error, now(), now(), now()
      from notice n, (values ('email', 'refused 550'), ('email', 'no-answer'), ('wecom', 'channel-removed')) as f(channel, error)`;
  const queued = async () =>
    (await db.$queryRaw<{ channel: string }[]>`select channel from delivery where state = 'queued'`).map(({ channel }) => channel);
  const page = await browser.open('/admin/deliveries', { as: 'admin', look: 'phone' });
  const rowOf = (error: string) => page.locator('.row', { hasText: error });
  await rowOf('The receiver refused it 550').waitFor();
  expect(await flaws(page)).toEqual([]);
  await rowOf('Its receiver gave up the channel').getByRole('button').click();
  await page.getByText('Not sent again').waitFor();
  expect(await queued()).toEqual([]);
  await rowOf('The receiver refused it 550').getByRole('button').click();
  await rowOf('The receiver refused it 550').waitFor({ state: 'detached' });
  expect(await queued()).toEqual(['email']);
  await page.getByRole('button', { name: 'Send all again' }).click();
  await page.getByRole('dialog').getByText('also what is not listed').waitFor();
  expect(await queued()).toEqual(['email']);
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await rowOf('did not answer').waitFor({ state: 'detached' });
  expect(await queued()).toEqual(['email', 'email']);
  await rowOf('Its receiver gave up the channel').waitFor();
});

/** Fills in a date with its time, as the bureau's clocks show it. */
async function enterTime(page: Page, field: ReturnType<Page['getByLabel']>, wall: string): Promise<void> {
  await field.fill(wall);
  await page.locator('.ant-picker-ok:visible button').click();
}

describe('in a browser in New York', () => {
  const open = (address: string, as: TestPerson) => browser.open(address, { as, timezone: 'America/New_York' });
  /** What is sent when that is pressed. */
  const sentBy = async (page: Page, press: () => Promise<void>) => {
    const [request] = await Promise.all([
      page.waitForRequest((each) => each.method() !== 'GET' && !each.url().includes('/drafts/')),
      press(),
    ]);
    return request.postDataJSON();
  };
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const [first, last] = [day(30), day(34)];
  const nine = '2027-01-04T01:00:00.000Z'; // in Shanghai

  test('a role is granted and someone named to act by the clock of the bureau, which is also what “now” says', async () => {
    const person = await open('/admin/people/wang', 'political-1');
    await person.getByRole('button', { name: '授予角色' }).click();
    const dialog = person.getByRole('dialog');
    await pick(person, dialog.getByLabel('角色', { exact: true }), '复核员');
    await pick(person, dialog.getByLabel('单位', { exact: true }), '城东分局');
    await enterTime(person, dialog.getByLabel('开始', { exact: true }), `${first} 09:00`);
    await enterTime(person, dialog.getByLabel('结束', { exact: true }), `${last} 18:00`);
    const granted = await sentBy(person, () => dialog.getByRole('button', { name: '确定' }).click());
    expect(granted).toMatchObject({ from: `${first}T01:00:00.000Z`, until: `${last}T10:00:00.000Z` });

    const acting = await open('/admin/acting?unit=station-1', 'political-1');
    await pick(acting, acting.getByLabel('人员', { exact: true }), '姓名-zhao');
    await pick(acting, acting.getByLabel('角色', { exact: true }), '单位负责人');
    await acting.getByLabel('开始', { exact: true }).click();
    await acting.locator('.ant-picker-now:visible a').click();
    await acting.keyboard.press('Escape');
    await enterTime(acting, acting.getByLabel('结束', { exact: true }), `${last} 18:00`);
    await acting.getByLabel('理由').fill('年休假。');
    const named = await sentBy(acting, () => acting.getByRole('button', { name: '指定代理人' }).click());
    expect(named).toMatchObject({ until: `${last}T10:00:00.000Z` });
    expect(Math.abs(Date.parse(named.from) - Date.now())).toBeLessThan(120_000);
    await acting.getByText(/至 .* 18:00/).waitFor();
  });

  test('a form keeps a time as it was entered, as a draft and when it is sent; so does the simulator', async () => {
    const report = await open('/start/injury-care', 'wang');
    await enterTime(report, report.getByLabel('发生时间', { exact: true }), '2026-11-02 02:30');
    await report.getByText('草稿已保存').waitFor();
    await report.reload();
    await report.getByText('已恢复您').waitFor();
    expect(await report.getByLabel('发生时间', { exact: true }).inputValue()).toBe('2026-11-02 02:30');
    await pick(report, report.getByLabel('谁（为本人上报的不填）', { exact: true }), '姓名-zhao');
    await report.getByLabel('在哪里', { exact: true }).fill('东湖桥');
    await report.getByLabel('什么情况', { exact: true }).fill('摔倒。');
    await report.getByLabel('有多严重', { exact: true }).click();
    await report.locator('.ant-select-item-option', { hasText: '较轻' }).click();
    const sent = await sentBy(report, () => report.getByRole('button', { name: '提交', exact: true }).click());
    expect(sent.data.at).toBe('2026-11-01T18:30:00.000Z');

    const simulator = await open(`/admin/simulate?process=appeal&task=classify&from=${nine}`, 'admin');
    const from = simulator.getByLabel('开始时间');
    expect(await from.inputValue()).toBe('2027-01-04 09:00');
    await enterTime(simulator, from, '2027-01-05 09:00');
    await simulator.waitForURL((url) => url.searchParams.get('from') === '2027-01-05T01:00:00.000Z');
  });

  test('the zone is the one of the policy, which comes with who is signed in', async () => {
    const page = await open('/', 'admin');
    await page.route('**/api/v1/me', async (route) => {
      const told = await (await route.fetch()).json();
      expect(told.timeZone).toBe('Asia/Shanghai');
      await route.fulfill({ json: { ...told, timeZone: 'Asia/Urumqi' } });
    });
    await page.goto(`/admin/simulate?process=appeal&task=classify&from=${nine}`);
    expect(await page.getByLabel('开始时间').inputValue()).toBe('2027-01-04 07:00');
    await enterTime(page, page.getByLabel('开始时间'), '2027-01-04 09:00');
    await page.waitForURL((url) => url.searchParams.get('from') === '2027-01-04T03:00:00.000Z');
  });
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
  if (await field.isEditable()) await field.fill(word);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: word }).first().click();
}
