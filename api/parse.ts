import { z } from 'zod';
import type { Locale } from '../domain/ids.ts';
import { type FieldError, Problem, type ProblemSlug } from '../domain/problems.ts';

const wording = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

/**
 * Parses input from outside; what is wrong is told in the caller's language, one entry for each place.
 * @param at name of the part (`query`, `data`), the first step of each path
 * @throws Problem `slug`, with `errors`
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown, { at, locale, slug }: ParsePlace): z.output<S> {
  const result = schema.safeParse(value, { error: wording[locale] });
  if (result.success) return result.data;
  throw new Problem(slug, { errors: result.error.issues.flatMap((issue) => fieldErrors(issue, at)) });
}

export interface ParsePlace {
  readonly at: string;
  readonly locale: Locale;
  readonly slug: ProblemSlug;
}

// An unknown field has a path of its own: the form's path would point at the whole form.
function fieldErrors(issue: z.core.$ZodIssue, at: string): FieldError[] {
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => ({ path: [at, ...path].filter((step) => step !== '').join('.'), message: issue.message }));
}
