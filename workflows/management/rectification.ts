import type { PersonId } from '../../domain/ids.ts';
import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import { procedure } from '../kit/procedure.ts';
import type { Closed } from '../kit/run.ts';
import { Rectification } from './rectification.definition.ts';

type C = Case<typeof Rectification>;

/** Put right twice and relapsed twice, it is no longer a matter of following up (domain.md 3.2: may reopen once). */
const ROUNDS = 2;

/** 整改 (domain.md 3.2): sign for it → put it right → verified by someone else → closed provisionally → looked at again after 30 days: lasting, or once more. */
export const rectification = procedure(Rectification, async (c) => {
  // Until 0.1 a rectification closed with its verification: no look-back, no self-review, no inspection. Goes when no case of 0.1 is open.
  if (!c.patched('rectification-look-back')) return untilVerified(c);

  const { owner } = await c.task('sign');
  if (owner) c.handledBy(owner);
  let relapse: string | undefined;
  for (let round = 1; round <= ROUNDS; round++) {
    const verified = await putRight(c, { owner, relapse });
    if (!verified.approved) return inspect(c, 'refused', verified.reasons);
    const seen = await lookBack(c);
    if (seen.result === 'lasting') return c.close('rectified');
    relapse = seen.found;
    if (round < ROUNDS) c.event('relapsed', { found: relapse });
  }
  return inspect(c, 'relapsed', relapse);
});

async function untilVerified(c: C): Promise<Closed> {
  await c.task('sign');
  const { approved, reasons } = await approval(c, { draft: 'do', approve: 'verify', approving: { context: c.intake } });
  return approved ? c.close('rectified') : c.close('refused', { reasons });
}

interface Round {
  readonly owner: PersonId | undefined;
  /** What the look-back found to have come back. */
  readonly relapse: string | undefined;
}

/** 落实与核验. Returned with reasons, the clock of the original limit goes on. Where management was at fault it owes a self-review (反躬自省) before anybody verifies. */
async function putRight(c: C, { owner, relapse }: Round) {
  const first = await c.task('do', { ...(owner ? { assignee: owner } : {}), context: { relapse } });
  for (let done = first; ; ) {
    const selfReview = done.selfReview ?? (await selfReviewOwed(c));
    const doers = c.doneBy('do');
    const verified = await c.judgement('verify', { judges: 'do', notBy: doers, context: { order: c.intake, done, selfReview } });
    if (verified !== 'recalled' && verified.decision !== 'return')
      return { approved: verified.decision === 'approve', reasons: verified.decision === 'refuse' ? verified.reasons : undefined };
    const returned = verified === 'recalled' ? { recalled: true } : { reasons: verified.reasons };
    done = await c.task('do', { assignee: doers[0], keepsDate: true, context: { draft: done, ...returned } });
  }
}

/** By the unit's leader, whoever put it right: a self-review can't be delegated. */
async function selfReviewOwed(c: C): Promise<string | undefined> {
  if (c.intake.cause !== 'management') return undefined;
  return (await c.task('self-review')).selfReview;
}

/** 回头看, by someone who did not verify. */
async function lookBack(c: C) {
  c.stage('provisional');
  c.event('closed-provisionally');
  await c.wait('look-back', { setting: 'lookBackAfter' });
  return c.task('look-back', { notBy: c.doneBy('verify'), context: c.intake });
}

/** 先督办、后督察: a decision that states why. */
async function inspect(c: C, outcome: 'refused' | 'relapsed', reasons = ''): Promise<Closed> {
  await c.spawn('inspection-order', { relation: 'inspection', data: { about: c.number, reasons } });
  return c.close(outcome, { reasons });
}
