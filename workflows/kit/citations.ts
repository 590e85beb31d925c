import { z } from 'zod';
import { PlainDate } from '../../domain/ids.ts';
import type { Citation } from '../../domain/rules.ts';

/** A rule that a form cites, with its place in the form. */
export interface PlacedCitation extends Citation {
  readonly path: string;
}

/**
 * All rules that a form cites from a field that says by which day they are judged (`rule(title, { inForceOn })`). Data that fits the form.
 * @param intake of the case, where the day may stand
 */
export const citationsIn = (form: z.ZodType, data: unknown, intake: unknown): readonly PlacedCitation[] =>
  found(form, data, []).flatMap(({ rule, inForceOn, path }) => {
    const day = PlainDate.safeParse(valueAt({ form: data, intake }, inForceOn.split('.')));
    // A day that the form may leave open cites nothing yet that could be judged by it.
    return day.success ? [{ rule, on: day.data, path: ['data', ...path].join('.') }] : [];
  });

interface Found {
  readonly rule: string;
  readonly inForceOn: string;
  readonly path: readonly string[];
}

const Meta = z.looseObject({ 'x-in-force-on': z.string() });

function found(schema: z.ZodType, data: unknown, path: readonly string[]): readonly Found[] {
  if (data === undefined || data === null) return [];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return found(schema.unwrap() as z.ZodType, data, path);
  if (schema instanceof z.ZodUnion)
    return schema.options.filter((option) => z.safeParse(option, data).success).flatMap((option) => found(option as z.ZodType, data, path));
  if (schema instanceof z.ZodArray && Array.isArray(data))
    return data.flatMap((each, index) => found(schema.element as z.ZodType, each, [...path, String(index)]));
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) => found(field as z.ZodType, valueAt(data, [name]), [...path, name]));
  const meta = Meta.safeParse(schema.meta());
  return meta.success && typeof data === 'string' ? [{ rule: data, inForceOn: meta.data['x-in-force-on'], path }] : [];
}

const valueAt = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
  if (name === undefined) return value;
  return typeof value === 'object' && value !== null ? valueAt(new Map<string, unknown>(Object.entries(value)).get(name), rest) : undefined;
};
