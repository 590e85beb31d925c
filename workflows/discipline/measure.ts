import type { Instant, PersonId } from '../../domain/ids.ts';
import type { Term } from '../../domain/step.ts';
import { instantOf } from '../../domain/time-zone.ts';
import { decidedAgainst } from '../kit/adverse.ts';
import type { Case } from '../kit/case.ts';
import { procedure } from '../kit/procedure.ts';
import { Measure } from './measure.definition.ts';

type C = Case<typeof Measure>;
type End = 'ended' | 'lifted' | 'quashed';

/** The measure as it stands in the record: its end moves with an extension, and is the end whatever this workflow does. */
interface Force {
  readonly from: Instant;
  until: Instant;
  isOver: boolean;
}

/** 停止执行职务、禁闭 (domain.md 3.2): approved → in force at once → family told, half-way review, appeal at any time → over by its date, or before → made good where nobody was at fault. */
export const measure = procedure(Measure, async (c) => {
  const { measure: restriction, days, ground } = c.intake;
  const decided = await decidedAgainst(c, { decide: 'approve', again: 'approve-again' });
  if (!decided.approved) return c.close('refused', { reasons: decided.reasons });

  c.stage('in-force');
  const term = await c.restrict({ restriction, ground, term: { lasts: { days } } });
  const served = serveDecision(c, term);
  c.notify({ part: 'subject' }, 'measure-in-force');
  const family = c.task('inform-family');
  const end = await untilOver(c, { ...term, isOver: false });
  if (end === 'quashed') {
    c.cancel('quashed', 'inform-family', 'serve', 'confirm-receipt');
    await makeGood(c);
    return c.close('quashed');
  }
  await Promise.all([family, served]);
  const { finding } = await c.task('conclude');
  if (finding === 'fault') return c.close(end);
  await makeGood(c);
  return c.close('restored');
});

/** 送达: the decision with its ground, its dates and the remedy. Release 0.2 noted only that the remedy was told; the branch can go when no measure of then is open. */
async function serveDecision(c: C, term: Term): Promise<void> {
  if (!c.patched('measure-is-served')) return c.event('told-of-remedy', remedy);
  const { measure: kind, person, ground, reasons } = c.intake;
  await c.serve({ to: person as PersonId, by: c.openedBy, document: { measure: kind, ...term, ground, reasons, remedy } });
}

/** @source Regulations on Police Inspection art. 13 */
const remedy = {
  rule: 'inspection-regulations-13',
  zh: '对本措施不服的，可以在执行期间随时向上一级申诉：禁闭二十四小时内、停止执行职务五日内作出决定；申诉期间措施不停止执行。',
  en: 'You may appeal to the next higher level at any time while it lasts: decided within 24 hours for confinement, 5 days for suspension. The measure goes on meanwhile.',
};

/** What comes first ends it: its date, a lifting, a quashing. An appeal that is pending then is decided all the same. */
async function untilOver(c: C, force: Force): Promise<End> {
  const appealed = appeals(c, force);
  const quashed = appealed.then((decision) => (decision === 'quashed' ? decision : notTheEnd));
  const end = await Promise.race([expires(c, force), reviews(c, force), quashed]);
  force.isOver = true;
  c.cancel('measure-over', 'term', 'appeal', 'review', 'oversee', 'approve-longer', 'approve-longer-again');
  if (end !== 'ended') c.lift(c.intake.measure);
  // Found late, after an outage, it has still ended when its date said.
  else c.event('measure-ended', { until: force.until });
  c.notify({ part: 'subject' }, end === 'quashed' ? 'measure-quashed' : 'measure-over');
  if (!c.isOpen('decide-appeal')) return end;
  return (await appealed) === 'quashed' ? 'quashed' : end;
}

const notTheEnd = new Promise<never>(() => undefined);

async function expires(c: C, force: Force): Promise<'ended'> {
  for (;;) {
    const { until } = force;
    await c.wait('term', { until });
    if (force.until === until) return 'ended';
  }
}

/** Reviewed half-way; then it may be lifted, or an extension proposed, until it ends. An extension is reviewed half-way as well. */
async function reviews(c: C, force: Force): Promise<'lifted'> {
  let { from } = force;
  for (;;) {
    const reviewed = await c.task('review', { dueAt: halfWay(from, force.until), context: { until: force.until } });
    from = force.until;
    const change = reviewed.finding === 'continue' ? await c.task('oversee', { dueAt: force.until }) : reviewed;
    if (change.finding === 'lift') return 'lifted';
    await extend(c, force, change);
  }
}

/** The record refuses what would go beyond the maximum, or revive a measure that has ended. */
async function extend(c: C, force: Force, { days, reasons }: { readonly days: number; readonly reasons: string }): Promise<void> {
  const context = { days, reasons, until: force.until };
  const decided = await decidedAgainst(c, {
    decide: 'approve-longer',
    again: 'approve-longer-again',
    options: { context },
  });
  if (!decided.approved) return;
  const { measure: restriction, ground } = c.intake;
  force.until = (await c.restrict({ restriction, ground, term: { longerBy: { days } } })).until;
  c.notify({ part: 'subject' }, 'measure-extended');
}

/** 申诉: at any time, to the next higher level. The measure goes on meanwhile; upheld, the way stays open. */
async function appeals(c: C, force: Force): Promise<'quashed' | 'upheld'> {
  for (;;) {
    const { grounds } = await c.task('appeal', { dueAt: force.until });
    const { measure: limit, reasons } = c.intake;
    const { finding } = await c.task('decide-appeal', { limit, above: true, context: { grounds, measure: limit, reasons } });
    if (finding === 'quashed') return finding;
    c.notify({ part: 'subject' }, 'measure-upheld');
    if (force.isOver) return finding;
  }
}

/** 恢复职务、补发待遇、澄清正名 (domain.md §4.4). */
const makeGood = (c: C) =>
  c.branches({
    duty: () => c.task('restore-duty'),
    pay: () => c.task('make-good-pay'),
    name: () => c.task('clear-name'),
  });

const halfWay = (from: Instant, until: Instant): Instant => instantOf(Math.floor((Date.parse(from) + Date.parse(until)) / 2));
