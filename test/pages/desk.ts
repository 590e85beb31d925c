import type { Locator, Page } from 'playwright-core';
import type { Locale } from '../../domain/ids.ts';
import { apiOf, type TestClient } from '../api.ts';
import { type TestBureau, testBureau } from '../bureau.ts';
import type { TestPerson } from '../people.ts';
import { type Look, looks, type TestBrowser, testBrowser } from './browser.ts';
import { type FormSchema, fill } from './fill.ts';

interface Process {
  readonly id: string;
  readonly title: Readonly<Record<Locale, string>>;
  readonly intake: FormSchema;
  readonly tasks: readonly { readonly key: string; readonly title: Readonly<Record<Locale, string>>; readonly form: FormSchema }[];
}

/** A bureau whose people have nothing but the pages. */
export interface Desk {
  readonly bureau: TestBureau;
  readonly browser: TestBrowser;
  readonly url: string;
  /** Fills in and sends the intake. @returns the number of the case, on whose page it ends */
  start(process: string, by: TestPerson, data: object): Promise<string>;
  /** Opens the case from the list of tasks, fills in the task's form and sends it. */
  complete(number: string, key: string, by: TestPerson, data: object): Promise<void>;
  /** The window of a person. */
  windowOf(person: TestPerson): Promise<Page>;
  /** From now on everybody's windows look like this. */
  lookLike(look: Look): void;
  close(): Promise<void>;
}

export async function openDesk(options: { readonly overlay?: string } = {}): Promise<Desk> {
  const bureau = await testBureau(options);
  const api = await apiOf(bureau);
  const browser = await testBrowser(api);
  const windows = new Map<string, Promise<Page>>();
  let look: Look = 'desk';
  const language = (): Locale => (looks[look].locale.startsWith('zh') ? 'zh' : 'en');
  const windowOf = (person: TestPerson) => {
    const known = windows.get(`${person} ${look}`) ?? browser.open('/', { as: person, look });
    windows.set(`${person} ${look}`, known);
    return known;
  };
  return {
    bureau,
    browser,
    url: api.url,
    windowOf,
    lookLike: (other) => {
      look = other;
    },
    start: async (id, by, data) => {
      const page = await windowOf(by);
      const process = await processOf(api, by, id);
      await page
        .getByRole('navigation')
        .getByRole('link', { name: { zh: '发起办件', en: 'Start a case' }[language()] })
        .click();
      await page.getByRole('link', { name: process.title[language()] }).first().click();
      const form = page.locator('.form-panel');
      await fill(form, process.intake, { ...data }, language());
      await send(form, language());
      await page.waitForURL(/\/cases\//);
      return /\/cases\/([^#]+)/.exec(page.url())?.[1] ?? '';
    },
    complete: async (number, key, by, data) => {
      const page = await windowOf(by);
      const task = await taskOf(api, by, { number, key });
      await page
        .getByRole('navigation')
        .getByRole('link', { name: { zh: '我的任务', en: 'My tasks' }[language()] })
        .click();
      await page.getByRole('main').getByRole('link', { name: number }).filter({ hasText: task.title[language()] }).first().click();
      const section = page.getByRole('region', { name: task.title[language()], exact: true });
      await fill(section.locator('form'), task.form, { ...data }, language());
      await send(section, language());
      await section.waitFor({ state: 'detached' });
    },
    close: async () => {
      await browser.close();
      await api.close();
      await bureau.close();
    },
  };
}

const send = (form: Locator, locale: Locale): Promise<void> =>
  form.getByRole('button', { name: { zh: '提交', en: 'Submit' }[locale], exact: true }).click();

async function processOf(api: TestClient, as: TestPerson, id: string): Promise<Process> {
  const { body } = await api.ask('GET /api/v1/processes', { as });
  return body.find((process: Process) => process.id === id);
}

/** Its words: the test reads on the page what the definition says. */
async function taskOf(api: TestClient, as: TestPerson, { number, key }: { number: string; key: string }) {
  const { body } = await api.ask(`GET /api/v1/cases/${number}`, { as });
  const task = body.tasks?.find((each: { key: string; state: string }) => each.key === key && each.state === 'open');
  if (task === undefined) throw new Error(`${as} finds no open ${key} in ${number}`);
  return task as Process['tasks'][number];
}
