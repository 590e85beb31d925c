import { z } from 'zod';
import type { FieldError, ProblemSlug } from '../../domain/problems.ts';
import { type Form, schemaOf } from './define.ts';
import type { OpenTask } from './run.ts';

/** Why a submission cannot be taken; the update fails with it and leaves no trace. */
export interface Refusal {
  readonly slug: ProblemSlug;
  readonly errors?: readonly FieldError[];
}

/** What is wrong with the data of a form; null where nothing is. */
export function invalidForm(form: Form, data: unknown, at = 'data'): Refusal | null {
  const parsed = schemaOf(form).safeParse(data);
  if (parsed.success) return null;
  return {
    slug: 'invalid-form',
    errors: parsed.error.issues.map(({ path, message }) => ({ path: [at, ...path].join('.'), message })),
  };
}

const Against = z.looseObject({ decision: z.string().optional(), unrelated: z.string().optional() });

/** Refuses a decision against a protected person without the decider's written statement (fields.ts, `unrelated`). To refuse what would harm them takes none. */
export function withoutStatement({ adverse, protects }: OpenTask, data: unknown): Refusal | null {
  if (!adverse || !protects) return null;
  const { decision, unrelated: statement } = Against.parse(data);
  return decision === 'refuse' || statement !== undefined ? null : { slug: 'invalid-form', errors: [unrelated] };
}

const unrelated = {
  path: 'data.unrelated',
  message:
    '当事人受防打击报复保护，须书面说明本决定与其无关 / a no-retaliation mark protects this person: state why this has nothing to do with it',
};
