import { z } from 'zod';
import { type Measure as MeasureKind, restrictionKinds } from '../../domain/eligibility.ts';
import { statutoryDays } from '../../domain/statutory-limits.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { caseRef, choice, day, longText, note, person, rule, shortText, tag, verdict, wholeNumber } from '../kit/fields.ts';

const kind = { zh: '措施', en: 'Measure' };
const finding = { zh: '复查结论', en: 'Finding' };
const reasons = longText({ zh: '理由', en: 'Reasons' });

const measureOf = <M extends MeasureKind>(measure: M) => {
  const { least, most } = statutoryDays(measure);
  return z.strictObject({
    measure: tag(measure, kind, restrictionKinds[measure]),
    person: person({ zh: '被采取措施人员', en: 'Officer concerned' }),
    days: wholeNumber({ zh: `期限（${least}–${most} 日）`, en: `Days (${least}–${most})` }, least, most),
    actOn: day({ zh: '行为发生日', en: 'Day of the act' }),
    ground: rule({ zh: '依据的规定', en: 'Rule that allows it' }, { inForceOn: 'intake.actOn' }),
    reasons: longText({ zh: '事实与必要性', en: 'Facts, and why it is needed' }),
    about: caseRef({ zh: '相关办件', en: 'Case that it belongs to' }).optional(),
  });
};

const lift = () => z.strictObject({ finding: tag('lift', finding, { zh: '提前解除', en: 'Lift' }), reasons });
const extend = () =>
  z.strictObject({
    finding: tag('extend', finding, { zh: '提出延长', en: 'Extend' }),
    days: wholeNumber({ zh: '延长天数', en: 'More days' }, 1, 50),
    reasons,
  });

/** 停止执行职务、禁闭: a measure before the decision, limited by law, lifted by itself to the second. @source domain.md 3.2; Regulations on Police Inspection art. 12–13 */
export const Measure = defineProcess({
  id: 'measure',
  prefix: 'CS',
  group: 'discipline',
  shape: 'S',
  title: { zh: '停止执行职务、禁闭', en: 'Suspension or confinement' },
  confidentiality: 'confidential',
  startableBy: ['inspector', 'discipline-inspector'],
  overseenBy: ['inspection-head'],
  subjectRole: 'subject',
  intake: () => z.discriminatedUnion('measure', [measureOf('suspension'), measureOf('confinement')]),
  subjectFrom: ({ person }) => person,
  caseTitle: ({ measure, days }) => `${measure === 'suspension' ? '停止执行职务' : '禁闭'} ${days} 日`,
  first: ['approve'],
  stages: { 'in-force': { zh: '执行中', en: 'In force' }, restore: { zh: '恢复', en: 'Restoration' } },
  tasks: {
    approve: {
      title: { zh: '审批措施', en: 'Approve the measure' },
      role: 'inspection-head',
      duty: 'decide',
      adverse: true,
      form: verdict,
    },
    'approve-again': {
      title: { zh: '受保护人员的二次审批', en: 'Second approval for a protected person' },
      role: 'bureau-leader',
      duty: 'decide',
      form: verdict,
    },
    'inform-family': {
      title: { zh: '通知家属', en: 'Inform the family' },
      role: 'unit-leader',
      duty: 'inform',
      stage: 'in-force',
      form: () =>
        z.strictObject({
          told: shortText({ zh: '被通知人及与本人关系（无法通知的写明原因）', en: 'Who was told, or why nobody could be' }),
          how: shortText({ zh: '通知方式', en: 'How' }),
        }),
    },
    review: {
      title: { zh: '中期复查', en: 'Half-way review' },
      role: 'inspector',
      duty: 'handle',
      stage: 'in-force',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({ finding: tag('continue', finding, { zh: '继续执行', en: 'Goes on' }), reasons }),
          lift(),
          extend(),
        ]),
    },
    oversee: {
      title: { zh: '提前解除或提出延长', en: 'Lift early, or propose to extend' },
      role: 'inspector',
      duty: 'handle',
      stage: 'in-force',
      form: () => z.discriminatedUnion('finding', [lift(), extend()]),
    },
    'approve-longer': {
      title: { zh: '审批延长', en: 'Decide on more days' },
      role: 'inspection-head',
      duty: 'decide',
      stage: 'in-force',
      adverse: true,
      form: verdict,
    },
    'approve-longer-again': {
      title: { zh: '受保护人员延长的二次审批', en: 'Second approval of more days' },
      role: 'bureau-leader',
      duty: 'decide',
      stage: 'in-force',
      form: verdict,
    },
    appeal: {
      title: { zh: '申诉（随时）', en: 'Appeal, at any time' },
      role: 'subject',
      duty: 'inform',
      stage: 'in-force',
      form: () => z.strictObject({ grounds: longText({ zh: '申诉理由', en: 'Grounds' }, 10_000) }),
    },
    'decide-appeal': {
      title: { zh: '上一级决定申诉', en: 'Decide the appeal, one level up' },
      role: 'bureau-leader',
      duty: 'review',
      stage: 'in-force',
      form: () =>
        z.strictObject({
          finding: choice(
            { zh: '申诉决定', en: 'Decision' },
            { upheld: { zh: '维持', en: 'Measure upheld' }, quashed: { zh: '撤销', en: 'Measure quashed' } },
          ),
          reasons,
        }),
    },
    conclude: {
      title: { zh: '认定有无过错', en: 'Say whether there was fault' },
      role: 'inspector',
      duty: 'handle',
      form: () =>
        z.strictObject({
          finding: choice(
            { zh: '认定', en: 'Finding' },
            { fault: { zh: '有过错，另案处理', en: 'Fault, dealt with in its own case' }, 'no-fault': { zh: '无过错', en: 'No fault' } },
          ),
          reasons,
        }),
    },
    'restore-duty': {
      title: { zh: '恢复职务', en: 'Restore to duty' },
      role: 'unit-leader',
      duty: 'inform',
      stage: 'restore',
      form: () => note({ zh: '恢复情况', en: 'What was restored' }),
    },
    'make-good-pay': {
      title: { zh: '补发待遇', en: 'Make the pay good' },
      role: 'political-department',
      duty: 'inform',
      stage: 'restore',
      form: () => note({ zh: '补发情况', en: 'What was paid' }),
    },
    'clear-name': {
      title: { zh: '在原范围内澄清正名', en: 'Clear the name, in the same circle' },
      role: 'political-department',
      duty: 'inform',
      stage: 'restore',
      form: () =>
        z.strictObject({
          circle: shortText({ zh: '澄清范围', en: 'Circle in which it was cleared' }),
          how: longText({ zh: '方式与内容', en: 'How' }, 2000),
        }),
    },
  },
  outcomes: ['refused', 'ended', 'lifted', 'quashed', 'restored'],
  sealedBy: ['refused', 'quashed', 'restored'],
  outcomeTitles: {
    refused: { zh: '未予采取', en: 'Not taken' },
    ended: { zh: '期满解除', en: 'Ended by itself' },
    lifted: { zh: '提前解除', en: 'Lifted early' },
    quashed: { zh: '撤销并恢复', en: 'Quashed and made good' },
    restored: { zh: '无过错，已恢复', en: 'No fault, made good' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['inspector', 'discipline-inspector'], stages: ['approve', 'approve-again'] } },
});
