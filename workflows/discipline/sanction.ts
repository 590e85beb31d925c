import { barDays } from '../../domain/eligibility.ts';
import type { Instant, PersonId } from '../../domain/ids.ts';
import { isLighter } from '../../domain/sanctions.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import type { Closed } from '../kit/run.ts';
import type { Discipline } from './discipline.definition.ts';
import type { Judgement } from './remedy-forms.ts';

type C = Case<typeof Discipline>;
type Sanctioned = Extract<FormOf<typeof Discipline, 'decide'>, { handling: '2' | '3' }>;

/** 处分: served, in effect by its dates, carried out; lighter or quashed by its remedies; ended by itself. */
export async function sanction(c: C, decided: Sanctioned, panel: readonly PersonId[]): Promise<Closed> {
  const { servedAt } = await serveOn(c, { decision: decided, remedy: remedyText });
  c.stage('effect');
  const force: Force = { decided, panel, sanction: decided.sanction, until: await impose(c, decided, decided.sanction) };
  c.notify({ part: 'heard' }, 'sanction-in-effect');
  const carriedOut = c.task('carry-out', { context: decided });
  const remedied = remedies(c, force, servedAt);
  const end = await Promise.race([expires(c, force), remedied.then((how) => (how === 'quashed' ? how : stands))]);
  if (end === 'quashed') {
    c.cancel('quashed', 'term', 'carry-out');
    for (const bar of ['honours', 'promotion'] as const) c.lift(bar);
    c.notify({ part: 'heard' }, 'sanction-quashed');
    await makeGood(c);
    return c.close('quashed');
  }
  await carriedOut;
  // What was asked for in time is decided, also after the period has ended.
  if ((await remedied) === 'quashed') {
    await makeGood(c);
    return c.close('quashed');
  }
  c.notify({ part: 'heard' }, 'sanction-ended');
  return c.close('ended', { sanction: force.sanction });
}

const stands = new Promise<never>(() => undefined);

/** The sanction as it stands: a remedy may make it lighter, and shorter. */
interface Force {
  readonly decided: Sanctioned;
  /** Who reviewed the case before it was decided. */
  readonly panel: readonly PersonId[];
  sanction: Sanctioned['sanction'];
  until: Instant;
}

/** The bars that follow from a sanction by law (domain.md 3.2, `eligibility-bar`). @returns when its period ends */
async function impose(c: C, { ground, effectiveOn }: Sanctioned, sanction: Sanctioned['sanction']): Promise<Instant> {
  void c.restrict({ restriction: 'honours', ground, term: barDays('honours', sanction, effectiveOn) });
  const { until } = await c.restrict({ restriction: 'promotion', ground, term: barDays('promotion', sanction, effectiveOn) });
  return until;
}

async function expires(c: C, force: Force): Promise<'ended'> {
  for (;;) {
    const { until } = force;
    await c.wait('term', { until });
    if (Date.parse(force.until) <= Date.parse(until)) return 'ended';
  }
}

/** 复核、申诉: each by people who had no part in the decision; each result is served, and the next time runs from there. */
async function remedies(c: C, force: Force, servedAt: Instant): Promise<'quashed' | 'stands'> {
  const asked = await c.taskOrLapse('ask-reconsideration', { since: servedAt, context: force.decided });
  if (asked === 'lapsed') return 'stands';
  if (asked.way === 'complaint') return complaintAgainst(c, force, asked.grounds);

  const reconsidered = await judged(c, 'reconsider', force, asked.grounds);
  if (reconsidered === 'quashed') return 'quashed';
  const { servedAt: toldAt } = await c.serve({
    to: c.intake.person as PersonId,
    by: c.doneBy('reconsider')[0],
    document: { reconsideration: reconsidered, remedy: remedyText },
  });
  const complained = await c.taskOrLapse('complain', { since: toldAt, context: force.decided });
  return complained === 'lapsed' ? 'stands' : complaintAgainst(c, force, complained.grounds);
}

async function complaintAgainst(c: C, force: Force, grounds: string): Promise<'quashed' | 'stands'> {
  const finding = await judged(c, 'decide-complaint', force, grounds);
  if (finding === 'quashed') return 'quashed';
  await c.serve({ to: c.intake.person as PersonId, by: c.doneBy('decide-complaint')[0], document: { complaint: finding } });
  return 'stands';
}

/** Upheld, lighter or quashed; a heavier sanction is no answer, and is asked for again within the same time. */
async function judged(c: C, key: 'reconsider' | 'decide-complaint', force: Force, grounds: string): Promise<Judgement['finding']> {
  const { decided, panel } = force;
  let fault: string | undefined;
  for (;;) {
    const judgement = await c.task(key, {
      above: key === 'decide-complaint',
      keepsDate: fault !== undefined,
      notBy: [...panel, ...(key === 'decide-complaint' && c.hasDone('reconsider') ? c.doneBy('reconsider') : [])],
      context: { decided, sanction: force.sanction, grounds, fault },
    });
    if (judgement.finding !== 'lighter') return judgement.finding;
    if (isLighter(judgement.sanction, force.sanction)) {
      force.sanction = judgement.sanction;
      force.until = await impose(c, decided, judgement.sanction);
      c.notify({ part: 'heard' }, 'sanction-lighter');
      return 'lighter';
    }
    fault = 'not-lighter';
  }
}

export const serveOn = (c: C, document: object) => c.serve({ to: c.intake.person as PersonId, by: c.doneBy('decide')[0], document });

/** @source Civil Servants Law art. 95; Law on Administrative Sanctions for Public Employees art. 55 */
export const remedyText = {
  zh: '不服本决定的，可以自收到之日起三十日内申请复核；对复核结果不服的，可以自收到复核决定之日起十五日内提出申诉；也可以不经复核，自收到本决定之日起三十日内直接申诉。复核、申诉期间不停止执行，也不因此加重处理。',
  en: 'You may ask for reconsideration within 30 days of receiving this, and complain within 15 days of its result, or complain at once within 30 days. Meanwhile the decision has effect; it never becomes heavier by your asking.',
};

/** 恢复职务、补发待遇、澄清正名 (domain.md §4.4). */
export const makeGood = (c: C) => {
  c.stage('restore');
  return c.branches({
    duty: () => c.task('restore-duty'),
    pay: () => c.task('make-good-pay'),
    name: () => c.task('clear-name'),
  });
};
