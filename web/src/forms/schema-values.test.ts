import { describe, expect, test } from '@jest/globals';
import type { Schema } from '../contract/types.ts';
import { filledOf, NONE, valuesOf } from './schema-values.ts';

const measure: Schema = {
  oneOf: [
    { properties: { measure: { const: 'suspension' }, days: { type: 'integer' } }, required: ['measure', 'days'] },
    { properties: { measure: { const: 'confinement' }, days: { type: 'integer' } }, required: ['measure', 'days'] },
  ],
};
const form: Schema = { type: 'object', properties: { reasons: { type: 'string' }, measure }, required: ['reasons'] };

describe('a part of several shapes that need not be given', () => {
  test('is not sent when none is chosen', () => {
    expect(valuesOf(form, { reasons: '情节一般。', measure: { measure: NONE } })).toEqual({ reasons: '情节一般。' });
    expect(valuesOf(form, { reasons: '情节一般。' })).toEqual({ reasons: '情节一般。' });
  });

  test('is sent in the shape that is chosen, without what was filled in for another', () => {
    const filled = { reasons: '情节一般。', measure: { measure: 'confinement', days: 2, place: '…' } };
    expect(valuesOf(form, filled)).toEqual({ reasons: '情节一般。', measure: { measure: 'confinement', days: 2 } });
    expect(filledOf(form, { reasons: '情节一般。' })).toEqual({ reasons: '情节一般。' });
  });
});
