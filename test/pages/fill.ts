import type { Locator, Page } from 'playwright-core';
import type { Locale } from '../../domain/ids.ts';

/* Fills in the forms of the pages as people do: finds each field by its title, which the JSON Schema of the form has. */

type Text = Readonly<Record<Locale, string>>;

/** Of JSON Schema, what the pages make forms from. */
export interface FormSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly 'x-title'?: Text;
  readonly 'x-values'?: Readonly<Record<string, Text>>;
  readonly 'x-ref'?: string;
  readonly items?: FormSchema;
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly oneOf?: readonly FormSchema[];
  readonly anyOf?: readonly FormSchema[];
}

type Data = Readonly<Record<string, unknown>>;

/** @param form the part of the page that has the fields and nothing else of the same title */
export async function fill(form: Locator, schema: FormSchema, data: Data, locale: Locale): Promise<void> {
  const shape = (schema.oneOf ?? schema.anyOf)?.find((each) => fits(each, data)) ?? schema;
  // The choice of a shape comes first: its fields are not there before.
  const fields = Object.entries(data).map(([name, value]) => ({ field: shape.properties?.[name] ?? {}, value }));
  for (const { field, value } of fields.toSorted((a, b) => Number('const' in b.field) - Number('const' in a.field)))
    await enter(form, { field, value, locale });
}

const fits = ({ properties = {} }: FormSchema, data: Data): boolean =>
  Object.entries(properties).every(([name, field]) => field.const === undefined || field.const === data[name]);

interface Entry {
  readonly field: FormSchema;
  readonly value: unknown;
  readonly locale: Locale;
}

async function enter(form: Locator, { field, value, locale }: Entry): Promise<void> {
  const title = field['x-title']?.[locale] ?? '';
  if (field.const !== undefined) {
    const answer = field['x-values']?.[String(field.const)]?.[locale] ?? title;
    return form.getByRole('radio', { name: answer, exact: true }).first().check();
  }
  if (field.type === 'boolean') {
    const answer = { zh: value ? '是' : '否', en: value ? 'Yes' : 'No' }[locale];
    return form.getByRole('radiogroup', { name: title, exact: true }).getByRole('radio', { name: answer, exact: true }).check();
  }
  if (Array.isArray(value)) return enterList(form, { field, value, locale });
  if (typeof value === 'object' && value !== null)
    return fill(form.getByRole('group', { name: title, exact: true }), field, value as Data, locale);
  const input = form.getByLabel(title, { exact: true });
  await enterOne(input, { field, value, locale });
}

async function enterOne(input: Locator, { field, value, locale }: Entry): Promise<void> {
  if (field.enum || field['x-ref']) return choose(input, wordFor(field, String(value), locale));
  await input.fill(field.format === 'date-time' ? shownInstant(String(value)) : String(value));
  if (field.format !== undefined) await input.press('Enter');
}

async function enterList(form: Locator, { field, value, locale }: Entry & { readonly value: readonly unknown[] }): Promise<void> {
  const title = field['x-title']?.[locale] ?? '';
  const item = field.items ?? {};
  if (item.enum || item['x-ref']) {
    const input = form.getByLabel(title, { exact: true });
    for (const one of value) await choose(input, wordFor(item, String(one), locale));
    return;
  }
  const group = form.getByRole('group', { name: title, exact: true });
  for (const [index, one] of value.entries()) {
    const place = group.locator('.item').nth(index);
    if ((await group.locator('.item').count()) <= index)
      await group.getByRole('button', { name: { zh: '添加一项', en: 'Add one' }[locale] }).click();
    if (typeof one === 'object' && one !== null) await fill(place, item, one as Data, locale);
    else await place.getByRole(item.type === 'string' ? 'textbox' : 'spinbutton').fill(String(one));
  }
}

/** The unit that a case is for, above its form. */
export const chooseUnit = (form: Locator, unit: string, locale: Locale): Promise<void> =>
  choose(form.getByLabel({ zh: '承办单位', en: 'Responsible unit' }[locale], { exact: true }), unitNames[unit] ?? unit);

const unitNames: Readonly<Record<string, string>> = { 'station-1': '东湖派出所', 'station-2': '西山派出所', branch: '城东分局' };

/** People, units and rules of people.ts, as the lists name them. */
function wordFor({ 'x-ref': of, 'x-values': values }: FormSchema, value: string, locale: Locale): string {
  if (of === 'person') return `姓名-${value}`;
  if (of === 'unit') return unitNames[value] ?? value;
  if (of === 'rule') return { zh: '休假规定', en: 'Leave regulation' }[locale];
  return values?.[value]?.[locale] ?? value;
}

async function choose(input: Locator, word: string): Promise<void> {
  await input.click();
  if (await input.isEditable()) await input.fill(word);
  await input.page().locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: word }).first().click();
  await closeList(input.page());
}

/** A list for several stays open after a choice. */
async function closeList(page: Page): Promise<void> {
  if (await page.locator('.ant-select-dropdown:visible').count()) await page.keyboard.press('Escape');
}

/** As a date field shows it: the wall clock of the bureau. */
const shownInstant = (instant: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(new Date(instant));
