import type { PersonId, UnitId } from '../../domain/ids.ts';
import { investigatorOf } from '../../domain/investigation.ts';
import { approval } from '../kit/approval.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import { procedure } from '../kit/procedure.ts';
import { DualInvestigation } from './dual-investigation.definition.ts';
import { type Ended, inquire, type Reported } from './inquiry.ts';
import { imposed, makeGood, quashed, remedies, remedyText } from './sanction.ts';

type C = Case<typeof DualInvestigation>;
type Approved = Extract<FormOf<typeof DualInvestigation, 'approve'>, { decision: 'approve' }>;
type Drafted = FormOf<typeof DualInvestigation, 'decide'>;
type Decided = Drafted['decisions'][number];

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
  const decided = await decideByTwo(c, reviewed);
  const by = c.doneBy('decide')[0];
  c.stage('effect');
  await Promise.all(decided.decisions.map((decision) => carryOut(c, decision, { panel: reviewed.panel, by })));
  for (const { unit, order } of decided.directives ?? [])
    await c.spawn('rectification', { relation: 'rectification', unit: unit as UnitId, data: { cause: 'management', order } });
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

/** 逐人决定: one draft for all, approved by another; whoever reviewed does not decide. */
async function decideByTwo(c: C, { reports, panel }: Reviewed): Promise<Drafted> {
  const persons = [...new Set(reports.flatMap((each) => each.team.persons))];
  let refused: unknown;
  for (;;) {
    const { drafted, approved, reasons } = await approval(c, {
      draft: 'decide',
      approve: 'approve-decision',
      drafting: { notBy: panel, about: persons, context: { reports: reports.map(({ report }) => report), refused } },
      approving: { notBy: panel, about: persons },
    });
    if (approved && coversAll(drafted, persons) && (await approvedAgain(c, drafted, persons))) {
      c.event('decided', { decisions: drafted.decisions.map(({ person, handling }) => ({ person, handling })) });
      return drafted;
    }
    refused = { drafted, reasons, missing: persons.filter((each) => !drafted.decisions.some(({ person }) => person === each)) };
  }
}

/** One decision for each person, and none for anybody else. */
const coversAll = ({ decisions }: Drafted, persons: readonly string[]): boolean =>
  decisions.length === persons.length && persons.every((each) => decisions.some(({ person }) => person === each));

/** Where a no-retaliation mark protects one of them (domain.md §4.5). */
async function approvedAgain(c: C, drafted: Drafted, about: readonly PersonId[]): Promise<boolean> {
  if (!c.protectedAt('approve-decision')) return true;
  const notBy = [...c.doneBy('decide'), ...c.doneBy('approve-decision')];
  const again = await c.task('approve-decision-again', { notBy, about, context: { draft: drafted } });
  return again.decision === 'approve';
}

interface Deciding {
  readonly panel: readonly PersonId[];
  readonly by: PersonId;
}

/** What is decided about one person, served on that person. */
async function carryOut(c: C, decided: Decided, { panel, by }: Deciding): Promise<void> {
  const person = decided.person as PersonId;
  switch (decided.handling) {
    case 'no-fault':
      await c.serve({ to: person, by, document: { decision: 'no-fault', reasons: decided.reasons } });
      await makeGood(c, person);
      return;
    case '1':
      await c.serve({ to: person, by, document: { decision: decided, remedy: remedyText } });
      await talk(c, decided);
      return;
    case '4':
      await measure(c, decided);
      await c.serve({ to: person, by, document: { decision: decided, remedy: remedyText } });
      return;
    case '2':
    case '3':
      return sanction(c, decided, { panel, by });
  }
}

/** 处分: its bars end by their dates; the case ends when nothing more can be asked for. */
async function sanction(c: C, decided: Extract<Decided, { handling: '2' | '3' }>, { panel, by }: Deciding): Promise<void> {
  await measure(c, decided);
  const { force, servedAt, carriedOut } = await imposed(c, { person: decided.person as PersonId, decided, panel, by });
  if ((await remedies(c, force, servedAt)) === 'stands') return void (await carriedOut);
  c.cancel('quashed', `carry-out ${force.person}`);
  await quashed(c, force);
}

async function measure(c: C, { person, measure: asked }: Extract<Decided, { handling: '2' | '3' | '4' }>): Promise<void> {
  if (!asked) return;
  const { measure: kind, days, measureGround: ground, necessity: reasons } = asked;
  await c.spawn('measure', {
    relation: 'measure',
    subject: person as PersonId,
    data: { measure: kind, person, days, actOn: c.intake.actOn, ground, reasons, about: c.number },
  });
}

async function talk(c: C, { person, matter, ground }: Extract<Decided, { handling: '1' }>): Promise<void> {
  await c.spawn('warning-talk', {
    relation: 'talk',
    subject: person as PersonId,
    data: { person, occasion: 'problem', source: 'inspection', matter, actOn: c.intake.actOn, ground },
  });
}
