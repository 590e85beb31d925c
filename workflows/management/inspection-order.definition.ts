import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { caseRef, choice, decision, list, longText, note, people, person, rule, shortText, tag } from '../kit/fields.ts';

const decided = { zh: '督察决定', en: 'Decision' };
const result = { zh: '纠正情况', en: 'Result' };
const reasons = { zh: '理由', en: 'Reasons' };

/**
 * 督察: the inspection branch takes over what supervision could not get done. Opened by the last rung of a ladder, or by a decision that states why.
 * @source domain.md 3.2; issue "先督办、后督察"
 */
export const InspectionOrder = defineProcess({
  id: 'inspection-order',
  prefix: 'DC',
  group: 'management',
  shape: 'I',
  title: { zh: '督察', en: 'Inspection order' },
  confidentiality: 'internal',
  startableBy: ['bureau-leader', 'supervising-leader', 'supervision-desk'],
  overseenBy: ['inspection-head', 'inspector', 'supervision-desk'],
  subjectRole: 'subject',
  intake: () =>
    z.strictObject({
      about: caseRef({ zh: '所督察的办件', en: 'Case that it is about' }).optional(),
      reasons: longText({ zh: '督察事由', en: 'Why inspection takes over' }, 10_000),
    }),
  caseTitle: (intake) => intake.reasons.slice(0, 60),
  first: ['name-inspectors'],
  stages: {},
  tasks: {
    'name-inspectors': {
      title: { zh: '指派督察', en: 'Name two inspectors' },
      role: 'inspection-head',
      duty: 'inform',
      form: () =>
        z.strictObject({
          lead: person({ zh: '主办督察', en: 'Lead inspector' }, { duty: 'handle', independent: true }),
          second: person({ zh: '协办督察', en: 'Second inspector' }, { duty: 'handle', independent: true }),
        }),
    },
    'on-site': {
      title: { zh: '现场督察记录', en: 'On-site record' },
      role: 'inspector',
      duty: 'handle',
      independent: true,
      form: () =>
        z.strictObject({
          place: shortText({ zh: '督察地点', en: 'Place' }),
          observed: longText({ zh: '现场情况', en: 'What was found on site' }, 10_000),
          heard: people({ zh: '谈话对象', en: 'Persons heard' }, person({ zh: '谈话对象', en: 'Person' }), 1, 50).optional(),
        }),
    },
    countersign: {
      title: { zh: '会签现场记录', en: 'Sign the on-site record' },
      role: 'inspector',
      duty: 'handle',
      independent: true,
      form: decision,
    },
    findings: {
      title: { zh: '督察结论', en: 'Findings' },
      role: 'inspector',
      duty: 'handle',
      independent: true,
      form: () =>
        z.strictObject({
          points: list(
            { zh: '逐项结论', en: 'Findings, point by point' },
            z.strictObject({
              point: shortText({ zh: '事项', en: 'Point' }),
              finding: choice(
                { zh: '结论', en: 'Finding' },
                {
                  done: { zh: '已落实', en: 'Done' },
                  partly: { zh: '部分落实', en: 'Partly done' },
                  'not-done': { zh: '未落实', en: 'Not done' },
                },
              ),
              facts: longText({ zh: '事实与证据', en: 'Facts and evidence' }),
            }),
            1,
            50,
          ),
        }),
    },
    order: {
      title: { zh: '下达督察决定', en: 'Decide on the order' },
      role: 'inspection-head',
      duty: 'decide',
      form: () =>
        z.discriminatedUnion('decision', [
          z.strictObject({
            decision: tag('order', decided, { zh: '下达督察决定', en: 'Order' }),
            demands: longText({ zh: '限期纠正事项', en: 'What is to be corrected' }, 10_000),
            rule: rule({ zh: '依据的规定', en: 'Rule that it rests on' }).optional(),
            limit: choice(
              { zh: '纠正期限（工作日）', en: 'Working days to correct it' },
              {
                '3': { zh: '3 个工作日', en: '3 working days' },
                '5': { zh: '5 个工作日', en: '5 working days' },
                '10': { zh: '10 个工作日', en: '10 working days' },
              },
            ),
          }),
          z.strictObject({ decision: tag('return', decided, { zh: '退回', en: 'Return' }), reasons: longText(reasons) }),
          z.strictObject({ decision: tag('no-order', decided, { zh: '无须下达', en: 'No order' }), reasons: longText(reasons) }),
        ]),
    },
    acknowledge: {
      title: { zh: '签收督察决定', en: 'Acknowledge the order' },
      role: 'unit-leader',
      duty: 'inform',
      form: () => note({ zh: '签收意见', en: 'Note' }),
    },
    correct: {
      title: { zh: '报送纠正情况', en: 'Proof of correction' },
      role: 'unit-leader',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('result', [
          z.strictObject({
            result: tag('corrected', result, { zh: '已纠正', en: 'Corrected' }),
            measures: longText({ zh: '纠正措施', en: 'What was done' }, 10_000),
            proof: list(
              { zh: '佐证材料', en: 'Proof' },
              shortText({ zh: '材料名称、文号或存放处', en: 'Document, its number or where it is kept' }, 500),
              1,
              50,
            ),
          }),
          z.strictObject({ result: tag('refused', result, { zh: '拒绝纠正', en: 'Refused' }), reasons: longText(reasons) }),
        ]),
    },
    verify: { title: { zh: '核验纠正情况', en: 'Verify the correction' }, role: 'inspection-head', duty: 'decide', form: decision },
  },
  outcomes: ['corrected', 'no-order', 'referred-for-accountability'],
  outcomeTitles: {
    corrected: { zh: '已纠正', en: 'Corrected' },
    'no-order': { zh: '无须下达督察决定', en: 'Nothing to order' },
    'referred-for-accountability': { zh: '移送追究领导责任', en: 'Referred for accountability' },
    ...commonOutcomes,
  },
  commands: { merge: { by: ['inspection-head'], stages: ['name-inspectors', 'on-site'] } },
});
