import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { processes } from '../workflows/definitions.ts';
import { schemaOf } from '../workflows/kit/define.ts';
import { commonTasks } from '../workflows/kit/tasks.ts';
import { jsonSchemaOf } from './json-schema.ts';

const Tag = z.looseObject({ const: z.string(), 'x-values': z.record(z.string(), z.object({ zh: z.string(), en: z.string() })) });
const Alternatives = z.looseObject({ oneOf: z.array(z.looseObject({ properties: z.record(z.string(), z.unknown()) })) });

const forms = [...processes.values()].flatMap(({ id, intake, tasks }) => [
  [`${id} intake`, intake] as const,
  ...Object.entries({ ...tasks, ...commonTasks }).map(([key, task]) => [`${id} ${key}`, task.form] as const),
]);

/** The titles by which the shapes of each choice inside are told apart. */
function choicesIn(node: unknown): string[][] {
  if (typeof node !== 'object' || node === null) return [];
  const choice = Alternatives.safeParse(node);
  const own = choice.success ? [choice.data.oneOf.map(({ properties }) => titleOf(Object.values(properties)))] : [];
  return [...own, ...Object.values(node).flatMap(choicesIn)];
}

function titleOf(fields: unknown[]): string {
  const tag = fields.map((field) => Tag.safeParse(field)).find(({ success }) => success)?.data;
  return tag?.['x-values'][tag.const]?.zh ?? '';
}

describe('whoever fills a form that has several shapes', () => {
  test.each(forms)('chooses among titles that differ: %s', (_name, form) => {
    for (const titles of choicesIn(jsonSchemaOf(schemaOf(form), 'zh'))) {
      expect(titles.every((title) => title !== '')).toBe(true);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });
});

const ListOfPeople = z.looseObject({ type: z.literal('array'), items: z.looseObject({ 'x-ref': z.literal('person') }) });

function listsOfPeopleIn(node: unknown): z.output<typeof ListOfPeople>[] {
  if (typeof node !== 'object' || node === null) return [];
  const list = ListOfPeople.safeParse(node);
  return [...(list.success ? [list.data] : []), ...Object.values(node).flatMap(listsOfPeopleIn)];
}

test('no list of people has anybody twice: two witnesses, three reviewers are that many people', () => {
  const lists = forms.flatMap(([, form]) => listsOfPeopleIn(jsonSchemaOf(schemaOf(form), 'zh')));
  expect(lists.length).toBeGreaterThan(5);
  expect(lists.filter(({ uniqueItems }) => uniqueItems !== true)).toEqual([]);
});

describe.each([...processes.values()].map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  test('is counted by what its forms ask, and by none of it where its cases are kept from others', () => {
    const counted = [
      { counts: definition.counts ?? [], form: definition.intake },
      ...Object.values(definition.tasks).map(({ counts = [], form }) => ({ counts, form })),
    ].filter(({ counts }) => counts.length > 0);
    if (definition.confidentiality !== 'internal' || definition.sealedBy !== undefined) expect(counted).toEqual([]);
    for (const { counts, form } of counted) {
      const schema = JSON.stringify(jsonSchemaOf(schemaOf(form), 'zh'));
      for (const field of counts) expect([field, schema.includes(`"${field}":{`)]).toEqual([field, true]);
    }
  });
});
