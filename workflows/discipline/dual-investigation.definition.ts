import { z } from 'zod';
import { formsOfHandling } from '../../domain/sanctions.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import {
  caseRef,
  choice,
  day,
  decision,
  list,
  longText,
  people,
  person,
  rule,
  shortText,
  tag,
  unit,
  unrelated,
  verdict,
} from '../kit/fields.ts';
import { findings, isTeam, noTeam } from './one-inquiry.definition.ts';
import { measureFirst, sanctionOf, sanctionTasks } from './sanction.definition.ts';

const reasons = longText({ zh: '理由', en: 'Reasons' });
const who = person({ zh: '人员', en: 'Person' });
const ground = () => rule({ zh: '依据的规定', en: 'Rule that it rests on' }, { inForceOn: 'intake.actOn' });
const found = (zh: string, en: string) =>
  choice({ zh, en }, { found: { zh: '存在', en: 'Found' }, 'not-found': { zh: '不存在', en: 'Not found' } });

/** At least two, none of whom has a conflict or belongs to the other team. */
const team = (duty: 'investigate-conduct' | 'investigate-leadership', title: { zh: string; en: string }) =>
  z
    .strictObject({
      lead: person({ zh: '主办调查人', en: 'Lead investigator' }, { duty }),
      members: people({ zh: '其他成员', en: 'Other members' }, person({ zh: '调查人', en: 'Investigator' }, { duty }), 1, 9),
    })
    .refine(isTeam, noTeam)
    .meta({ title } as unknown as z.GlobalMeta);

const told = longText({ zh: '拟告知本人的事实和拟处理意见', en: 'Facts and proposal, as those concerned are to be told them' }, 10_000);
const report = longText({ zh: '调查报告', en: 'Report' }, 20_000);

/** One decision about one person. */
const decided = () =>
  z.discriminatedUnion('handling', [
    z.strictObject({ handling: tag('no-fault', { zh: '无责任', en: 'No responsibility' }), reasons }),
    z.strictObject({
      handling: tag('1', formsOfHandling['1']),
      matter: longText({ zh: '谈话提醒事项', en: 'What to talk about' }),
      ground: ground(),
      reasons,
    }),
    sanctionOf('2', 'intake.actOn').extend({ measure: measureFirst('intake.actOn') }),
    sanctionOf('3', 'intake.actOn').extend({ measure: measureFirst('intake.actOn') }),
    z.strictObject({
      handling: tag('4', formsOfHandling['4']),
      authority: shortText({ zh: '移送的司法机关', en: 'Authority' }),
      ground: ground(),
      measure: measureFirst('intake.actOn'),
      reasons,
    }),
  ]);

/**
 * 一案双查: one case, two investigations, by two teams that share nobody: the conduct itself, and the responsibility of those who led and supervised. Several persons in each; joined only when both are in.
 * @source domain.md 3.1
 */
export const DualInvestigation = defineProcess({
  id: 'dual-investigation',
  prefix: 'SC',
  group: 'discipline',
  shape: 'I',
  title: { zh: '一案双查', en: 'Dual investigation' },
  confidentiality: 'confidential',
  startableBy: ['discipline-inspector', 'inspector', 'supervising-leader'],
  overseenBy: ['discipline-inspector'],
  subjectRole: 'reported',
  intake: () =>
    z.strictObject({
      title: shortText({ zh: '案件或事件', en: 'Case or incident' }, 60),
      actOn: day({ zh: '发生日期', en: 'Day on which it happened' }),
      ground: rule({ zh: '涉嫌违反的规定', en: 'Rule that may be broken' }, { inForceOn: 'intake.actOn' }),
      facts: longText({ zh: '主要情况', en: 'What happened' }, 10_000),
      conduct: people({ zh: '直接行为人', en: 'Persons whose conduct it is' }, who, 1, 20),
      leadership: people({ zh: '有领导、监督责任的人员', en: 'Those who led or supervised' }, who, 1, 20),
      about: caseRef({ zh: '相关办件', en: 'Case that it follows from' }).optional(),
    }),
  caseTitle: ({ title }) => `一案双查：${title}`,
  parties: ({ conduct, leadership }) =>
    [...new Set([...conduct, ...leadership])].map((each) => ({ person: each, role: 'reported' as const })),
  first: ['approve'],
  stages: {
    inquiry: { zh: '两线调查', en: 'Both investigations' },
    effect: { zh: '送达与救济', en: 'Service and remedies' },
    restore: { zh: '恢复', en: 'Restoration' },
  },
  tasks: {
    approve: {
      title: { zh: '审批一案双查', en: 'Decide whether to open it' },
      role: 'bureau-leader',
      duty: 'decide',
      form: () =>
        z.discriminatedUnion('decision', [
          z
            .strictObject({
              decision: tag('approve', { zh: '同意', en: 'Open it' }),
              conduct: team('investigate-conduct', { zh: '行为调查组', en: 'Team for the conduct' }),
              leadership: team('investigate-leadership', { zh: '责任调查组', en: 'Team for the leadership' }),
            })
            .refine(
              ({ conduct, leadership }) => areDisjoint([conduct.lead, ...conduct.members], [leadership.lead, ...leadership.members]),
              {
                error: '两个调查组不得有同一人 / nobody belongs to both teams',
              },
            ),
          z.strictObject({ decision: tag('refuse', { zh: '不同意', en: 'Do not open it' }), reasons }),
        ]),
    },
    plan: {
      title: { zh: '制定调查方案', en: 'Plan the investigation' },
      role: 'discipline-inspector',
      duty: 'investigate-conduct',
      stage: 'inquiry',
      form: () => z.strictObject({ plan: longText({ zh: '调查方案', en: 'Plan' }, 10_000) }),
    },
    investigate: {
      title: { zh: '调查取证并提出报告', en: 'Investigate and report' },
      role: 'discipline-inspector',
      duty: 'investigate-conduct',
      stage: 'inquiry',
      afterFindings: true,
      form: () =>
        z.discriminatedUnion('of', [
          z.strictObject({ of: tag('conduct', { zh: '行为调查', en: 'On the conduct' }), report, findings: findings(), told }),
          z.strictObject({
            of: tag('leadership', { zh: '领导责任调查', en: 'On the leadership' }),
            concealment: found('隐瞒不报', 'Concealment'),
            sittingOnIt: found('压案不查', 'Sitting on the case'),
            shielding: found('包庇袒护', 'Shielding'),
            falsification: found('弄虚作假', 'Falsification'),
            report,
            findings: findings(),
            told,
          }),
        ]),
    },
    countersign: {
      title: { zh: '会签调查报告', en: 'Sign the report' },
      role: 'discipline-inspector',
      duty: 'investigate-conduct',
      stage: 'inquiry',
      form: decision,
    },
    consider: {
      title: { zh: '复核陈述申辩或审理意见', en: 'Consider what was said' },
      role: 'discipline-inspector',
      duty: 'investigate-conduct',
      stage: 'inquiry',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('stands', { zh: '维持报告', en: 'The report stands' }),
            answer: longText({ zh: '逐项回应', en: 'Answer to each point' }, 10_000),
          }),
          z.strictObject({
            finding: tag('again', { zh: '补充调查', en: 'Investigate again' }),
            answer: longText({ zh: '需补充调查的事项', en: 'What has to be looked into' }, 10_000),
          }),
        ]),
    },
    'end-early': {
      title: { zh: '提出提前结束本线调查', en: 'Propose to end this investigation early' },
      role: 'discipline-inspector',
      duty: 'investigate-conduct',
      stage: 'inquiry',
      form: () =>
        z.discriminatedUnion('result', [
          z.strictObject({ result: tag('no-responsibility', { zh: '无责任', en: 'No responsibility' }), reasons }),
          z.strictObject({
            result: tag('prosecution', { zh: '移送司法机关', en: 'Referral to prosecution' }),
            authority: shortText({ zh: '司法机关', en: 'Authority' }),
            reasons,
          }),
        ]),
    },
    'approve-end': {
      title: { zh: '审批提前结束', en: 'Decide on the early end' },
      role: 'bureau-leader',
      duty: 'decide',
      stage: 'inquiry',
      form: decision,
    },
    'compose-review': {
      title: { zh: '组成联合审理组', en: 'Compose the panel of the joint review' },
      role: 'political-department',
      duty: 'inform',
      stage: 'review',
      form: () =>
        z.strictObject({
          members: people({ zh: '审理人员', en: 'Reviewers' }, person({ zh: '审理人', en: 'Reviewer' }, { duty: 'review' }), 3, 9),
        }),
    },
    review: { title: { zh: '联合审理', en: 'Joint review' }, role: 'reviewer', duty: 'review', seat: true, form: decision },
    decide: {
      title: { zh: '拟定处理决定', en: 'Draft the decision' },
      role: 'political-department',
      duty: 'decide',
      afterHearing: true,
      form: decided,
    },
    'approve-decision': {
      title: { zh: '审批处理决定', en: 'Approve the decision' },
      role: 'bureau-leader',
      duty: 'decide',
      stage: 'decide',
      adverse: true,
      afterHearing: true,
      form: () =>
        z.discriminatedUnion('decision', [
          decision().options[0].extend({ unrelated: unrelated() }),
          decision().options[1],
          decision().options[2],
        ]),
    },
    'approve-decision-again': {
      title: { zh: '涉及受保护人员的二次审批', en: 'Second approval where a protected person is concerned' },
      role: 'supervising-leader',
      duty: 'decide',
      stage: 'decide',
      afterHearing: true,
      form: verdict,
    },
    directives: {
      title: { zh: '责令单位整改', en: 'Directives to units' },
      role: 'political-department',
      duty: 'inform',
      form: () =>
        z.strictObject({
          directives: list(
            { zh: '责令整改的单位', en: 'Units to put something right' },
            z.strictObject({
              unit: unit({ zh: '单位', en: 'Unit' }),
              order: longText({ zh: '整改要求', en: 'What is to be put right' }, 10_000),
            }),
            0,
            20,
          ),
        }),
    },
    ...sanctionTasks,
  },
  course: [['approve'], ['plan'], ['investigate'], ['compose-review'], ['review'], ['decide'], ['approve-decision']],
  outcomes: ['refused', 'no-responsibility', 'referred', 'decided'],
  sealedBy: ['refused', 'no-responsibility'],
  outcomeTitles: {
    refused: { zh: '不予启动', en: 'Not opened' },
    'no-responsibility': { zh: '均无责任', en: 'Nobody responsible' },
    referred: { zh: '已移送司法机关', en: 'Referred to prosecution' },
    decided: { zh: '已作出处理并送达', en: 'Decided and served' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['discipline-inspector'], stages: ['approve'] } },
});

const areDisjoint = (some: readonly string[], others: readonly string[]): boolean => !some.some((each) => others.includes(each));
