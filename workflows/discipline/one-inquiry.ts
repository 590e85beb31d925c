import type { z } from 'zod';
import type { PersonId } from '../../domain/ids.ts';
import type { Case } from '../kit/case.ts';
import type { FormOf, ProcessDefinition } from '../kit/define.ts';
import type { inquiryTasks } from './one-inquiry.definition.ts';

/*
 * 对一人的调查: evidence and report by a team, two of whom sign it; the facts shown to the person, who is heard; what was said is considered, and may lead to more investigation.
 */

type Inquiring = ProcessDefinition<z.ZodType, typeof inquiryTasks>;
type C = Pick<Case<Inquiring>, 'task' | 'judgement' | 'hear' | 'doneBy' | 'participant' | 'intake'>;
type Report = FormOf<Inquiring, 'investigate'>;

export interface Team {
  /** Whom it is about. */
  readonly person: PersonId;
  readonly lead: PersonId;
  readonly all: readonly PersonId[];
}

export function nameTeam(c: C, { lead, members }: { readonly lead: string; readonly members: readonly string[] }, person: PersonId): Team {
  const all = [...new Set([lead, ...members])] as PersonId[];
  for (const person of all) c.participant(person, 'investigator');
  return { person, lead: lead as PersonId, all };
}

export interface HeardOn {
  readonly report: Report;
  readonly statement: string | null;
  readonly answer: string;
}

/** 调查 → 会签 → 告知事实、听取陈述申辩 → 复核申辩; what the officer says may lead to more investigation, and to another hearing on what it brings. */
export async function investigateAndHear(c: C, team: Team, asked: unknown): Promise<HeardOn> {
  let missing = asked;
  for (;;) {
    const report = await investigate(c, team, missing);
    const { statement } = await c.hear({ person: team.person, by: team.lead, facts: { told: report.told } });
    const considered = await c.task('consider', { assignee: team.lead, context: { report, statement } });
    if (considered.finding === 'stands') return { report, statement, answer: considered.answer };
    missing = { asked: considered.answer, statement };
  }
}

/** The report stands when a second investigator has signed it. Its limit goes on while it is mended. */
async function investigate(c: C, { lead, all }: Team, missing: unknown): Promise<Report> {
  let context = missing;
  for (let again = false; ; again = true) {
    const report = await c.task('investigate', { assignee: lead, keepsDate: again, context: { about: c.intake, missing: context } });
    const second = all.find((person) => person !== lead);
    const signed = await c.judgement('countersign', {
      ...(second && { assignee: second }),
      judges: 'investigate',
      notBy: c.doneBy('investigate'),
      context: { report },
    });
    if (signed !== 'recalled' && signed.decision === 'approve') return report;
    context = signed === 'recalled' ? { report, recalled: true } : { report, reasons: signed.reasons };
  }
}
