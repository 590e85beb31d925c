import type { Case, DecisionKey, TaskKey, TaskOptions } from './case.ts';
import type { FormOf, ProcessDefinition } from './define.ts';
import type { Decision } from './fields.ts';

export interface Approval<D extends ProcessDefinition, K extends TaskKey<D>> {
  readonly draft: K;
  readonly approve: DecisionKey<D>;
  /** The first draft, where it is there already. */
  readonly first?: FormOf<D, K>;
  readonly drafting?: TaskOptions;
  readonly approving?: TaskOptions;
}

/**
 * Draft → approve, return with reasons (a new round of the draft) or refuse. Whoever drafted never approves; the draft may be recalled while
 * nobody has taken up the approval.
 */
export async function approval<D extends ProcessDefinition, K extends TaskKey<D>>(
  c: Case<D>,
  { draft, approve, first, drafting = {}, approving = {} }: Approval<D, K>,
): Promise<{ readonly drafted: FormOf<D, K>; readonly approved: boolean; readonly reasons: string | null }> {
  let returned: unknown;
  for (;;) {
    const drafted: FormOf<D, K> =
      returned === undefined && first !== undefined
        ? first
        : await c.task(draft, { ...drafting, ...(returned === undefined ? {} : { context: returned }) });
    const notBy = [...c.doneBy(draft, drafting.series), ...(approving.notBy ?? [])];
    const decision = (await c.judgement(approve, {
      ...approving,
      judges: draft,
      notBy,
      context: { draft: drafted, about: approving.context },
    })) as Decision | 'recalled';
    if (decision === 'recalled') returned = { draft: drafted, recalled: true };
    else if (decision.decision === 'return') returned = { draft: drafted, reasons: decision.reasons };
    else return { drafted, approved: decision.decision === 'approve', reasons: decision.decision === 'refuse' ? decision.reasons : null };
  }
}
