import type { PersonId, UnitId } from '../../domain/ids.ts';
import { investigatorOf } from '../../domain/investigation.ts';
import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { DualInvestigation } from './dual-investigation.definition.ts';
import { type Ended, inquire, type Reported } from './inquiry.ts';
import { imposed, makeGood, quashed, remedies } from './sanction.ts';

type C = Case<typeof DualInvestigation>;
type Approved = Extract<FormOf<typeof DualInvestigation, 'approve'>, { decision: 'approve' }>;
type Decided = FormOf<typeof DualInvestigation, 'decide'>;

export type Branch = 'conduct' | 'leadership';

export interface Team {
  readonly branch: Branch;
  readonly duty: 'investigate-conduct' | 'investigate-leadership';
  readonly lead: PersonId;
  readonly all: readonly PersonId[];
  /** Whom this investigation is about. */
  readonly persons: readonly PersonId[];
}

/**
 * 一案双查 (domain.md 3.1): approved → both investigations at once, each to its report or an early end of its own → joint review of what is in → one decision per person, by two → served, with the
 * remedies → directives to the units.
 */
export const dualInvestigation = procedure(DualInvestigation, async (c) => {
  const approved = await c.task('approve', { notBy: [c.openedBy], context: c.intake });
  if (approved.decision === 'refuse') return c.close('refused', { reasons: approved.reasons });

  const conduct = nameTeam(c, 'conduct', approved);
  const leadership = nameTeam(c, 'leadership', approved);
  const results = await c.branches({ conduct: () => inquire(c, conduct), leadership: () => inquire(c, leadership) });
  const reports = [results.conduct, results.leadership].filter((result): result is Reported => result.how === 'reported');
  if (reports.length === 0) return c.close(outcomeOf([results.conduct, results.leadership]));

  const reviewed = await jointReview(c, reports, results);
  const persons = [...new Set(reports.flatMap(({ team }) => team.persons))];
  const decisions = await Promise.all(persons.map((person) => decideByTwo(c, person, reviewed)));
  c.event('decided', { decisions: decisions.map(({ person, decided }) => ({ person, handling: decided.handling })) });
  c.stage('effect');
  await Promise.all(decisions.map((decision) => carryOut(c, decision)));
  await directUnits(c);
  return c.close('decided');
});

function nameTeam(c: C, branch: Branch, approved: Approved): Team {
  const { lead, members } = approved[branch];
  const all = [...new Set([lead, ...members])] as PersonId[];
  const duty = `investigate-${branch}` as const;
  for (const person of all) c.participant(person, investigatorOf[duty]);
  return { branch, duty, lead: lead as PersonId, all, persons: [...new Set(c.intake[branch])] as PersonId[] };
}

/** Both ended early: what is with the prosecution outweighs. */
const outcomeOf = (results: readonly (Ended | Reported)[]) =>
  results.some((each) => each.how === 'ended' && each.early.result === 'prosecution') ? 'referred' : 'no-responsibility';

interface Reviewed {
  readonly reports: readonly Reported[];
  readonly panel: readonly PersonId[];
}

/** 联合审理: of both, by people of neither team; what is not carried is answered, or looked into again, by the team concerned. */
async function jointReview(c: C, first: readonly Reported[], results: unknown): Promise<Reviewed> {
  let reports = first;
  let asked: unknown;
  for (;;) {
    const { members } = await c.task('compose-review', { context: { results, asked } });
    const panel = members as PersonId[];
    const { carried, votes } = await c.panel({
      task: 'review',
      members: panel,
      rule: 'majority',
      atLeast: 3,
      seating: { context: { results, reports, asked } },
    });
    if (carried) return { reports, panel };
    reports = await Promise.all(reports.map(({ reconsider }) => reconsider(votes)));
    asked = { votes };
  }
}

/** 逐人决定: drafted by one, approved by another; whoever reviewed does not decide. */
async function decideByTwo(c: C, person: PersonId, { reports, panel }: Reviewed): Promise<Deciding> {
  const context = { person, reports: reports.filter(({ team }) => team.persons.includes(person)).map(({ report }) => report) };
  const about = { series: person, about: person, notBy: panel };
  let refused: unknown;
  for (;;) {
    const { drafted, approved, reasons } = await approval(c, {
      draft: 'decide',
      approve: 'approve-decision',
      drafting: { ...about, context: { ...context, refused } },
      approving: { ...about, context },
    });
    if (approved && (await approvedAgain(c, person, drafted)))
      return { person, decided: drafted, panel, by: c.doneBy('decide', person)[0] };
    refused = { drafted, reasons };
  }
}

/** Where a no-retaliation mark protects one of them (domain.md §4.5). */
async function approvedAgain(c: C, person: PersonId, drafted: Decided): Promise<boolean> {
  if (!c.protectedAt('approve-decision')) return true;
  const notBy = [...c.doneBy('decide', person), ...c.doneBy('approve-decision', person)];
  const again = await c.task('approve-decision-again', { series: person, about: person, notBy, context: { person, draft: drafted } });
  return again.decision === 'approve';
}

interface Deciding {
  readonly person: PersonId;
  readonly decided: Decided;
  readonly panel: readonly PersonId[];
  /** Who drafted it, and sees that it is served. */
  readonly by: PersonId;
}

/** What is decided about one person, served on that person. */
async function carryOut(c: C, { person, decided, panel, by }: Deciding): Promise<void> {
  switch (decided.handling) {
    case 'no-fault':
      await c.serve({ to: person, by, document: { decision: 'no-fault', reasons: decided.reasons } });
      await makeGood(c, person);
      return;
    case '1':
      await c.serve({ to: person, by, document: { decision: decided } });
      await talk(c, person, decided);
      return;
    case '4':
      await measure(c, person, decided);
      await c.serve({ to: person, by, document: { decision: decided } });
      return;
    case '2':
    case '3':
      await measure(c, person, decided);
      return sanction(c, await imposed(c, { person, decided, panel, by }));
  }
}

/** 处分: its bars end by their dates; the case ends when nothing more can be asked for. */
async function sanction(c: C, { force, servedAt, carriedOut }: Awaited<ReturnType<typeof imposed>>): Promise<void> {
  if ((await remedies(c, force, servedAt)) === 'stands') return void (await carriedOut);
  c.cancel('quashed', `carry-out ${force.person}`);
  await quashed(c, force);
}

async function measure(c: C, person: PersonId, { measure: asked }: Extract<Decided, { handling: '2' | '3' | '4' }>): Promise<void> {
  if (!asked) return;
  const { measure: kind, days, measureGround: ground, necessity: reasons } = asked;
  await c.spawn('measure', {
    relation: 'measure',
    subject: person,
    data: { measure: kind, person, days, actOn: c.intake.actOn, ground, reasons, about: c.number },
  });
}

async function talk(c: C, person: PersonId, { matter, ground }: Extract<Decided, { handling: '1' }>): Promise<void> {
  await c.spawn('warning-talk', {
    relation: 'talk',
    subject: person,
    data: { person, occasion: 'problem', source: 'inspection', matter, actOn: c.intake.actOn, ground },
  });
}

/** 整改: what units have to put right, each in a case of its own. */
async function directUnits(c: C): Promise<void> {
  const { directives } = await c.task('directives');
  for (const { unit, order } of directives)
    await c.spawn('rectification', { relation: 'rectification', unit: unit as UnitId, data: { cause: 'management', order } });
}
