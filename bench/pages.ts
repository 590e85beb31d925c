import { randomUUID } from 'node:crypto';
import { chromium, type Page } from 'playwright-core';
import { browserProgram } from '../test/browser-program.ts';
import { cookiesOf } from '../test/pages/browser.ts';
import type { TestPerson } from '../test/people.ts';
import { until } from '../test/until.ts';
import { type BenchBureau, benchBureau } from './bench-bureau.ts';
import { load } from './load.ts';

/*
 * `npm run bench:pages [-- tasks]`: what people wait for at the pages, in Chromium on the embedded bureau, on the same cores. What the home page loads, packed; how soon it and a list are there;
 * an inbox with 5,000 tasks, all of them drawn: from a key or a click to the next paint, as the browser's Event Timing tells it (steps of 8 ms); and how soon a change that somebody else makes
 * is seen. Goals (issue 10): ≤ 300 kB packed, ≤ 200 ms, ≤ 2 s.
 */
const tasks = Number(process.argv[2] ?? 5000);
const PARALLEL = 8;
const CHANGES = 20;

const bureau = await benchBureau({ baseline: false });
const browser = await chromium.launch({
  executablePath: await browserProgram((zh, en) => void process.stderr.write(`${zh}  ${en}\n`)),
  args: ['--no-sandbox'],
});
try {
  await openAppeals(bureau, tasks);
  await homePage();
  const inbox = await windowOf('desk-1');
  await everyTaskDrawn(inbox);
  await interactions(inbox);
  await inbox.close();
  await changesOfOthers();
} finally {
  await browser.close();
  await bureau.stop();
}

/** Each of them leaves one task at the desk. */
async function openAppeals({ ask, db }: BenchBureau, count: number): Promise<void> {
  const body = { process: 'appeal', data: { channel: 'desk', title: '宿舍', content: '三楼漏水。' } };
  const { p50 } = await load(PARALLEL, count, () =>
    ask('POST /api/v1/cases', 'li', body, { Prefer: 'respond-async', 'Idempotency-Key': randomUUID() }).then(() => undefined),
  );
  const waiting = async () => {
    const [row] = await db.$queryRaw<
      [{ waiting: number }]
    >`select count(*)::integer as waiting from "case" where state = 'accepted' or not begun`;
    return row.waiting;
  };
  await until(async () => (await waiting()) === 0, 'the engine has not begun all cases', 600_000);
  process.stderr.write(`${count} cases were opened, each in ${p50.toFixed(0)} ms\n`);
}

async function windowOf(person: TestPerson): Promise<Page> {
  const context = await browser.newContext({ baseURL: bureau.url, locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  await context.addCookies(cookiesOf(bureau.url, await bureau.tokenOf(person), bureau.bureau.ring));
  return context.newPage();
}

async function homePage(): Promise<void> {
  const page = await windowOf('desk-1');
  const began = performance.now();
  await page.goto('/');
  await page.locator('[data-task]').first().waitFor();
  row('home page, first load until its tasks are there', performance.now() - began, 'ms');
  const packed: number = await page.evaluate(
    `performance.getEntriesByType('resource').filter(({ name }) => /\\.(js|css)$/.test(name)).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
  );
  row('scripts and styles that it loads, packed', packed / 1000, 'kB');
  await page.context().close();
}

/** Reads on to the end of the list. */
async function everyTaskDrawn(page: Page): Promise<void> {
  const began = performance.now();
  await page.goto('/inbox');
  const rows = page.locator('.picked');
  await rows.first().waitFor();
  row('inbox, until its first page is there', performance.now() - began, 'ms');
  const more = page.locator('button.more');
  while ((await more.count()) > 0) {
    await more.scrollIntoViewIfNeeded().catch(() => undefined);
    await page.waitForTimeout(50);
  }
  row('tasks drawn', await rows.count(), '');
  await page.evaluate('window.scrollTo(0, 0)');
}

/** A name for each, and what is done so many times. */
async function interactions(page: Page): Promise<void> {
  await page.evaluate(`
    window.taken = [];
    new PerformanceObserver((list) => window.taken.push(...list.getEntries().filter(({ interactionId }) => interactionId > 0).map(({ duration }) => duration)))
      .observe({ type: 'event', durationThreshold: 16 });`);
  const box = page.locator('.picked input[type=checkbox]');
  await measured(page, 'J, to the next task', 20, () => page.keyboard.press('j'));
  await measured(page, 'K, to the one before', 10, () => page.keyboard.press('k'));
  await measured(page, 'X, selects it', 10, () => page.keyboard.press('x'));
  await measured(page, 'a click on a checkbox', 10, (nth) => box.nth(nth + 20).click());
  await measured(page, 'the tasks at the desk, and back', 6, async (nth) => {
    await page
      .getByRole('radiogroup')
      .first()
      .locator('label')
      .nth((nth + 1) % 2)
      .click();
    await page.locator('.picked').first().waitFor();
  });
  await measured(page, 'a key in the search', 6, async () => {
    await page.locator('#case-search').press('a');
  });
}

async function measured(page: Page, what: string, times: number, act: (nth: number) => Promise<unknown>): Promise<void> {
  await page.evaluate('window.taken.length = 0');
  for (let nth = 0; nth < times; nth += 1) {
    await act(nth);
    await page.waitForTimeout(250);
  }
  const taken: number[] = await page.evaluate('window.taken');
  row(`${what}: the longest of ${times}`, Math.max(0, ...taken), 'ms');
}

/** Somebody else at the desk takes the first task of the list: it is gone from one's own. */
async function changesOfOthers(): Promise<void> {
  const page = await windowOf('desk-1');
  await page.goto('/inbox');
  const seen: number[] = [];
  for (let nth = 0; nth < CHANGES; nth += 1) {
    const first = page.locator('[data-task]').first();
    await first.waitFor();
    const task = await first.getAttribute('data-task');
    const { status } = await bureau.ask(`POST /api/v1/tasks/${task}/claim`, 'desk-2', {});
    if (status !== 200) throw new Error(`claiming ${task} answered ${status}`);
    const changed = performance.now();
    await page.locator(`[data-task="${task}"]`).waitFor({ state: 'detached' });
    seen.push(performance.now() - changed);
  }
  const sorted = seen.toSorted((a, b) => a - b);
  row(`a task taken by somebody else is gone, half of ${CHANGES}`, sorted[CHANGES / 2] ?? 0, 'ms');
  row('the last of them', sorted.at(-1) ?? 0, 'ms');
}

function row(what: string, value: number, unit: string): void {
  process.stdout.write(`${what.padEnd(60)} ${value.toFixed(0).padStart(8)} ${unit}\n`);
}
