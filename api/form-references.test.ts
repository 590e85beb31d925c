import { z } from 'zod';
import { person, rule, tag, unit } from '../workflows/kit/fields.ts';
import { referencesIn } from './form-references.ts';
import { jsonSchemaOf } from './json-schema.ts';

const title = { zh: '…', en: '…' };
const form = z.discriminatedUnion('kind', [
  z.strictObject({ kind: tag('name', title), handler: person(title, { duty: 'handle' }) }),
  z.strictObject({
    kind: tag('list', title),
    steps: z.array(z.strictObject({ unit: unit(title), rules: z.array(rule(title)) })),
    handler: z.string(), // a text of the same name
  }),
]);
const found = (data: z.input<typeof form>) => referencesIn(jsonSchemaOf(form, 'zh'), data);

test('an id is found where the form says so, with its place and duty', () => {
  expect(found({ kind: 'name', handler: 'li' })).toEqual([{ kind: 'person', id: 'li', path: 'data.handler', duty: 'handle' }]);
});

test('ids inside lists are found, and a text of the same name in another shape is none', () => {
  const steps = [
    { unit: 'branch', rules: ['a', 'b'] },
    { unit: 'city', rules: [] },
  ];
  expect(found({ kind: 'list', steps, handler: 'just words' }).map(({ kind, id, path }) => [kind, id, path])).toEqual([
    ['unit', 'branch', 'data.steps.0.unit'],
    ['rule', 'a', 'data.steps.0.rules.0'],
    ['rule', 'b', 'data.steps.0.rules.1'],
    ['unit', 'city', 'data.steps.1.unit'],
  ]);
});

test('the role that a person must hold stands beside the id', () => {
  const panel = jsonSchemaOf(z.strictObject({ law: person(title, { role: 'legal-adviser' }) }), 'zh');
  expect(referencesIn(panel, { law: 'li' })).toEqual([{ kind: 'person', id: 'li', path: 'data.law', role: 'legal-adviser' }]);
});
