/* The figures and the wall (domain.md §5) as their readers see them: each number leads to as many rows as it says, and nobody's name is on the wall. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { forms, wish } from '../appeal.ts';
import { until } from '../until.ts';
import { flaws } from './browser.ts';
import { openDesk } from './desk.ts';

const directive = { source: 'leader', title: '值班室改造', order: '完成改造。', tier: '3' };

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
  const { bureau } = desk;
  for (const title of ['食堂', '宿舍', '停车']) {
    const c = await bureau.start('appeal', 'li', { ...wish, title });
    await c.complete('accept', 'desk-1', forms.accept);
    if (title !== '停车') await c.complete('classify', 'handler-1', forms.classify);
  }
  await bureau.start('appeal', 'wang', wish);
  await bureau.start('supervision', 'supervisor-1', directive, { unit: 'station-2', subject: null });
}, 600_000);
afterAll(() => desk?.close());
// A refused request is told in the console by the browser itself; anything else is a fault.
afterEach(() => expect(desk.browser.faults().filter((fault) => !fault.includes('Failed to load resource'))).toEqual([]));

interface Counted {
  readonly value: number;
  readonly link: string;
}

/** The numbers above zero on the page that count something of which there is a list. */
async function numbersOn(page: Page): Promise<Counted[]> {
  const links = await page.locator('.key-number[href^="/"] strong, .figure-table td a').all();
  const found = await Promise.all(
    links.map(async (link) => ({
      value: Number(await link.textContent()),
      link: (await link.locator('xpath=ancestor-or-self::a').getAttribute('href')) ?? '',
    })),
  );
  return found.filter(({ value }) => value > 0);
}

async function rowsBehind(page: Page, link: string): Promise<number> {
  await page.goto(link);
  await page.locator('a.row').first().waitFor();
  return page.locator('a.row').count();
}

test('a bureau leader finds every view without a flaw, and as many rows behind a number as it says', async () => {
  const page = await desk.browser.open('/', { as: 'chief' });
  await page.getByRole('navigation').getByRole('link', { name: '统计' }).click();
  await page.getByText('数据时间').waitFor();
  expect(await flaws(page)).toEqual([]);
  const numbers = (await numbersOn(page)).slice(0, 5);
  for (const view of ['督办', '诉求', '办理用时', '趋势', '覆盖率', '工作负荷']) {
    await page.getByRole('navigation', { name: '统计' }).getByRole('link', { name: view, exact: true }).click();
    await page.getByText('数据时间').waitFor();
    expect([view, await flaws(page)]).toEqual([view, []]);
    numbers.push(...(await numbersOn(page)).slice(0, 2));
  }
  expect(numbers.length).toBeGreaterThan(10);
  for (const { value, link } of new Map(numbers.map((number) => [number.link, number])).values())
    expect([link, await rowsBehind(page, link)]).toEqual([link, value]);
}, 120_000);

test('a unit leader reads about the own unit on a phone, and the list says in words what it lists', async () => {
  const page = await desk.browser.open('/figures', { as: 'leader-1', look: 'phone' });
  await page.getByText('As of:').waitFor();
  await page.getByText('东湖派出所').first().waitFor();
  expect(await page.getByText('西山派出所').count()).toBe(0);
  expect(await flaws(page)).toEqual([]);
  await page.getByRole('link', { name: /^Open \d/ }).click();
  await page.getByRole('list', { name: 'Filters' }).getByText('东湖派出所').waitFor();
  await page.locator('a.row').first().waitFor();
  expect(await page.locator('a.row').count()).toBe(3);
  expect(await flaws(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove “Unit, with those below it”' }).click();
  await page.getByRole('button', { name: 'Remove “Unit, with those below it”' }).waitFor({ state: 'detached' });
  expect(page.url()).not.toContain('unit=');
  await page.goBack();
  await page.goBack();
  await page.getByRole('link', { name: /^Open \d/ }).waitFor();
});

test('whoever leads and oversees nothing has no figures', async () => {
  const page = await desk.browser.open('/figures', { as: 'wang' });
  await page.getByRole('alert').filter({ hasText: '统计面向单位负责人和有关业务岗位' }).waitFor();
  expect(await page.getByRole('navigation').getByRole('link', { name: '统计' }).count()).toBe(0);
});

/** The wall in a browser whose time the test moves. */
async function openWall(reducedMotion: 'reduce' | 'no-preference'): Promise<Page> {
  const page = await desk.browser.open('/figures', { as: 'chief' });
  await page.emulateMedia({ reducedMotion });
  await page.clock.install();
  await page.getByRole('link', { name: '大屏' }).click();
  await page.getByText('数据更新于').waitFor();
  return page;
}

test('the wall moves by itself, stops for whoever looks closer, and names nobody', async () => {
  const page = await openWall('no-preference');
  const at = (place: string) => page.getByText(place, { exact: true }).waitFor();
  await at('1 / 8');
  expect(await flaws(page)).toEqual([]);
  await page.mouse.move(700, 400);
  await page.clock.runFor(18_000); // a pointer that moved a moment ago holds it
  await at('1 / 8');
  await page.clock.runFor(3_000);
  await page.clock.runFor(15_000);
  await at('2 / 8');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '继续' }).waitFor();
  await page.clock.runFor(16_000);
  for (let place = 2; place <= 8; place += 1) {
    await at(`${place} / 8`);
    await page.getByText('数据更新于').waitFor();
    expect(await page.locator('main').textContent()).not.toContain('姓名-');
    await page.keyboard.press('ArrowRight');
  }
  await at('1 / 8');
});

test('the wall stands still for whoever wants less motion, says within its minute that the service is away, and when it is back', async () => {
  const page = await openWall('reduce');
  let isAway = true;
  // Never unrouted: a request that is on its way just then would hang.
  await page.route('**/api/v1/figures/**', (route) => (isAway ? route.abort() : route.continue()));
  await page.clock.runFor(61_000);
  await page.getByRole('alert').filter({ hasText: '连接不上服务，以下仍是' }).waitFor();
  await page.getByText('1 / 8', { exact: true }).waitFor();
  isAway = false;
  // In small steps: a jump would run out the patience of the request that it sets off.
  const isFresh = async () => {
    await page.clock.runFor(2_000);
    return page.getByText('数据更新于').isVisible();
  };
  await until(isFresh, 'the wall still says that the service is away');
});
