import { z } from 'zod';

/** A text in a form whose field carries a mark. */
export interface MarkedField<M> {
  readonly value: string;
  readonly mark: M;
  readonly path: readonly string[];
}

/** All texts of a form whose field's metadata fit `mark`, such as those that name a rule or a file, in the order in which they stand. Data that fits the form. */
export const fieldsMarked = <M>(form: z.ZodType, data: unknown, mark: z.ZodType<M>): readonly MarkedField<M>[] =>
  found(form, data, [], mark);

function found<M>(schema: z.ZodType, data: unknown, path: readonly string[], mark: z.ZodType<M>): readonly MarkedField<M>[] {
  if (data === undefined || data === null) return [];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return found(schema.unwrap() as z.ZodType, data, path, mark);
  if (schema instanceof z.ZodUnion)
    return schema.options
      .filter((option) => z.safeParse(option, data).success)
      .flatMap((option) => found(option as z.ZodType, data, path, mark));
  if (schema instanceof z.ZodArray && Array.isArray(data))
    return data.flatMap((each, index) => found(schema.element as z.ZodType, each, [...path, String(index)], mark));
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) => found(field as z.ZodType, valueAt(data, [name]), [...path, name], mark));
  const meta = mark.safeParse(schema.meta());
  return meta.success && typeof data === 'string' ? [{ value: data, mark: meta.data, path }] : [];
}

/** What stands at a path of names; undefined where it leads nowhere. */
export const valueAt = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
  if (name === undefined) return value;
  return typeof value === 'object' && value !== null ? valueAt(new Map<string, unknown>(Object.entries(value)).get(name), rest) : undefined;
};
