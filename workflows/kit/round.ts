import type { Case } from './case.ts';
import type { RoundProcess } from './round-form.ts';
import type { Closed } from './run.ts';

/**
 * 一轮覆盖 (domain.md §2 "Round"): everyone whom it covers is listed and followed up, each by the own date and ladder, in the record (store/round-items.ts). Whoever keeps the round
 * concludes it once nobody is left; where someone is, a second person decides whether the reasons will do.
 * @param limit which of the policy's limits applies to everyone on the list
 */
export async function carryOutRound(c: Case<RoundProcess>, limit?: string): Promise<Closed> {
  const chosen = limit === undefined ? {} : { limit };
  const { open } = await c.cover(chosen);
  if (open === 0) return c.close('nobody-to-cover');

  for (let returned: unknown; ; ) {
    const concluded = await c.task('conclude', returned === undefined ? chosen : { context: returned, keepsDate: true });
    const coverage = await c.coverage();
    if (coverage.open === 0) return ended(c, 'covered', coverage);
    const approving = { judges: 'conclude', notBy: c.doneBy('conclude'), context: { draft: concluded, coverage } } as const;
    const decision = await c.judgement('approve', approving);
    if (decision === 'recalled') returned = { draft: concluded, recalled: true };
    else if (decision.decision === 'approve') return ended(c, 'partly-covered', await c.coverage());
    else returned = { draft: concluded, reasons: decision.reasons };
  }
}

/** Everyone who had a part is told, and finds the figures of the own units there. */
function ended(c: Case<RoundProcess>, outcome: 'covered' | 'partly-covered', coverage: object): Closed {
  c.notify({ part: 'informed' }, 'round-ended');
  return c.close(outcome, { coverage });
}
