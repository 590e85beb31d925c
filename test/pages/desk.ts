import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Locale } from '../../domain/ids.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { apiOf, type TestClient, testApi } from '../api.ts';
import { type TestBureau, testBureau } from '../bureau.ts';
import { startDevServer } from '../dev-server.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { runTestWorker } from '../worker.ts';
import { type Look, looks, type TestBrowser, testBrowser } from './browser.ts';
import { chooseUnit, type FormSchema, fill } from './fill.ts';

interface Process {
  readonly id: string;
  readonly title: Readonly<Record<Locale, string>>;
  readonly intake: FormSchema;
  readonly tasks: readonly { readonly key: string; readonly title: Readonly<Record<Locale, string>>; readonly form: FormSchema }[];
}

/** Where a window is when its work is done: a page of a case left open would follow every change of it, in twenty windows. */
const LEFT = 'about:blank';

/** People who have nothing but the pages. */
export interface Desk {
  readonly browser: TestBrowser;
  readonly url: string;
  /** Fills in and sends the intake. @returns the number of the case, on whose page it ends */
  start(process: string, by: TestPerson, data: object, options?: { readonly unit?: string }): Promise<string>;
  /** Opens the case from the list of tasks, fills in the task's form, sends it and leaves the page. */
  complete(number: string, key: string, by: TestPerson, data: object): Promise<void>;
  /** Keys of the open tasks of a case, as this person sees it. */
  openTasks(number: string, as: TestPerson): Promise<readonly string[]>;
  /** The window of a person. */
  windowOf(person: TestPerson): Promise<Page>;
  /** With SHOTS, the name of a folder, in the environment: a picture of the whole page, for people to look at. */
  shoot(page: Page, name: string): Promise<void>;
  /** Faults on the pages since the last call, but that whose part in a case has ended may lose sight of it, which the browser tells in the console. */
  faults(): readonly string[];
  /** From now on everybody's windows look like this. */
  lookLike(look: Look): void;
  close(): Promise<void>;
}

/** On a bureau whose time a test skips. */
export async function openDesk(): Promise<Desk & { readonly bureau: TestBureau }> {
  const bureau = await testBureau();
  const api = await apiOf(bureau);
  const desk = await deskAt(api);
  const close = async () => {
    await desk.close();
    await api.close();
    await bureau.close();
  };
  return { ...desk, bureau, close };
}

/** On a bureau whose clocks run by themselves, as fast as the policy says. */
export async function openLiveDesk(policy: string): Promise<Desk> {
  const engine = await startDevServer();
  const overlay = path.join(engine.folder, 'policy.yaml');
  writeFileSync(overlay, policy);
  const api = await testApi({ temporal: engine.client, overlay, requestsPerWindow: 1_000_000 });
  const worker = await runTestWorker(await openBureau(api.database.db, testRing, { demo: true, overlay }), engine.client, engine.address);
  const desk = await deskAt(api);
  const close = async () => {
    await desk.close();
    await worker.stop();
    await api.close();
    await engine.stop();
  };
  return { ...desk, close };
}

async function deskAt(api: TestClient & { readonly url: string }): Promise<Desk> {
  const browser = await testBrowser(api);
  const windows = new Map<string, Promise<Page>>();
  let look: Look = 'desk';
  const language = (): Locale => (looks[look].locale.startsWith('zh') ? 'zh' : 'en');
  const place = (page: Page, name: Readonly<Record<Locale, string>>) =>
    page.getByRole('navigation').getByRole('link', { name: name[language()] }).click();
  const windowOf = async (person: TestPerson) => {
    const known = windows.get(`${person} ${look}`) ?? browser.open('/', { as: person, look });
    windows.set(`${person} ${look}`, known);
    const page = await known;
    if (page.url() === LEFT) await page.goto('/');
    return page;
  };
  return {
    browser,
    url: api.url,
    windowOf,
    shoot: async (page, name) => {
      const { SHOTS: folder } = process.env;
      if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
    },
    faults: () => browser.faults().filter((fault) => !/status of 404 .*\/api\/v1\/cases\/[^/]+(\/[a-z]+)?$/.test(fault)),
    lookLike: (other) => {
      look = other;
    },
    openTasks: async (number, as) => {
      const { body } = await api.ask(`GET /api/v1/cases/${number}`, { as });
      return body.tasks.flatMap(({ key, state }: { key: string; state: string }) => (state === 'open' ? [key] : []));
    },
    start: async (id, by, data, { unit } = {}) => {
      const page = await windowOf(by);
      const process = await processOf(api, by, id);
      await place(page, { zh: '发起办件', en: 'Start a case' });
      await page.getByRole('main').getByText(process.title[language()], { exact: true }).click();
      const form = page.locator('.form-panel');
      if (unit !== undefined) await chooseUnit(form, unit, language());
      await fill(form.locator('form'), process.intake, { ...data }, language());
      await send(form, language());
      await page.waitForURL(/\/cases\//);
      return /\/cases\/([^#]+)/.exec(page.url())?.[1] ?? '';
    },
    complete: async (number, key, by, data) => {
      const page = await windowOf(by);
      const task = await taskOf(api, by, { number, key });
      await place(page, { zh: '我的任务', en: 'My tasks' });
      await page.waitForURL(/\/inbox/);
      await page.locator('.picked').locator(`[data-task="${task.id}"]`).click();
      const section = page.locator(`section[id="${task.id}"]`);
      await fill(section.locator('form'), task.form, { ...data }, language());
      await send(section, language());
      await section
        .locator('form')
        .waitFor({ state: 'detached' })
        .catch(async (cause) => {
          throw new Error(`${by} could not send ${key}: ${await section.textContent()}`, { cause });
        });
      await page.goto(LEFT);
    },
    close: () => browser.close(),
  };
}

const send = (form: Locator, locale: Locale): Promise<void> =>
  form.getByRole('button', { name: { zh: '提交', en: 'Submit' }[locale], exact: true }).click();

async function processOf(api: TestClient, as: TestPerson, id: string): Promise<Process> {
  const { body } = await api.ask('GET /api/v1/processes', { as });
  return body.find((process: Process) => process.id === id);
}

/** The open task of that key that the person may do; its words are what the page must say. */
async function taskOf(api: TestClient, as: TestPerson, { number, key }: { number: string; key: string }) {
  const { body } = await api.ask(`GET /api/v1/cases/${number}`, { as });
  const task = body.tasks?.find((each: { key: string; may: readonly string[] }) => each.key === key && each.may.includes('complete'));
  if (task === undefined) throw new Error(`${as} has no ${key} in ${number}: ${JSON.stringify(body).slice(0, 300)}`);
  return task as Process['tasks'][number] & { readonly id: string };
}
