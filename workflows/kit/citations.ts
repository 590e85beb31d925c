import { z } from 'zod';
import { PlainDate } from '../../domain/ids.ts';
import type { Citation } from '../../domain/rules.ts';
import { fieldsMarked, valueAt } from './marked-fields.ts';

/** A rule that a form cites, with its place in the form. */
export interface PlacedCitation extends Citation {
  readonly path: string;
}

const Cited = z.looseObject({ 'x-in-force-on': z.string() });

/**
 * All rules that a form cites from a field that says by which day they are judged (`rule(title, { inForceOn })`). Data that fits the form.
 * @param intake of the case, where the day may stand
 */
export const citationsIn = (form: z.ZodType, data: unknown, intake: unknown): readonly PlacedCitation[] =>
  fieldsMarked(form, data, Cited).flatMap(({ value, mark, path }) => {
    const day = PlainDate.safeParse(valueAt({ form: data, intake }, mark['x-in-force-on'].split('.')));
    // A day that the form may leave open cites nothing yet that could be judged by it.
    return day.success ? [{ rule: value, on: day.data, path: ['data', ...path].join('.') }] : [];
  });
