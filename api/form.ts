import type { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import type { Locale } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { usableReferences } from '../store/references.ts';
import type { ApiDeps } from './deps.ts';
import { referencesIn } from './form-references.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { parse } from './parse.ts';
import { viewingAt } from './viewing.ts';

export interface FormCall {
  readonly actor: Actor;
  readonly locale: Locale;
  readonly at: Date;
}

/** A form's data, checked as a whole: its shape, and that the people, units, rules and cases it names can be named today. @throws Problem `invalid-form` */
export async function checkedForm<S extends z.ZodType>(deps: ApiDeps, form: S, data: unknown, call: FormCall): Promise<z.output<S>> {
  const { actor, locale, at } = call;
  const parsed = parse(form, data, { at: 'data', locale, slug: 'invalid-form' });
  const references = referencesIn(jsonSchemaOf(form, locale), parsed);
  if (references.length === 0) return parsed;
  const on = deps.policies.current.calendar.dayAt(at.getTime()).date;
  const usable = await usableReferences(deps.db, { references, actor, viewing: viewingAt(at), on });
  const known = new Set(usable.map(({ kind, id }) => `${kind} ${id}`));
  const unknown = references.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
  if (unknown.length === 0) return parsed;
  throw new Problem('invalid-form', { errors: unknown.map(({ path, kind }) => ({ path, message: unusable[kind][locale] })) });
}

const unusable = {
  person: { zh: '没有此人，或已离职', en: 'no such person, or no longer in service' },
  unit: { zh: '没有此单位，或已撤销', en: 'no such unit, or dissolved' },
  rule: { zh: '没有此规定，或今日未生效', en: 'no such rule, or not in force today' },
  case: { zh: '没有此件，或您无权知悉', en: 'no such case, or not yours to know of' },
};
