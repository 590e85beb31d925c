import dayjs, { type Dayjs } from 'dayjs';
import type { Schema, Text } from '../contract/types.ts';
import { instantOf, pickedOf } from '../time/picked.ts';

/** What the form's fields hold: as the API wants it, but for dates, which their pickers hold as Dayjs. */
export type Filled = Record<string, unknown>;

/** Chosen instead of a shape where none need be given; it is not sent. */
export const NONE = '';

/** The variant of a form with several shapes that fits what is filled in: the one whose tag is chosen. */
export function variantOf(schema: Schema, filled: unknown): Schema | undefined {
  const variants = schema.oneOf ?? schema.anyOf;
  if (!variants) return schema;
  const tag = tagOf(schema);
  if (tag === undefined) return variants.length === 1 ? variants[0] : undefined;
  const chosen = isRecord(filled) ? filled[tag] : undefined;
  return variants.find(({ properties }) => properties?.[tag]?.const === chosen);
}

/** The field by which the shapes differ. */
export function tagOf({ oneOf, anyOf }: Schema): string | undefined {
  const variants = oneOf ?? anyOf ?? [];
  const [first] = variants;
  return Object.keys(first?.properties ?? {}).find((name) => variants.every(({ properties }) => properties?.[name]?.const !== undefined));
}

/** What the choice of a shape is called: the question, and this answer to it. */
export function tagWords(tag: Schema | undefined): { readonly question: Text | undefined; readonly answer: Text | undefined } {
  const answer = tag?.['x-values']?.[String(tag.const)];
  const title = tag?.['x-title'];
  return answer && answer.zh !== title?.zh ? { question: title, answer } : { question: undefined, answer: title };
}

/** What is sent: only fields of the shape that is chosen, and none that is empty. */
export function valuesOf(schema: Schema, filled: unknown): unknown {
  const shape = variantOf(schema, filled);
  if (!shape) {
    const tag = tagOf(schema);
    return tag !== undefined && isRecord(filled) && isGiven(filled[tag]) ? { [tag]: filled[tag] } : {};
  }
  if (shape.type === 'object' || shape.properties) {
    const given = isRecord(filled) ? filled : {};
    return Object.fromEntries(
      Object.entries(shape.properties ?? {})
        .map(([name, field]) => [name, field.const ?? valuesOf(field, given[name])] as const)
        .filter(([name, value]) => isGiven(value) || (shape.required?.includes(name) && Array.isArray(value))),
    );
  }
  if (shape.type === 'array') {
    if (!Array.isArray(filled)) return shape.minItems === 0 ? undefined : filled;
    const items = filled.map((item) => valuesOf(shape.items ?? {}, item)).filter(isGiven);
    return items.length === 0 ? undefined : items;
  }
  if (dayjs.isDayjs(filled)) return shape.format === 'date' ? filled.format('YYYY-MM-DD') : instantOf(filled);
  return filled;
}

/** What a draft holds, as the form's fields want it. */
export function filledOf(schema: Schema, data: unknown): Filled {
  const filled = fill(schema, data);
  return isRecord(filled) ? filled : {};
}

function fill(schema: Schema, value: unknown): unknown {
  const shape = variantOf(schema, value);
  if (!shape) return value;
  if (isRecord(value) && shape.properties) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(shape.properties?.[name] ?? {}, each)]));
  }
  if (Array.isArray(value)) return value.map((item) => fill(shape.items ?? {}, item));
  return isDate(shape) && typeof value === 'string' ? asPicked(value) : value;
}

export const isDate = ({ format }: Schema): boolean => format === 'date' || format === 'date-time';

const asPicked = (text: string): Dayjs | undefined => {
  if (!dayjs(text).isValid()) return undefined;
  return text.includes('T') ? pickedOf(text) : dayjs(text);
};

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(isRecord(value) && Object.keys(value).length === 0);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !dayjs.isDayjs(value);
