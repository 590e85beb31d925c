import { checkpointsOf, tierOf } from '../../domain/checkpoints.ts';
import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { Supervision } from './supervision.definition.ts';

type C = Case<typeof Supervision>;
type Result = FormOf<typeof Supervision, 'result'>;

/** 督办 (domain.md 3.1): sign for it → plan → progress at checkpoints, supporting parts beside → result with evidence → verified by the supervision desk. */
export const supervision = procedure(Supervision, async (c) => {
  const { first, parts } = await c.branches({ first: () => lead(c), parts: () => supportingParts(c) });

  // Returned with reasons, the clock of the original limit goes on (domain.md 3.1, supervision).
  const { approved, reasons } = await approval(c, {
    draft: 'result',
    approve: 'verify',
    first,
    drafting: { keepsDate: true, ...(c.handler ? { assignee: c.handler } : {}) },
    approving: { context: { order: c.intake.order, parts } },
  });
  if (approved) {
    c.notify({ person: c.openedBy }, 'directive-done');
    return c.close('done');
  }
  // 先督办、后督察: a decision that states why.
  await c.spawn('inspection-order', { relation: 'inspection', data: { about: c.number, reasons } });
  c.notify({ person: c.openedBy }, 'directive-referred');
  return c.close('referred', { reasons });
});

/** 主办: each checkpoint of the tier shows something; who has everything done early goes on to the result. */
async function lead(c: C): Promise<Result> {
  const tier = tierOf(c.intake.tier);
  const days = checkpointsOf(tier);
  const { handler } = await c.task('sign', { checkpoints: days });
  c.handledBy(handler);
  c.notify({ person: c.openedBy }, 'directive-signed');

  if (tier > 3) await c.task('plan', { assignee: handler, checkpoints: days.slice(1) });
  let reached = c.checkpointOf(tier > 3 ? 'plan' : 'sign');
  while (days.some((day) => day > reached && day < tier)) {
    const { state } = await c.task('progress', { assignee: handler, checkpoints: days.filter((day) => day > reached) });
    if (state === 'completed') break;
    reached = c.checkpointOf('progress');
  }
  return c.task('result', { assignee: handler, checkpoints: [tier] });
}

/** 协办: every supporting unit reports its part while the lead still works, at the last checkpoint before the limit. */
function supportingParts(c: C) {
  const tier = tierOf(c.intake.tier);
  const due = checkpointsOf(tier).slice(-2);
  const units = [...new Set(c.intake.supporting ?? [])];
  return c.branches(Object.fromEntries(units.map((unit) => [unit, () => c.task('support', { unit, checkpoints: due })])));
}
