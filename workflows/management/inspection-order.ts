import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import type { Closed } from '../kit/run.ts';
import { InspectionOrder } from './inspection-order.definition.ts';

type C = Case<typeof InspectionOrder>;
type Inspectors = FormOf<typeof InspectionOrder, 'name-inspectors'>;
type Outcome = (typeof InspectionOrder)['outcomes'][number];
type Order = Extract<FormOf<typeof InspectionOrder, 'order'>, { decision: 'order' }>;

/** 督察 (domain.md 3.2): two inspectors → on-site record that both sign → findings → order by another person → served → proof of correction → verified, or accountability. */
export const inspectionOrder = procedure(InspectionOrder, async (c) => {
  const { about } = c.intake;
  if (about) c.tellCase(about, { event: 'inspection-opened', link: { here: 'about', there: 'inspection' } });
  const inspectors = await nameInspectors(c);
  const record = await inspectOnSite(c, inspectors);
  const decided = await decideOnOrder(c, inspectors, record);
  if (decided.decision === 'no-order') return end(c, 'no-order', { reasons: decided.reasons });

  await serve(c, decided);
  return followUp(c, inspectors, decided);
});

/** The case that the inspection was about gets the result back, and whoever issued it is told. */
function end(c: C, outcome: Outcome, data?: object): Closed {
  const { about } = c.intake;
  if (about) c.tellCase(about, { event: 'inspected', data: { result: outcome, ...data }, notice: { kind: 'inspected', to: ['opener'] } });
  return c.close(outcome, data);
}

/** Two different persons (domain.md 3.2). */
async function nameInspectors(c: C): Promise<Inspectors> {
  let named = await c.task('name-inspectors');
  while (named.lead === named.second) named = await c.task('name-inspectors', { keepsDate: true, context: { named } });
  c.handledBy(named.lead);
  return named;
}

/** 现场督察. The record stands when both have signed it. */
async function inspectOnSite(c: C, { lead, second }: Inspectors) {
  const { about, reasons } = c.intake;
  let context: unknown = { about, reasons };
  for (;;) {
    const record = await c.task('on-site', { assignee: lead, context });
    const signed = await c.task('countersign', { assignee: second, context: record });
    if (signed.decision === 'approve') return record;
    context = { about, reasons, record, returned: signed.reasons };
  }
}

/** 督察决定: by another person than the two inspectors, who may send the findings back. */
async function decideOnOrder(c: C, { lead, second }: Inspectors, record: unknown) {
  let returned: string | undefined;
  for (;;) {
    const { points } = await c.task('findings', { assignee: lead, context: { record, returned } });
    const decided = await c.task('order', { notBy: [lead, second], context: { record, points } });
    if (decided.decision !== 'return') return decided;
    returned = decided.reasons;
  }
}

/** 送达. An order that nobody signs for in time counts as served: its clock must not wait for the goodwill of the unit. */
async function serve(c: C, { demands, limit }: Order): Promise<void> {
  const signed = await c.taskOrLapse('acknowledge', { context: { demands, limit } });
  c.event('order-served', { how: signed === 'lapsed' ? 'deemed' : 'signed' });
}

/** 纠正: returned with reasons, the clock of the original limit goes on. */
async function followUp(c: C, { lead, second }: Inspectors, { demands, limit }: Order): Promise<Closed> {
  let returned: string | undefined;
  for (;;) {
    const corrected = await c.taskOrLapse('correct', { limit, keepsDate: returned !== undefined, context: { demands, returned } });
    if (corrected === 'lapsed') return referToAccountability(c, 'limit-passed');
    if (corrected.result === 'refused') return referToAccountability(c, 'refused');
    const verified = await c.task('verify', { notBy: [lead, second], context: { demands, corrected } });
    if (verified.decision === 'approve') return end(c, 'corrected');
    if (verified.decision === 'refuse') return referToAccountability(c, 'not-corrected');
    returned = verified.reasons;
  }
}

const groundsOfReferral = {
  'limit-passed': '督察决定逾期未报纠正情况。',
  refused: '拒不执行督察决定。',
  'not-corrected': '未按督察决定纠正。',
};

/** 移送追责: discipline inspection and the bureau leader are told, and the case opens against whoever leads the unit (domain.md 3.3, `accountability`). */
async function referToAccountability(c: C, ground: 'limit-passed' | 'refused' | 'not-corrected'): Promise<Closed> {
  c.event('accountability-due', { ground });
  // Release 0.2 only told that it was due; the branch can go when no order of then is open.
  if (c.patched('order-opens-accountability')) {
    const facts = `${c.number}：${groundsOfReferral[ground]}`;
    // Whoever answered for the unit; where nobody did, filing names the leader.
    const leader = c.hasDone('correct') ? c.doneBy('correct').at(-1) : undefined;
    const data = { ...(leader && { leader }), heading: 'order-unheeded', facts, about: c.number };
    await c.spawn('accountability', { relation: 'accountability', subject: leader ?? null, data });
  }
  c.notify({ role: 'discipline-inspector' }, 'accountability-due');
  c.notify({ role: 'bureau-leader' }, 'accountability-due');
  return end(c, 'referred-for-accountability', { ground });
}
