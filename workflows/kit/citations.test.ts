import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { citationsIn } from './citations.ts';
import { day, list, rule, shortText } from './fields.ts';

const title = { zh: '依据', en: 'Ground' };
const form = z.strictObject({
  actOn: day(title),
  grounds: list(title, rule(title, { inForceOn: 'form.actOn' }), 1, 3),
  undated: rule(title).optional(),
  how: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('a'), by: rule(title, { inForceOn: 'intake.actOn' }).optional() }),
    z.strictObject({ kind: z.literal('b'), note: shortText(title) }),
  ]),
});

test('rules are found where they stand, with the day that decides whether they were in force', () => {
  const data = { actOn: '2020-05-01', grounds: ['r-1', 'r-2'], undated: 'r-3', how: { kind: 'a', by: 'r-4' } };
  expect(citationsIn(form, data, { actOn: '2019-01-01' })).toEqual([
    { rule: 'r-1', on: '2020-05-01', path: 'data.grounds.0' },
    { rule: 'r-2', on: '2020-05-01', path: 'data.grounds.1' },
    { rule: 'r-4', on: '2019-01-01', path: 'data.how.by' },
  ]);
});

test('what a form leaves open cites nothing', () => {
  expect(citationsIn(form, { actOn: '2020-05-01', grounds: [], how: { kind: 'b', note: 'r-1' } }, {})).toEqual([]);
});
