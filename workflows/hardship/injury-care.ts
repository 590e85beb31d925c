import type { Instant, PersonId } from '../../domain/ids.ts';
import { decidedAgainst } from '../kit/adverse.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { InjuryCare } from './injury-care.definition.ts';
import { recognised } from './injury-recognition.ts';

type C = Case<typeof InjuryCare>;
type Outcome = (typeof InjuryCare)['outcomes'][number];
type Fitness = FormOf<typeof InjuryCare, 'fitness'>;
type Settled = Exclude<Fitness, { finding: 'recovering' }>;

/** 伤病绿色通道 (domain.md 3.1): five answer at once → what it is and what it entitles to, beside the treatment → back to duty or another post → visits for a year. A death or a departure ends it in order. */
export const injuryCare = procedure(InjuryCare, async (c) => {
  const care = begun(c);
  const outcome = await Promise.race([carried(c, care), changed(c, care)]);
  for (const part of ['appellant', 'caller'] as const) c.notify({ part }, 'closed');
  return c.close(outcome);
});

/** What runs side by side from the first minute; each part ends on its own, whatever becomes of the others. */
interface Care {
  readonly reportedAt: Instant;
  readonly answered: Promise<unknown>;
  readonly companion: Promise<PersonId>;
  readonly channel: Promise<unknown>;
  readonly entitlement: Promise<unknown>;
  /** Nobody is left to be treated. */
  isOver: boolean;
}

function begun(c: C): Care {
  const reportedAt = c.at;
  const answered = c.task('acknowledge');
  const costs = c.task('guarantee');
  const family = companionTells(c, reportedAt);
  const channel = Promise.all([answered, costs, family.told, c.task('visit'), c.task('stand-in')]);
  const entitlement = answered.then((hospital) => {
    c.notify({ part: 'caller' }, 'injury-answered');
    return entitled(c, reportedAt, hospital);
  });
  return { reportedAt, answered, companion: family.companion, channel, entitlement, isOver: false };
}

/** The companion is the family's one person to turn to, to the end. */
function companionTells(c: C, reportedAt: Instant) {
  const { place, what, severity } = c.intake;
  const companion = c.task('name-companion').then((named) => named.companion);
  const told = companion.then((assignee) => {
    c.handledBy(assignee);
    return c.task('inform-family', { assignee, since: reportedAt, context: { place, what, severity } });
  });
  return { companion, told };
}

/** @returns how it ended */
async function carried(c: C, care: Care): Promise<Outcome> {
  const { outcome } = await c.branches({
    channel: () => care.channel,
    entitlement: () => care.entitlement,
    outcome: () => treated(c, care),
  });
  return outcome;
}

async function treated(c: C, care: Care): Promise<Outcome> {
  await care.answered;
  if (care.isOver) return new Promise(() => undefined);
  await untilDischarged(c, care.reportedAt);
  const fitness = await fitnessFound(c);
  const backAt = c.at;
  if (fitness.finding === 'unfit') {
    c.adviseUnit('adjust-duties');
    await c.spawn('post-substitution', { relation: 'substitution', subject: c.subject, data: { wish: fitness.limits, about: c.number } });
  } else {
    c.adviseUnit('fit');
    await c.task('return-to-duty');
  }
  for (const setting of ['visitAfterMonth1', 'visitAfterMonth3', 'visitAfterMonth6', 'visitAfterMonth12']) {
    await c.wait('until-care-visit', { setting, since: backAt });
    await c.task('care-visit');
  }
  return fitness.finding === 'unfit' ? 'reassigned' : 'recovered';
}

/** On days 1, 3, 7, 15 and 30, then every thirty days for as long as it takes. */
async function untilDischarged(c: C, reportedAt: Instant): Promise<void> {
  for (const setting of ['followUpDay1', 'followUpDay3', 'followUpDay7', 'followUpDay15', 'followUpDay30']) {
    await c.wait('until-follow-up', { setting, since: reportedAt });
    if (await isDischarged(c)) return;
  }
  for (;;) {
    await c.wait('until-follow-up', { setting: 'followUpEvery' });
    if (await isDischarged(c)) return;
  }
}

async function isDischarged(c: C): Promise<boolean> {
  const found = await c.task('follow-up');
  if (found.advice) c.adviseUnit(found.advice);
  return found.finding === 'discharged';
}

/** Asked again every thirty days while the officer recovers. */
async function fitnessFound(c: C): Promise<Settled> {
  for (;;) {
    const found = await assessed(c);
    if (found.finding !== 'recovering') return found;
    await c.wait('until-follow-up', { setting: 'followUpEvery' });
  }
}

/** Whatever settles it, the officer may have someone else look again. */
async function assessed(c: C): Promise<Fitness> {
  const found = await c.task('fitness');
  if (found.finding === 'recovering') return found;
  const contested = await c.taskOrLapse('contest', { context: found });
  if (contested === 'lapsed') return found;
  return c.task('fitness-again', { context: { found, contested }, notBy: c.doneBy('fitness') });
}

/** What it is, and so what the officer is entitled to; aid does not wait for an authority. */
async function entitled(c: C, reportedAt: Instant, hospital: unknown): Promise<void> {
  const found = await natureFound(c, hospital);
  await c.branches({
    aid: () => aided(c, found),
    recognition: async () => (found.nature === 'duty-injury' ? recognised(c, found, reportedAt) : null),
  });
}

/** That it is no duty injury takes a second person, who has heard the officer; who doubts it has someone else look again. */
async function natureFound(c: C, hospital: unknown) {
  let notBy: readonly PersonId[] = [];
  let doubted: unknown = null;
  for (;;) {
    const found = await c.task('nature', { notBy, context: { about: c.intake, hospital, doubted } });
    if (found.nature === 'duty-injury') return found;
    const statement = await c.taskOrLapse('answer-nature', { context: found });
    notBy = c.doneBy('nature');
    const confirmed = await decidedAgainst(c, {
      decide: 'confirm-nature',
      again: 'confirm-nature-again',
      options: { notBy, context: { found, statement } },
    });
    if (confirmed.approved) {
      c.event('told-of-remedy', remedyOfNature);
      c.notify({ part: 'appellant' }, 'injury-nature');
      return found;
    }
    doubted = { found, statement, reasons: confirmed.reasons };
  }
}

/** @source Civil Servants Law art. 95; Regulations on Work Injury Insurance art. 17 */
const remedyOfNature = {
  rule: 'work-injury-17',
  zh: '对性质认定不服的，可以提出诉求；民警可以自知道之日起三十日内申请复核、依法提出申诉；辅警、职工及其近亲属可以自受伤之日起一年内直接申请工伤认定。治疗、陪护、随访不受影响。',
  en: 'You may raise an appeal; a police officer may ask for reconsideration within 30 days and complain; auxiliaries and staff, or their family, may file for a work injury themselves within a year. Treatment and care go on all the same.',
};

/** Aid is a case of its own: its committee learns the cause, and no medical facts. */
async function aided(c: C, found: unknown): Promise<void> {
  const aid = await c.task('aid', { context: { found } });
  if (aid.finding === 'needed')
    await c.spawn('mutual-aid', {
      relation: 'aid',
      subject: c.subject,
      data: { cause: 'injury', circumstances: aid.cause, urgent: aid.urgent ?? false, about: c.number },
    });
}

/** Death, departure and mistake can be entered at any time; each year the desk is asked anew whether there is one. @returns how it ended */
async function changed(c: C, care: Care): Promise<Outcome> {
  for (;;) {
    const change = await c.taskOrLapse('report-change');
    if (change === 'lapsed') continue;
    if (change.change === 'mistaken') {
      const confirmed = await c.task('confirm-mistaken', { notBy: c.doneBy('report-change'), context: { reasons: change.reasons } });
      if (confirmed.decision === 'approve') return 'mistaken';
      continue;
    }
    await ended(c, care, change.change);
    return change.change;
  }
}

/** The treatment is over; everything that was promised to the family or the officer is still done, and the companion stays with them. */
async function ended(c: C, care: Care, how: 'died' | 'left'): Promise<void> {
  care.isOver = true;
  c.cancel(how, 'until-follow-up', 'follow-up', 'fitness', 'contest', 'fitness-again', 'return-to-duty', 'until-care-visit', 'care-visit');
  c.stage('farewell');
  await c.branches({
    channel: () => care.channel,
    entitlement: () => care.entitlement,
    family: async () => (how === 'died' ? c.task('accompany-family', { assignee: await care.companion }) : null),
  });
}
