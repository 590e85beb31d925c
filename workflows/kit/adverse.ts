import type { PersonId } from '../../domain/ids.ts';
import type { Case, TaskKey, TaskOptions } from './case.ts';
import type { FormOf, ProcessDefinition } from './define.ts';
import type { Verdict } from './fields.ts';

type VerdictKey<D extends ProcessDefinition> = { [K in TaskKey<D>]: Verdict extends FormOf<D, K> ? K : never }[TaskKey<D>];

export interface Adverse<D extends ProcessDefinition> {
  /** An adverse task (`adverse: true`). */
  readonly decide: VerdictKey<D>;
  readonly again: VerdictKey<D>;
  readonly options?: TaskOptions;
}

/**
 * A decision to the subject's disadvantage by someone other than who proposed it. Where a no-retaliation mark protects the subject it says in writing why it has nothing to do with
 * what they raised, and a second person who reads that has to approve it as well (domain.md §4.5).
 */
export async function decidedAgainst<D extends ProcessDefinition>(
  c: Case<D>,
  { decide, again, options = {} }: Adverse<D>,
): Promise<{ readonly approved: true } | { readonly approved: false; readonly reasons: string }> {
  const notBy: readonly PersonId[] = [c.openedBy, ...(options.notBy ?? [])];
  const first = (await c.task(decide, { ...options, notBy })) as Verdict;
  if (first.decision === 'refuse') return { approved: false, reasons: first.reasons };
  if (!c.protectedAt(decide)) return { approved: true };

  const context = { about: options.context, unrelated: first.unrelated };
  const second = (await c.task(again, { ...options, notBy: [...notBy, ...c.doneBy(decide)], context })) as Verdict;
  return second.decision === 'approve' ? { approved: true } : { approved: false, reasons: second.reasons };
}
