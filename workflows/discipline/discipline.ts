import type { CaseNumber, PersonId } from '../../domain/ids.ts';
import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import type { Closed } from '../kit/run.ts';
import { Discipline } from './discipline.definition.ts';
import { type HeardOn, investigateAndHear, nameTeam, type Team } from './one-inquiry.ts';
import type { Sanctioned } from './sanction.definition.ts';
import { type Force, imposed, makeGood, quashed, remedies } from './sanction.ts';

type C = Case<typeof Discipline>;
type Filed = Extract<FormOf<typeof Discipline, 'file'>, { decision: 'file' }>;
type Decided = FormOf<typeof Discipline, 'decide'>;

/**
 * 违纪违法 (domain.md 3.2): filed by decision → measure first where grounds need it → investigated by a team → facts shown, heard → reviewed by others → decided by two → served → in effect, with its
 * remedies → ended by itself.
 */
export const discipline = procedure(Discipline, async (c) => {
  const filed = await fileCase(c);
  if (filed.decision === 'refuse') return c.close('not-filed', { reasons: filed.reasons });

  const measure = await measureFirst(c, filed);
  const team = nameTeam(c, filed, subjectOf(c));
  const reviewed = await investigatedAndReviewed(c, team);
  const decided = await decide(c, reviewed);
  switch (decided.handling) {
    case 'no-fault':
      return noFault(c, measure, decided);
    case '1':
      return talk(c, decided);
    case '2':
    case '3':
      return sanction(c, decided, reviewed.panel);
  }
});

/** 立案: by someone else than who proposes it; against a protected person by two. */
async function fileCase(c: C) {
  const filed = await c.task('file', { notBy: [c.openedBy], context: c.intake });
  if (filed.decision === 'refuse' || !c.protectedAt('file')) return filed;
  const again = await c.task('file-again', { notBy: [c.openedBy, ...c.doneBy('file')], context: { filed } });
  return again.decision === 'approve' ? filed : again;
}

/** 先行措施: a case of its own, with its own approval, reviews, end and appeal. */
async function measureFirst(c: C, { measure }: Filed): Promise<CaseNumber | null> {
  if (!measure) return null;
  const { person, actOn } = c.intake;
  const { days, measureGround, necessity } = measure;
  return c.spawn('measure', {
    relation: 'measure',
    subject: person as PersonId,
    data: { measure: measure.measure, person, days, actOn, ground: measureGround, reasons: necessity, about: c.number },
  });
}

interface Reviewed {
  readonly heard: HeardOn;
  /** Who reviewed it, and takes no part in what follows. */
  readonly panel: readonly PersonId[];
}

/** 审理: what the panel does not carry goes back to the investigators, and the officer is heard again on what they add. */
async function investigatedAndReviewed(c: C, team: Team): Promise<Reviewed> {
  let missing: unknown;
  for (;;) {
    const heard = await investigateAndHear(c, team, missing);
    const { members } = await c.task('compose-review', { context: { heard } });
    const panel = members as PersonId[];
    const { carried, votes } = await c.panel({ task: 'review', members: panel, rule: 'majority', atLeast: 3, seating: { context: heard } });
    if (carried) return { heard, panel };
    missing = { heard, votes };
  }
}

/** 决定. A case that comes back from the prosecution is decided anew. */
async function decide(c: C, { heard, panel }: Reviewed): Promise<Exclude<Decided, { handling: '4' }>> {
  let known: unknown = heard;
  for (;;) {
    const decided = await decideByTwo(c, panel, known);
    if (decided.handling !== '4') return decided;
    await c.task('refer', { context: decided });
    const result = await c.task('enter-result', { context: decided });
    known = { heard, referred: decided, result };
  }
}

/** 拟定 → 审批, by two people; refused, it is drafted anew. Whoever sat on the panel does not decide. */
async function decideByTwo(c: C, panel: readonly PersonId[], known: unknown): Promise<Decided> {
  let refused: unknown;
  for (;;) {
    const { drafted, approved, reasons } = await approval(c, {
      draft: 'decide',
      approve: 'approve-decision',
      drafting: { notBy: panel, context: { known, refused } },
      approving: { notBy: panel, context: { known } },
    });
    if (approved && (await approvedAgain(c, drafted))) {
      c.event('decided', { handling: drafted.handling });
      if (drafted.handling === '3' || drafted.handling === '4') await lookIntoLeadership(c, drafted.leaders ?? []);
      return drafted;
    }
    refused = { drafted, reasons };
  }
}

/** 一案双查 by rule: where a heavy sanction or a referral names those who led or supervised (domain.md 3.1). */
async function lookIntoLeadership(c: C, leaders: readonly string[]): Promise<void> {
  if (leaders.length === 0) return;
  const { person, actOn, ground, facts } = c.intake;
  await c.spawn('dual-investigation', {
    relation: 'dual-investigation',
    data: { title: '违纪案件的领导责任', actOn, ground, facts, conduct: [person], leadership: leaders, about: c.number },
  });
}

/** Against a protected person (domain.md §4.5). */
async function approvedAgain(c: C, drafted: Decided): Promise<boolean> {
  if (!c.protectedAt('approve-decision')) return true;
  const again = await c.task('approve-decision-again', {
    notBy: [...c.doneBy('decide'), ...c.doneBy('approve-decision')],
    context: { draft: drafted },
  });
  return again.decision === 'approve';
}

/** 无过错: the measure is lifted at once, everything is made good, and the file is sealed (domain.md §4.4). */
async function noFault(c: C, measure: CaseNumber | null, { reasons }: Extract<Decided, { handling: 'no-fault' }>): Promise<Closed> {
  if (measure) for (const key of ['review', 'oversee']) c.answerOpen(measure, key, { finding: 'lift', reasons });
  await serveOn(c, { decision: 'no-fault', reasons });
  c.stage('restore');
  await makeGood(c, subjectOf(c));
  return c.close('no-fault');
}

/** 第一种形态. */
async function talk(c: C, { matter, ground, reasons }: Extract<Decided, { handling: '1' }>): Promise<Closed> {
  const { person, actOn } = c.intake;
  await serveOn(c, { decision: 'talk', matter, ground, reasons });
  await c.spawn('warning-talk', {
    relation: 'talk',
    subject: person as PersonId,
    data: { person, occasion: 'problem', source: 'inspection', matter, actOn, ground },
  });
  return c.close('talked');
}

const subjectOf = (c: C): PersonId => c.intake.person as PersonId;

const serveOn = (c: C, document: object) => c.serve({ to: subjectOf(c), by: c.doneBy('decide')[0], document });

/** 处分: in effect by its dates; lighter or quashed by its remedies; ended by itself. */
async function sanction(c: C, decided: Sanctioned, panel: readonly PersonId[]): Promise<Closed> {
  const { force, servedAt, carriedOut } = await imposed(c, { person: subjectOf(c), decided, panel, by: c.doneBy('decide')[0] });
  c.stage('effect');
  const remedied = remedies(c, force, servedAt);
  const end = await Promise.race([expires(c, force), remedied.then((how) => (how === 'quashed' ? how : notTheEnd))]);
  if (end === 'quashed') c.cancel('quashed', 'term', 'carry-out');
  else await carriedOut;
  // What was asked for in time is decided, also after the period has ended.
  if ((await remedied) === 'quashed') {
    c.stage('restore');
    await quashed(c, force);
    return c.close('quashed');
  }
  c.notify({ part: 'heard' }, 'sanction-ended');
  return c.close('ended', { sanction: force.sanction });
}

const notTheEnd = new Promise<never>(() => undefined);

/** A remedy may have made it shorter. */
async function expires(c: C, force: Force): Promise<'ended'> {
  for (;;) {
    const { until } = force;
    await c.wait('term', { until });
    if (Date.parse(force.until) <= Date.parse(until)) return 'ended';
  }
}
