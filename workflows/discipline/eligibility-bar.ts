import { barDays } from '../../domain/eligibility.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Term } from '../../domain/step.ts';
import { decidedAgainst } from '../kit/adverse.ts';
import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import { procedure } from '../kit/procedure.ts';
import { EligibilityBar } from './eligibility-bar.definition.ts';

type C = Case<typeof EligibilityBar>;

/** 限制 (domain.md 3.2): decided by a case, or by two people → in force by its dates → ends by itself, or is lifted early by two people. */
export const eligibilityBar = procedure(EligibilityBar, async (c) => {
  const { bar, sanction, decidedOn, ground } = c.intake;
  if (c.spawnedBy === null) {
    const decided = await decidedAgainst(c, { decide: 'approve', again: 'approve-again' });
    if (!decided.approved) return c.close('refused', { reasons: decided.reasons });
  }
  c.stage('in-force');
  const term = await c.restrict({ restriction: bar, ground, term: barDays(bar, sanction, decidedOn) });
  const served = serveDecision(c, term);
  c.notify({ part: 'subject' }, 'barred');

  const how = await Promise.race([c.wait('term', { until: term.until }).then(() => 'ended' as const), lifted(c, term)]);
  if (how === 'lifted') c.lift(bar);
  await served;
  c.notify({ part: 'subject' }, 'bar-ended');
  return c.close(how);
});

/** 送达: the bar with its ground, its dates and the remedy, whose time runs from there. Release 0.2 noted only that the remedy was told; the branch can go when no bar of then is open. */
async function serveDecision(c: C, term: Term): Promise<void> {
  if (!c.patched('bar-is-served')) return c.event('told-of-remedy', remedy);
  const { person, bar, sanction, ground, explanation } = c.intake;
  await c.serve({ to: person as PersonId, by: c.openedBy, document: { bar, ...term, sanction, ground, explanation, remedy } });
}

/** @source Civil Servants Law art. 95 */
const remedy = {
  rule: 'civil-servants-95',
  zh: '对本限制不服的，可以自知道之日起三十日内向原处理机关申请复核；对复核结果不服的，可以自接到复核决定之日起十五日内提出申诉，也可以直接申诉。',
  en: 'You may ask for reconsideration within 30 days, and complain within 15 days of its result, or complain at once.',
};

/** 提前解除: proposed by one, decided by another; a refused proposal leaves the way open to a later one. */
async function lifted(c: C, { until }: Term): Promise<'lifted'> {
  for (;;) {
    const { approved } = await approval(c, { draft: 'propose-lifting', approve: 'approve-lifting', drafting: { dueAt: until } });
    if (approved) return 'lifted';
  }
}
