import type { z } from 'zod';
import { barDays } from '../../domain/eligibility.ts';
import type { Instant, PersonId } from '../../domain/ids.ts';
import { isLighter, type Sanction } from '../../domain/sanctions.ts';
import type { Case } from '../kit/case.ts';
import type { ProcessDefinition } from '../kit/define.ts';
import type { Judgement, Sanctioned, sanctionTasks } from './sanction.definition.ts';

/*
 * 处分的送达、执行和救济: what every decision on a sanction has in common, whichever case it comes from.
 */

/** A case whose process has the tasks of a sanction. */
type C = Pick<
  Case<ProcessDefinition<z.ZodType, typeof sanctionTasks>>,
  'task' | 'taskOrLapse' | 'serve' | 'restrict' | 'lift' | 'notify' | 'doneBy' | 'hasDone' | 'branches'
>;

interface Deciding {
  readonly person: PersonId;
  readonly decided: Sanctioned;
  readonly panel: readonly PersonId[];
  /** Who serves it. */
  readonly by: PersonId;
}

/** Served, in effect by its dates, being carried out. */
export async function imposed(c: C, { person, decided, panel, by }: Deciding) {
  const { servedAt } = await c.serve({ to: person, by, document: { decision: decided, remedy: remedyText } });
  const { sanction } = decided;
  const force: Force = { person, decided, panel, sanction, until: await impose(c, { person, decided }, sanction) };
  c.notify({ person }, 'sanction-in-effect');
  return { force, servedAt, carriedOut: c.task('carry-out', { series: person, context: { person, decided } }) };
}

/** 撤销: what it limited is free at once, and everything is made good. */
export async function quashed(c: C, { person }: Force): Promise<void> {
  for (const bar of ['honours', 'promotion'] as const) c.lift(bar, person);
  c.notify({ person }, 'sanction-quashed');
  await makeGood(c, person);
}

/** The sanction as it stands: a remedy may make it lighter, and shorter. */
export interface Force {
  readonly person: PersonId;
  readonly decided: Sanctioned;
  /** Who reviewed the case before it was decided. */
  readonly panel: readonly PersonId[];
  sanction: Sanction;
  until: Instant;
}

/** The bars that follow from a sanction by law (domain.md 3.2, `eligibility-bar`). @returns when its period ends */
async function impose(
  c: C,
  { person, decided: { ground, effectiveOn } }: Pick<Force, 'person' | 'decided'>,
  sanction: Sanction,
): Promise<Instant> {
  void c.restrict({ person, restriction: 'honours', ground, term: barDays('honours', sanction, effectiveOn) });
  const { until } = await c.restrict({ person, restriction: 'promotion', ground, term: barDays('promotion', sanction, effectiveOn) });
  return until;
}

/** 复核、申诉: each by people who had no part in the decision; each result is served, and the next time runs from there. */
export async function remedies(c: C, force: Force, servedAt: Instant): Promise<'quashed' | 'stands'> {
  const asked = await c.taskOrLapse('ask-reconsideration', {
    ...of(force),
    assignee: force.person,
    since: servedAt,
    context: force.decided,
  });
  if (asked === 'lapsed') return 'stands';
  if (asked.way === 'complaint') return complaintAgainst(c, force, asked.grounds);

  const reconsidered = await judged(c, 'reconsider', force, asked.grounds);
  if (reconsidered === 'quashed') return 'quashed';
  const { servedAt: toldAt } = await c.serve({
    to: force.person,
    by: c.doneBy('reconsider', force.person)[0],
    document: { reconsideration: reconsidered, remedy: remedyText },
  });
  const complained = await c.taskOrLapse('complain', { ...of(force), assignee: force.person, since: toldAt, context: force.decided });
  return complained === 'lapsed' ? 'stands' : complaintAgainst(c, force, complained.grounds);
}

async function complaintAgainst(c: C, force: Force, grounds: string): Promise<'quashed' | 'stands'> {
  const finding = await judged(c, 'decide-complaint', force, grounds);
  if (finding === 'quashed') return 'quashed';
  await c.serve({ to: force.person, by: c.doneBy('decide-complaint', force.person)[0], document: { complaint: finding } });
  return 'stands';
}

/** Upheld, lighter or quashed; a heavier sanction is no answer, and is asked for again within the same time. */
async function judged(c: C, key: 'reconsider' | 'decide-complaint', force: Force, grounds: string): Promise<Judgement['finding']> {
  const { person, decided, panel } = force;
  let fault: string | undefined;
  for (;;) {
    const judgement = await c.task(key, {
      ...of(force),
      above: key === 'decide-complaint',
      keepsDate: fault !== undefined,
      notBy: [...panel, ...(key === 'decide-complaint' && c.hasDone('reconsider', person) ? c.doneBy('reconsider', person) : [])],
      context: { decided, sanction: force.sanction, grounds, fault },
    });
    if (judgement.finding !== 'lighter') return judgement.finding;
    if (isLighter(judgement.sanction, force.sanction)) {
      force.sanction = judgement.sanction;
      force.until = await impose(c, force, judgement.sanction);
      c.notify({ person }, 'sanction-lighter');
      return 'lighter';
    }
    fault = 'not-lighter';
  }
}

/** @source Civil Servants Law art. 95; Law on Administrative Sanctions for Public Employees art. 55 */
export const remedyText = {
  zh: '不服本决定的，可以自收到之日起三十日内申请复核；对复核结果不服的，可以自收到复核决定之日起十五日内提出申诉；也可以不经复核，自收到本决定之日起三十日内直接申诉。复核、申诉期间不停止执行，也不因此加重处理。',
  en: 'You may ask for reconsideration within 30 days of receiving this, and complain within 15 days of its result, or complain at once within 30 days. Meanwhile the decision has effect; it never becomes heavier by your asking.',
};

/** 恢复职务、补发待遇、澄清正名 (domain.md §4.4). */
export const makeGood = (c: C, person: PersonId) =>
  c.branches({
    duty: () => c.task('restore-duty', { leaderOf: person, ...about(person) }),
    pay: () => c.task('make-good-pay', about(person)),
    name: () => c.task('clear-name', about(person)),
  });

const about = (person: PersonId) => ({ series: person, context: { person } });
const of = ({ person }: Force) => ({ series: person });
