import { z } from 'zod';
import { formsOfHandling } from '../../domain/sanctions.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { caseRef, choice, day, decision, longText, people, person, rule, shortText, tag, unrelated, verdict } from '../kit/fields.ts';
import { inquiryTasks, isTeam, noTeam, team } from './one-inquiry.definition.ts';
import { measureFirst, sanctionOf, sanctionTasks } from './sanction.definition.ts';

const reasons = longText({ zh: '理由', en: 'Reasons' });
const remarks = longText({ zh: '说明', en: 'Remarks' }).optional();
/** 一案双查: whoever led or supervised, where their responsibility has to be looked into as well. */
const leaders = () =>
  people(
    { zh: '同时启动一案双查：有领导、监督责任的人员', en: 'Open a dual investigation: those who led or supervised' },
    person({ zh: '人员', en: 'Person' }),
    1,
    20,
  ).optional();
const ground = () => rule({ zh: '依据的规定', en: 'Rule that it rests on' }, { inForceOn: 'intake.actOn' });

/**
 * 违纪违法: from the filing of a case to the end of what was imposed. Nobody decides about an officer who has not been heard; whoever investigated neither reviews nor decides; whoever decided hears no
 * complaint about it. @source domain.md 3.2, §4
 */
export const Discipline = defineProcess({
  id: 'discipline',
  prefix: 'WJ',
  group: 'discipline',
  shape: 'I',
  title: { zh: '违纪违法案件', en: 'Discipline case' },
  confidentiality: 'confidential',
  startableBy: ['discipline-inspector', 'inspector'],
  overseenBy: ['discipline-inspector'],
  subjectRole: 'reported',
  intake: () =>
    z.strictObject({
      person: person({ zh: '被反映人', en: 'Officer concerned' }),
      actOn: day({ zh: '行为发生日', en: 'Day of the act' }),
      ground: rule({ zh: '涉嫌违反的规定', en: 'Rule that may be broken' }, { inForceOn: 'intake.actOn' }),
      facts: longText({ zh: '主要问题', en: 'What is alleged' }, 10_000),
      source: choice(
        { zh: '来源', en: 'Source' },
        {
          clue: { zh: '问题线索', en: 'Clue' },
          inspection: { zh: '督察、巡察发现', en: 'Inspection' },
          transferred: { zh: '其他机关移送', en: 'Handed over by another body' },
          found: { zh: '工作中发现', en: 'Found at work' },
        },
      ),
      about: caseRef({ zh: '相关办件', en: 'Case that it follows from' }).optional(),
    }),
  subjectFrom: ({ person }) => person,
  caseTitle: ({ facts }) => `违纪违法：${facts}`.slice(0, 60),
  first: ['file'],
  stages: {
    effect: { zh: '影响期', en: 'Period of effect' },
    prosecution: { zh: '移送司法', en: 'With the prosecution' },
    restore: { zh: '恢复', en: 'Restoration' },
  },
  tasks: {
    file: {
      title: { zh: '立案审批', en: 'Decide whether to file' },
      role: 'bureau-leader',
      duty: 'decide',
      adverse: true,
      form: () =>
        z.discriminatedUnion('decision', [
          z
            .strictObject({
              decision: tag('file', { zh: '立案', en: 'File' }),
              ...team(),
              measure: measureFirst('intake.actOn'),
              unrelated: unrelated(),
              remarks,
            })
            .refine(isTeam, noTeam),
          z.strictObject({ decision: tag('refuse', { zh: '不予立案', en: 'Do not file' }), reasons }),
        ]),
    },
    'file-again': {
      title: { zh: '受保护人员立案的二次审批', en: 'Second approval for a protected person' },
      role: 'supervising-leader',
      duty: 'decide',
      stage: 'file',
      form: verdict,
    },
    ...inquiryTasks,
    'compose-review': {
      title: { zh: '组成审理组', en: 'Compose the review panel' },
      role: 'political-department',
      duty: 'inform',
      stage: 'review',
      form: () =>
        z.strictObject({
          members: people({ zh: '审理人员', en: 'Reviewers' }, person({ zh: '审理人', en: 'Reviewer' }, { duty: 'review' }), 3, 9),
        }),
    },
    review: { title: { zh: '审理', en: 'Review the case' }, role: 'reviewer', duty: 'review', seat: true, form: decision },
    decide: {
      title: { zh: '拟定处理决定', en: 'Draft the decision' },
      role: 'political-department',
      duty: 'decide',
      afterHearing: true,
      form: () =>
        z.discriminatedUnion('handling', [
          z.strictObject({ handling: tag('no-fault', { zh: '无过错，撤销案件', en: 'No fault' }), reasons }),
          z.strictObject({
            handling: tag('1', formsOfHandling['1']),
            matter: longText({ zh: '谈话提醒事项', en: 'What to talk about' }),
            ground: ground(),
            reasons,
          }),
          sanctionOf('2', 'intake.actOn'),
          sanctionOf('3', 'intake.actOn').extend({ leaders: leaders() }),
          z.strictObject({
            handling: tag('4', formsOfHandling['4']),
            authority: shortText({ zh: '移送的司法机关', en: 'Authority' }),
            ground: ground(),
            reasons,
            leaders: leaders(),
          }),
        ]),
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
      title: { zh: '受保护人员处理决定的二次审批', en: 'Second approval for a protected person' },
      role: 'supervising-leader',
      duty: 'decide',
      stage: 'decide',
      afterHearing: true,
      form: verdict,
    },
    refer: {
      title: { zh: '移送司法机关', en: 'Hand over to the prosecution' },
      role: 'discipline-inspector',
      duty: 'handle',
      stage: 'prosecution',
      form: () =>
        z.strictObject({
          document: shortText({ zh: '移送文书号', en: 'Number of the transfer' }),
          at: day({ zh: '移送日期', en: 'Handed over on' }),
        }),
    },
    'enter-result': {
      title: { zh: '登记司法机关处理结果', en: 'Enter what the prosecution decided' },
      role: 'discipline-inspector',
      duty: 'handle',
      stage: 'prosecution',
      form: () =>
        z.strictObject({
          result: choice(
            { zh: '结果', en: 'Result' },
            {
              convicted: { zh: '有罪判决', en: 'Convicted' },
              'not-prosecuted': { zh: '不起诉', en: 'Not prosecuted' },
              acquitted: { zh: '无罪', en: 'Acquitted' },
            },
          ),
          document: shortText({ zh: '文书号', en: 'Number of the document' }),
        }),
    },
    ...sanctionTasks,
  },
  course: [['file'], ['compose-review'], ['review'], ['decide'], ['approve-decision']],
  outcomes: ['not-filed', 'no-fault', 'talked', 'ended', 'quashed'],
  sealedBy: ['not-filed', 'no-fault', 'quashed'],
  outcomeTitles: {
    'not-filed': { zh: '不予立案', en: 'Not filed' },
    'no-fault': { zh: '无过错', en: 'No fault' },
    talked: { zh: '谈话提醒', en: 'Talked to' },
    ended: { zh: '处分期满解除', en: 'Ended with its period' },
    quashed: { zh: '撤销处分并恢复', en: 'Quashed and made good' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['discipline-inspector'], stages: ['file'] } },
});
