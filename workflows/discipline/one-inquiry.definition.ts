import { z } from 'zod';
import { findingResults } from '../../domain/investigation.ts';
import { formsOfHandling } from '../../domain/sanctions.ts';
import type { TaskDefinition } from '../kit/define.ts';
import { choice, decision, list, longText, people, person, tag } from '../kit/fields.ts';

/** Who investigates: at least two, without a conflict of interest. */
export const team = () => ({
  lead: person({ zh: '主办调查人', en: 'Lead investigator' }, { duty: 'investigate' }),
  members: people(
    { zh: '调查组其他成员', en: 'Other members of the team' },
    person({ zh: '调查人', en: 'Investigator' }, { duty: 'investigate' }),
    1,
    9,
  ),
});

/** For `refine` of a form with a team: whoever leads it is not counted twice. */
export const isTeam = ({ lead, members }: { readonly lead: string; readonly members: readonly string[] }): boolean =>
  !members.includes(lead);
export const noTeam = { error: '调查组至少两人 / a team has two members at least' };

/** 逐项认定: what came out, point by point, as the report states it; the file says on what each rests. */
export const findings = () =>
  list(
    { zh: '逐项认定', en: 'Findings, point by point' },
    z.strictObject({
      point: longText({ zh: '问题', en: 'Point' }, 2000),
      result: choice({ zh: '认定', en: 'Finding' }, findingResults),
      reasons: longText({ zh: '理由', en: 'Reasons' }),
    }),
    1,
    50,
  );

/** The investigation of one person's conduct, up to what the person has to say to it. */
export const inquiryTasks = {
  investigate: {
    title: { zh: '调查取证并提出报告', en: 'Investigate and report' },
    role: 'discipline-inspector',
    duty: 'investigate',
    afterFindings: true,
    form: () =>
      z.strictObject({
        report: longText({ zh: '调查报告', en: 'Report' }, 20_000),
        findings: findings(),
        told: longText({ zh: '拟告知本人的事实和拟处理意见', en: 'Facts and proposal, as the officer is to be told them' }, 10_000),
        proposal: choice({ zh: '处理建议', en: 'Proposal' }, { 'no-fault': { zh: '无过错', en: 'No fault' }, ...formsOfHandling }),
      }),
  },
  countersign: {
    title: { zh: '会签调查报告', en: 'Sign the report' },
    role: 'discipline-inspector',
    duty: 'investigate',
    stage: 'investigate',
    form: decision,
  },
  consider: {
    title: { zh: '复核陈述申辩', en: 'Consider what was said' },
    role: 'discipline-inspector',
    duty: 'investigate',
    stage: 'hear',
    form: () =>
      z.discriminatedUnion('finding', [
        z.strictObject({
          finding: tag('stands', { zh: '维持报告', en: 'The report stands' }),
          answer: longText({ zh: '对申辩意见的逐项回应', en: 'Answer to each point' }, 10_000),
        }),
        z.strictObject({
          finding: tag('again', { zh: '补充调查', en: 'Investigate again' }),
          answer: longText({ zh: '需补充调查的事项', en: 'What has to be looked into' }, 10_000),
        }),
      ]),
  },
} satisfies Record<string, TaskDefinition>;
