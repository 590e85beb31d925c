import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { signInCookies } from '../../api/session-cookie.ts';
import type { TestClient } from '../api.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { testService } from '../service.ts';
import { until } from '../until.ts';

/** The two widths and the two languages in which every page must be good. */
export const looks = {
  desk: { locale: 'zh-CN', width: 1440, height: 900 },
  phone: { locale: 'en-US', width: 390, height: 844 },
} as const;
export type Look = keyof typeof looks;

interface Opening {
  readonly as?: TestPerson;
  readonly look?: Look;
  /** Where the browser stands; where the machine does unless stated. */
  readonly timezone?: string;
}

/** A Chromium in which the people of people.ts are signed in. */
export interface TestBrowser {
  /** A window of its own for someone, signed in unless nobody is named. */
  open(address: string, options?: Opening): Promise<Page>;
  /** What went wrong on any page since the last call: script errors, errors in the console, violations of the content security policy. */
  faults(): readonly string[];
  close(): Promise<void>;
}

export async function testBrowser({ url, tokenOf }: Pick<TestClient, 'tokenOf'> & { readonly url: string }): Promise<TestBrowser> {
  const executablePath = await testService('browser-program');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
  const browser: Browser = await chromium.launch({ executablePath, args });
  const faults: string[] = [];
  return {
    open: async (address, { as, look = 'desk', timezone } = {}) => {
      const { locale, ...viewport } = looks[look];
      const context = await browser.newContext({
        locale,
        viewport,
        baseURL: url,
        reducedMotion: 'reduce',
        ...(timezone !== undefined && { timezoneId: timezone }),
      });
      context.setDefaultTimeout(30_000);
      if (as !== undefined) await context.addCookies(cookiesOf(url, await tokenOf(as)));
      const page = await context.newPage();
      watch(page, faults);
      await page.goto(address);
      return page;
    },
    faults: () => faults.splice(0),
    close: async () => {
      await Promise.all(browser.contexts().map((context: BrowserContext) => context.close()));
      await browser.close();
    },
  };
}

/** What the browser of somebody who has signed in holds. */
export function cookiesOf(url: string, token: string, ring = testRing) {
  const expiresAt = new Date(Date.now() + 3_600_000);
  return signInCookies(ring, { token, expiresAt, secure: false }).map((cookie) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    return { name, value, url, httpOnly: /HttpOnly/.test(cookie) };
  });
}

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()} ${error.message}`));
  page.on('console', (message) => {
    // A service that is too busy says so, and the page asks again.
    if (message.type() === 'error' && !message.text().includes('status of 503'))
      faults.push(`${page.url()} ${message.text()} ${message.location().url}`);
  });
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string; readonly target: readonly unknown[] }[];
  }[];
}

/** What WCAG 2.1 AA finds wrong with the page as it is shown, of what is serious; and what does not fit its width. */
export async function flaws(page: Page): Promise<readonly string[]> {
  await until(async () => (await page.locator('.loading').count()) === 0, 'it is still loading');
  // Not as a script of the page, which its content security policy would refuse.
  await page.evaluate(await readFile(axe, 'utf8'));
  const { violations }: Found = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] })`,
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  const overflow: number = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  return overflow > 0 ? [...found, `${overflow} px wider than the window`] : found;
}
