import type { PersonId } from '../../domain/ids.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf } from '../kit/define.ts';
import type { DualInvestigation } from './dual-investigation.definition.ts';
import type { Team } from './dual-investigation.ts';

type C = Case<typeof DualInvestigation>;
type Report = FormOf<typeof DualInvestigation, 'investigate'>;

/** One of the two investigations has its report, of which every person concerned was heard. */
export interface Reported {
  readonly how: 'reported';
  readonly team: Team;
  readonly report: Report;
  /** What the team answers to the reviewers: the report as it stands, or another one after another hearing. */
  reconsider(votes: unknown): Promise<Reported>;
}

/** It ended early, without ending the other. */
export interface Ended {
  readonly how: 'ended';
  readonly team: Team;
  readonly early: FormOf<typeof DualInvestigation, 'end-early'>;
}

/** 一线调查: plan → evidence and interviews → report that two sign → each person heard; or an early end, which a leader approves. */
export async function inquire(c: C, team: Team): Promise<Reported | Ended> {
  const result = await Promise.race([reported(c, team, undefined, true), endedEarly(c, team)]);
  const { branch, persons } = team;
  const open = ['plan', 'investigate', 'countersign', 'consider', 'end-early', 'approve-end'].map((key) => `${key} ${branch}`);
  const hearings = persons.flatMap((person) => ['serve', 'confirm-receipt', 'hear'].map((key) => `${key} ${person}`));
  c.cancel('inquiry-over', ...open, ...hearings);
  return result;
}

async function endedEarly(c: C, team: Team): Promise<Ended> {
  const { branch, duty, lead, all } = team;
  for (;;) {
    const early = await c.task('end-early', { series: branch, duty, assignee: lead });
    const decided = await c.task('approve-end', { series: branch, notBy: all, context: { branch, early } });
    if (decided.decision === 'approve') {
      c.event('inquiry-ended-early', { branch, result: early.result });
      return { how: 'ended', team, early };
    }
  }
}

async function reported(c: C, team: Team, asked: unknown, isNew = false): Promise<Reported> {
  const { branch, duty, lead } = team;
  if (isNew) await c.task('plan', { series: branch, duty, assignee: lead, context: { branch, about: c.intake } });
  let missing = asked;
  for (;;) {
    const report = await signedReport(c, team, missing);
    const statements = await Promise.all(team.persons.map((person) => heard(c, team, person, report.told)));
    const considered = await c.task('consider', { series: branch, duty, assignee: lead, context: { report, statements } });
    if (considered.finding === 'stands') return asReported(c, team, report);
    missing = { asked: considered.answer, statements };
  }
}

const asReported = (c: C, team: Team, report: Report): Reported => ({
  how: 'reported',
  team,
  report,
  reconsider: async (votes) => {
    const { branch, duty, lead } = team;
    const considered = await c.task('consider', { series: branch, duty, assignee: lead, context: { report, votes } });
    return considered.finding === 'stands' ? asReported(c, team, report) : reported(c, team, { asked: considered.answer, votes });
  },
});

async function heard(c: C, { lead }: Team, person: PersonId, facts: string) {
  const { how, statement } = await c.hear({ person, by: lead, facts: { told: facts } });
  return { person, how, statement };
}

/** It stands when a second member has signed it; its limit goes on while it is mended. */
async function signedReport(c: C, team: Team, missing: unknown): Promise<Report> {
  const { branch, duty, lead, all } = team;
  let context = missing;
  for (let again = false; ; again = true) {
    const report = await c.task('investigate', {
      series: branch,
      duty,
      assignee: lead,
      keepsDate: again,
      context: { branch, missing: context },
    });
    if (report.of !== branch) {
      context = { report, fault: 'other-investigation' };
      continue;
    }
    const second = all.find((person) => person !== lead);
    const signed = await c.judgement('countersign', {
      series: branch,
      duty,
      ...(second && { assignee: second }),
      judges: 'investigate',
      notBy: c.doneBy('investigate', branch),
      context: { branch, report },
    });
    if (signed !== 'recalled' && signed.decision === 'approve') return report;
    context = signed === 'recalled' ? { report, recalled: true } : { report, reasons: signed.reasons };
  }
}
