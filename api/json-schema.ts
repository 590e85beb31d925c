import { z } from 'zod';
import { type Locale, Text } from '../domain/ids.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

const known = new WeakMap<z.ZodType, Map<Locale, JsonSchema>>();

/**
 * A zod schema as JSON Schema 2020-12, complete enough to build a form from. A field's titles stand in `x-title` in both languages, and in `title`
 * (which JSON Schema wants to be one text) in the caller's; `x-ref` says of what list the value is an id. Made once for each schema and language.
 */
export function jsonSchemaOf(schema: z.ZodType, locale: Locale): JsonSchema {
  const made = known.get(schema) ?? new Map<Locale, JsonSchema>();
  known.set(schema, made);
  const document = made.get(locale) ?? convert(schema, locale);
  made.set(locale, document);
  return document;
}

function convert(schema: z.ZodType, locale: Locale): JsonSchema {
  const { $schema: _, ...document } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => speak(jsonSchema, locale),
  });
  return document;
}

function speak(schema: Record<string, unknown>, locale: Locale): void {
  for (const field of ['title', 'description']) {
    const text = Text.safeParse(schema[field]);
    if (!text.success) continue;
    schema[`x-${field}`] = text.data;
    schema[field] = text.data[locale];
  }
}
