/* What is done on the page of a case beside its tasks, by those who may: splitting, the seats of a panel, the list of a round. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TestCase } from '../bureau.ts';
import { fileInquiry } from '../investigation.ts';
import { latestRound } from '../rounds.ts';
import { flaws } from './browser.ts';
import { openDesk } from './desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
}, 600_000);
afterAll(() => desk?.close());
// A refused request is told in the console by the browser itself; anything else is a fault.
afterEach(() => expect(desk.browser.faults().filter((fault) => !fault.includes('Failed to load resource'))).toEqual([]));

async function choose(page: Page, label: string, word: string, at = 0): Promise<void> {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).nth(at).fill(word);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: word }).click();
}
const menuOf = async (page: Page) => {
  await page.getByRole('button', { name: '操作' }).click();
  return page.getByRole('menu');
};

test('whoever issued a directive splits it: each part begins with its contents, has a unit of its own and becomes a case', async () => {
  const order = { source: 'leader', title: '两处整改', order: '整改车棚和食堂。', tier: '7' };
  const c = await desk.bureau.start('supervision', 'supervisor-1', order, { unit: 'station-1', subject: null });
  const other = await desk.browser.open(`/cases/${c.number}`, { as: 'leader-1' });
  expect(await (await menuOf(other)).getByText('分解为若干件').count()).toBe(0);

  const page = await desk.browser.open(`/cases/${c.number}`, { as: 'supervisor-1' });
  await (await menuOf(page)).getByText('分解为若干件').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('本件随即以“已分解”办结').waitFor();
  expect(await flaws(page)).toEqual([]);
  const orders = dialog.getByLabel('督办要求', { exact: true });
  expect(await orders.nth(1).inputValue()).toBe('整改车棚和食堂。');
  await orders.nth(0).fill('整改车棚。');
  await orders.nth(1).fill('整改食堂。');
  await choose(page, '承办单位', '西山派出所', 1);
  await dialog.getByRole('button', { name: '分解为若干件' }).click();
  await dialog.getByText('必填').waitFor(); // the reason
  await dialog.getByLabel('理由', { exact: true }).fill('分属两个单位。');
  await dialog.getByRole('button', { name: '分解为若干件' }).click();
  await page.locator('.case-state', { hasText: '已分解' }).waitFor();
  const parts = page.getByRole('region', { name: '关联办件' }).getByRole('link', { name: /DB-/ });
  await parts.nth(1).waitFor();
  await parts.nth(1).click();
  await page.getByRole('region', { name: '登记内容' }).getByText('整改食堂。').waitFor();
  expect(await page.locator('.facts').textContent()).toContain('西山派出所');
});

test('a case is suspended until a time by the clock of the bureau, wherever the browser stands', async () => {
  const order = { source: 'leader', title: '等待批复', order: '按批复整改。', tier: '7' };
  const c = await desk.bureau.start('supervision', 'supervisor-1', order, { unit: 'station-1', subject: null });
  const page = await desk.browser.open(`/cases/${c.number}`, { as: 'supervisor-1', timezone: 'America/New_York' });
  await (await menuOf(page)).getByText('中止', { exact: true }).click();
  const dialog = page.getByRole('dialog');
  const day = new Date(Date.parse(await desk.bureau.now()) + 9 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('恢复时间', { exact: true }).fill(`${day} 09:00`);
  await page.locator('.ant-picker-ok:visible button').click();
  await dialog.getByLabel('理由', { exact: true }).fill('等待上级批复。');
  await dialog.getByRole('button', { name: '确定' }).click();
  await page.getByText(/中止中 至 .* 09:00/).waitFor();
  expect((await c.live()).waits).toMatchObject([{ endsAt: `${day}T01:00:00.000Z` }]);
});

test('a panel is given one more member by whoever leads it, and a member stands down only while enough are left', async () => {
  const c = await reviewed();
  const page = await desk.browser.open(`/cases/${c.number}`, { as: 'chief', look: 'phone' });
  await page.getByRole('button', { name: 'Add a member to the panel' }).first().click();
  expect(await page.getByRole('button', { name: 'Stand down from the panel' }).count()).toBe(0);
  const dialog = page.getByRole('dialog');
  expect(await flaws(page)).toEqual([]);
  await choose(page, 'Further member', '姓名-legal-1');
  await dialog.getByLabel('Reason', { exact: true }).fill('增加专业力量。');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'has a seat on the panel already' }).waitFor();
  await choose(page, 'Further member', '姓名-zhao');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'Choose someone else' }).waitFor();
  await choose(page, 'Further member', '姓名-reviewer-2');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('姓名-reviewer-2').first().waitFor();

  for (const [member, answer] of [
    ['reviewer-2', null],
    ['peer-1', '会签人数已是最低限'],
  ] as const) {
    const own = await desk.browser.open(`/cases/${c.number}`, { as: member });
    await own.getByRole('button', { name: '退出会签' }).click();
    await own.getByRole('dialog').getByText('不能撤销').waitFor();
    await own.getByRole('dialog').getByLabel('理由').fill('与当事人同期入警。');
    await own.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    if (answer === null) await own.getByRole('dialog').waitFor({ state: 'detached' });
    else await own.getByRole('dialog').getByRole('alert').filter({ hasText: answer }).waitFor();
  }
  expect(await c.events()).toEqual(expect.arrayContaining(['panel-member-added', 'stood-down']));
});

/** A disciplinary case that a panel of three, the fewest that it may have, reviews. */
async function reviewed(): Promise<TestCase> {
  const alleged = { person: 'zhao', actOn: '2026-10-12', ground: 'leave-7', facts: '值班时间饮酒。', source: 'found' };
  const c = await desk.bureau.start('discipline', 'discipline-1', alleged, { subject: 'zhao', unit: 'station-1' });
  await c.complete('file', 'chief', { decision: 'file', lead: 'inspector-1', members: ['inspector-2'] });
  await fileInquiry(desk.bureau, c, 'inspector-1', 'zhao');
  const findings = [{ point: '值班饮酒', result: 'proven', reasons: '录像清楚。' }];
  await c.complete('investigate', 'inspector-1', { report: '属实。', findings, told: '拟给予记过处分。', proposal: '2' });
  await c.complete('countersign', 'inspector-2', { decision: 'approve' });
  await c.complete('serve', 'inspector-1', { how: 'in-person', at: await desk.bureau.now() });
  await c.complete('hear', 'zhao', { answer: 'stated', statement: '当晚没有饮酒。' });
  await c.complete('consider', 'inspector-1', { finding: 'stands', answer: '不予采纳。' });
  await c.complete('compose-review', 'political-1', { members: ['legal-1', 'peer-1', 'peer-2'] });
  return c;
}

test('an item of a round is given to someone else and another struck off, by keyboard alone', async () => {
  const round = await latestRound(desk.bureau, 'heart-talk');
  const page = await desk.browser.open(`/cases/${round.number}`, { as: 'political-1' });
  const rowOf = (person: string) => page.locator('details.entry', { hasText: `姓名-${person}` });
  await rowOf('wang').locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // 改派
  const dialog = page.getByRole('dialog');
  await dialog.getByText('本人及其亲属除外').waitFor();
  expect(await flaws(page)).toEqual([]);
  await reach(page, dialog.getByLabel('转给'));
  await page.keyboard.type('deputy-1');
  await page.locator('.ant-select-item-option-active', { hasText: '姓名-deputy-1' }).waitFor();
  await page.keyboard.press('Enter');
  await reach(page, dialog.getByLabel('理由'));
  await page.keyboard.type('轮换。');
  await reach(page, dialog.getByRole('button', { name: '确定' }));
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await rowOf('wang').locator('summary', { hasText: '姓名-deputy-1' }).waitFor();

  await rowOf('zhao').locator('summary').focus();
  await page.keyboard.press('Enter');
  await reach(page, rowOf('zhao').getByRole('button', { name: /划除/ }));
  await page.keyboard.press('Enter');
  await dialog.getByText('不计入覆盖率').waitFor();
  await reach(page, dialog.getByLabel('理由'));
  await page.keyboard.type('长期借调。');
  await reach(page, dialog.getByRole('button', { name: '确定' }));
  await page.keyboard.press('Enter');
  await rowOf('zhao').locator('summary', { hasText: '已划除' }).waitFor();

  const leader = await desk.browser.open(`/cases/${round.number}`, { as: 'leader-2', look: 'phone' });
  const own = leader.locator('details.entry', { hasText: '姓名-handler-2' });
  await own.locator('summary').click();
  expect(await own.getByRole('button').allTextContents()).toEqual(['Submit', 'Give to someone else']); // not theirs to strike off
  await own.getByLabel('Day of the talk').fill('2026-11-25');
  await own.getByLabel('Day of the talk').press('Enter');
  await own.getByLabel('What was said (for the two of you only)').fill('工作顺心。');
  await own.getByRole('button', { name: 'Submit' }).click();
  await own.getByText('工作顺心。').waitFor();
  expect(await flaws(leader)).toEqual([]);
});

/** Goes on by the Tab key until that has the focus. */
async function reach(page: Page, wanted: ReturnType<Page['getByLabel']>): Promise<void> {
  for (let steps = 0; steps < 12; steps += 1) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the Tab key does not lead there');
}
