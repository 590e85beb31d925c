import { decidedAgainst } from '../kit/adverse.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { MentalHealth } from './mental-health.definition.ts';

type C = Case<typeof MentalHealth>;
type Triaged = FormOf<typeof MentalHealth, 'triage'>;
type Danger = Extract<Triaged, { finding: 'danger' }>;
type Care = Extract<Triaged, { finding: 'care' }> | Danger;
type Outcome = (typeof MentalHealth)['outcomes'][number];

/** 心理三位一体 (domain.md 3.4): asked for, or offered and accepted → triage → agreed to → care → followed up. In danger protection comes first, and consent after it. */
export const mentalHealth = procedure(MentalHealth, async (c) => {
  const outcome = await careFor(c);
  c.notify({ part: 'appellant' }, 'closed');
  return c.close(outcome);
});

async function careFor(c: C): Promise<Outcome> {
  const triaged = await triage(c);
  if (triaged === 'declined') return triaged;
  if (triaged.finding === 'none') return 'advised';

  let care: Care = triaged;
  for (;;) {
    c.handledBy(care.counsellor);
    const unlessAgreed = care.finding === 'danger' ? await protect(c, care) : 'declined';
    const consent = await c.taskOrLapse('consent', { context: care });
    if (consent === 'lapsed' || consent.answer === 'refused') return unlessAgreed;
    const unit = { mayKnow: consent.unitMayKnow };
    advise(c, unit, care);
    const found = await caredFor(c, care, unit);
    if (typeof found === 'string') return found;
    care = found;
  }
}

async function triage(c: C): Promise<Triaged | 'declined'> {
  const { person, danger } = c.intake;
  if (danger) {
    if (person !== undefined) c.notify({ part: 'appellant' }, 'care-referred');
    return triageNow(c);
  }
  if (person !== undefined) {
    const wanted = await c.taskOrLapse('answer-referral');
    if (wanted === 'lapsed' || wanted.answer === 'no') return 'declined';
  }
  return c.task('triage', { context: c.intake });
}

/** Every half hour without an answer calls others of the team, and the duty desk to reach them, for as long as it takes. */
async function triageNow(c: C): Promise<Triaged> {
  let triaged = await c.taskOrLapse('triage-now', { context: c.intake });
  while (triaged === 'lapsed') {
    c.notify({ role: 'duty-desk' }, 'care-unanswered');
    triaged = await c.taskOrLapse('triage-next', { context: c.intake });
    if (triaged !== 'lapsed') return triaged;
    c.notify({ role: 'duty-desk' }, 'care-unanswered');
    triaged = await c.taskOrLapse('triage-now', { context: c.intake });
  }
  return triaged;
}

/** Help goes at once; what is done without consent takes a second person, has a rule, ends by itself and can be objected to (domain.md §4.2). */
async function protect(c: C, danger: Danger): Promise<'protected' | 'declined'> {
  const { counsellor, measures, ground } = danger;
  c.stage('danger');
  const helped = c.task('protect', { assignee: counsellor, context: danger });
  const decided = await decidedAgainst(c, {
    decide: 'confirm-danger',
    again: 'confirm-danger-again',
    options: { context: { measures, ground } },
  });
  if (decided.approved) {
    c.event('told-of-remedy', { ground, ...remedy });
    c.notify({ part: 'appellant' }, 'care-without-consent');
    if (danger.advice) c.adviseUnit(danger.advice);
    await untilSafe(c, danger);
    c.notify({ part: 'appellant' }, 'care-only-by-consent');
  }
  await helped;
  return decided.approved ? 'protected' : 'declined';
}

const remedy = {
  zh: '未经本人同意的保护最长七十二小时，到期自行终止；其间可以随时提出异议，由未参与的人在十二小时内决定。',
  en: 'Protection without your consent lasts 72 hours at most and ends by itself. You may object at any time; someone who had no part in it decides within 12 hours.',
};

/** What comes first ends it: its time, the counsellor, an objection that is right. */
async function untilSafe(c: C, { counsellor, measures }: Danger): Promise<void> {
  await Promise.race([
    c.wait('without-consent', { setting: 'withoutConsent' }),
    c.task('watch', { assignee: counsellor, context: { measures } }),
    objections(c, measures),
  ]);
  c.cancel('protection-over', 'without-consent', 'watch', 'object', 'decide-objection');
}

async function objections(c: C, measures: string): Promise<void> {
  for (;;) {
    const { reasons } = await c.task('object', { context: { measures } });
    const { finding } = await c.task('decide-objection', { context: { measures, reasons } });
    if (finding === 'ended') return;
  }
}

/** @returns the outcome, or a danger that has come up */
async function caredFor(c: C, care: Care, unit: MayKnow): Promise<Outcome | Danger> {
  const { counsellor } = care;
  let earlier: unknown = care;
  for (;;) {
    const cared = await c.task('care', { assignee: counsellor, context: { earlier } });
    if (cared.finding === 'danger') return cared;
    if (cared.finding === 'left') return 'left';
    advise(c, unit, cared);
    earlier = cared;
    if (cared.finding === 'goes-on') continue;

    const followed = await c.task('follow-up', { assignee: counsellor, context: { earlier } });
    if (followed.finding === 'danger') return followed;
    if (followed.finding === 'left') return 'left';
    if (followed.finding === 'again') continue;
    advise(c, unit, followed);
    return 'completed';
  }
}

interface MayKnow {
  readonly mayKnow: boolean;
}

function advise(c: C, { mayKnow }: MayKnow, { advice }: Pick<Care, 'advice'>): void {
  if (mayKnow && advice) c.adviseUnit(advice);
}
