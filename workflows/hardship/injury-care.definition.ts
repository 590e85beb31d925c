import { z } from 'zod';
import { dutyAdvice } from '../../domain/duty-advice.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { choice, day, instant, longText, medical, note, person, shortText, tag, verdict, yesNo } from '../kit/fields.ts';
import { recognitionTasks } from './injury-recognition.definition.ts';

const finding = { zh: '结论', en: 'Finding' };
const change = { zh: '变化', en: 'What has changed' };
const reasons = () => longText({ zh: '理由', en: 'Reasons' });
const record = () => longText({ zh: '情况', en: 'Record' }, 10_000);
const certificate = () => shortText({ zh: '文书编号', en: 'Number of the paper' }, 100);
const advice = () => choice({ zh: '对勤务的建议', en: 'Advice on duties' }, dutyAdvice).optional();

const fitnessForm = () =>
  z.discriminatedUnion('finding', [
    z.strictObject({ finding: tag('fit', finding, { zh: '可以返岗', en: 'Fit for duty' }), certificate: certificate() }),
    z.strictObject({
      finding: tag('unfit', finding, { zh: '须调整岗位', en: 'Needs another post' }),
      limits: longText(
        { zh: '不宜从事的勤务（不写病情，用人单位可见）', en: 'Duties to keep away from; no medical facts, others will read it' },
        2000,
      ),
      certificate: certificate(),
    }),
    z.strictObject({ finding: tag('recovering', finding, { zh: '继续恢复', en: 'Still recovering' }), record: record() }),
  ]);

/**
 * 伤病绿色通道: five people at once and at any hour, then the recognition and the treatment side by side, until a year after the return. Whoever is asked for something learns what that
 * takes; the medical facts stay with the care team and the officer. @source domain.md 3.1
 */
export const InjuryCare = defineProcess({
  id: 'injury-care',
  prefix: 'LT',
  group: 'hardship',
  shape: 'E',
  title: { zh: '伤病绿色通道', en: 'Injury care' },
  confidentiality: 'confidential',
  startableBy: ['officer'],
  overseenBy: ['health-desk', 'welfare-desk', 'duty-desk'],
  medicalFor: ['hospital-liaison', 'health-desk', 'welfare-desk'],
  subjectRole: 'appellant',
  openerRole: 'caller',
  oneWithin: 'sameWithin',
  intake: () =>
    z.strictObject({
      person: person({ zh: '谁（为本人上报的不填）', en: 'Who; nobody where it is yourself' }).optional(),
      place: shortText({ zh: '在哪里', en: 'Where' }),
      what: medical(longText({ zh: '什么情况', en: 'What happened' }, 2000)),
      severity: medical(
        choice(
          { zh: '有多严重', en: 'How bad' },
          {
            danger: { zh: '有生命危险', en: 'Life in danger' },
            serious: { zh: '严重', en: 'Serious' },
            light: { zh: '较轻', en: 'Light' },
          },
        ),
      ),
      at: instant({ zh: '发生时间', en: 'When' }).optional(),
    }),
  subjectFrom: ({ person }) => person,
  caseTitle: () => '伤病绿色通道',
  first: ['acknowledge', 'guarantee', 'name-companion', 'visit', 'stand-in'],
  stages: {
    'green-channel': { zh: '绿色通道', en: 'Green channel' },
    treatment: { zh: '治疗随访', en: 'Treatment' },
    recognition: { zh: '性质与认定', en: 'Nature and recognition' },
    return: { zh: '返岗与回访', en: 'Return and visits' },
    farewell: { zh: '善后', en: 'After the end' },
  },
  tasks: {
    acknowledge: {
      title: { zh: '医院联络', en: 'Answer, and reach the hospital' },
      role: 'hospital-liaison',
      duty: 'inform',
      stage: 'green-channel',
      medical: true,
      form: () =>
        z.strictObject({
          hospital: shortText({ zh: '医院、科室', en: 'Hospital and ward' }),
          contact: shortText({ zh: '联系人和电话', en: 'Contact' }),
          admitted: yesNo({ zh: '已住院', en: 'Admitted' }),
          condition: record().optional(),
        }),
    },
    guarantee: {
      title: { zh: '费用担保', en: 'Guarantee the costs' },
      role: 'welfare-desk',
      duty: 'inform',
      stage: 'green-channel',
      medical: true,
      form: () => note({ zh: '担保、垫付情况', en: 'How the costs are covered' }),
    },
    'name-companion': {
      title: { zh: '指定家属陪护人', en: 'Name a companion for the family' },
      role: 'political-department',
      duty: 'inform',
      stage: 'green-channel',
      form: () => z.strictObject({ companion: person({ zh: '陪护人', en: 'Companion' }, { duty: 'handle' }) }),
    },
    'inform-family': {
      title: { zh: '告知并陪护家属', en: 'Tell the family, and stay with them' },
      role: 'officer',
      duty: 'handle',
      stage: 'green-channel',
      medical: true,
      form: () => z.strictObject({ informed: longText({ zh: '何时告知了哪位家属，需要什么', en: 'Whom, when, and what they need' }) }),
    },
    visit: {
      title: { zh: '领导看望', en: "Leader's visit" },
      role: 'supervising-leader',
      duty: 'inform',
      stage: 'green-channel',
      form: () => note({ zh: '看望情况（不写病情）', en: 'The visit; no medical facts' }),
    },
    'stand-in': {
      title: { zh: '安排顶班', en: 'Arrange a stand-in for the shift' },
      role: 'unit-leader',
      duty: 'inform',
      stage: 'green-channel',
      form: () =>
        z.strictObject({
          standIn: person({ zh: '顶班人', en: 'Stand-in' }).optional(),
          note: longText({ zh: '班次安排；无须顶班的说明', en: 'Which shifts, or why none is needed' }, 2000),
        }),
    },
    'report-change': {
      title: { zh: '情况变化随时登记：去世、离职、误报', en: 'Enter a change at any time: death, leaving, a mistaken report' },
      role: 'health-desk',
      duty: 'inform',
      standing: true,
      medical: true,
      form: () =>
        z.discriminatedUnion('change', [
          z.strictObject({
            change: tag('died', change, { zh: '去世', en: 'Died' }),
            on: day({ zh: '日期', en: 'On' }),
            record: record().optional(),
          }),
          z.strictObject({ change: tag('left', change, { zh: '离职', en: 'Left the service' }), on: day({ zh: '日期', en: 'On' }) }),
          z.strictObject({ change: tag('mistaken', change, { zh: '误报', en: 'Reported by mistake' }), reasons: reasons() }),
        ]),
    },
    'confirm-mistaken': {
      title: { zh: '第二人确认误报', en: 'Confirm the mistake, as the second person' },
      role: 'duty-desk',
      duty: 'inform',
      standing: true,
      form: verdict,
    },
    ...recognitionTasks,
    'follow-up': {
      title: { zh: '治疗随访', en: 'Follow up the treatment' },
      role: 'health-desk',
      duty: 'handle',
      stage: 'treatment',
      medical: true,
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('goes-on', finding, { zh: '继续治疗', en: 'Treatment goes on' }),
            record: record(),
            advice: advice(),
          }),
          z.strictObject({ finding: tag('discharged', finding, { zh: '治疗结束', en: 'Discharged' }), record: record(), advice: advice() }),
        ]),
    },
    fitness: {
      title: { zh: '健康结论', en: 'Assess fitness' },
      role: 'health-desk',
      duty: 'handle',
      stage: 'return',
      medical: true,
      form: fitnessForm,
    },
    contest: {
      title: { zh: '对健康结论提出异议', en: 'Contest the assessment' },
      role: 'subject',
      duty: 'inform',
      stage: 'return',
      medical: true,
      form: () => z.strictObject({ reasons: reasons() }),
    },
    'fitness-again': {
      title: { zh: '另一人复评', en: 'Assess again, by someone else' },
      role: 'health-desk',
      duty: 'review',
      stage: 'return',
      medical: true,
      form: fitnessForm,
    },
    'return-to-duty': {
      title: { zh: '安排返岗', en: 'Return to duty' },
      role: 'unit-leader',
      duty: 'inform',
      stage: 'return',
      form: () => z.strictObject({ on: day({ zh: '返岗日期', en: 'From' }), note: longText({ zh: '安排', en: 'How' }, 2000) }),
    },
    'care-visit': {
      title: { zh: '登门回访', en: 'Care visit' },
      role: 'welfare-desk',
      duty: 'handle',
      stage: 'return',
      medical: true,
      form: () => note({ zh: '回访情况', en: 'The visit' }),
    },
    'accompany-family': {
      title: { zh: '陪护家属，记录意愿', en: 'Stay with the family, and record their wishes' },
      role: 'officer',
      duty: 'handle',
      stage: 'farewell',
      medical: true,
      form: () => z.strictObject({ wishes: longText({ zh: '家属意愿与后续事项', en: "The family's wishes, and what follows" }) }),
    },
  },
  course: [['acknowledge'], ['name-companion'], ['visit'], ['follow-up'], ['fitness'], ['return-to-duty'], ['care-visit']],
  outcomes: ['recovered', 'reassigned', 'died', 'left', 'mistaken'],
  outcomeTitles: {
    recovered: { zh: '已康复返岗', en: 'Back on duty' },
    reassigned: { zh: '已调整岗位', en: 'Given another post' },
    died: { zh: '已去世', en: 'Died' },
    left: { zh: '已离职', en: 'Left the service' },
    mistaken: { zh: '误报', en: 'Reported by mistake' },
    ...commonOutcomes,
  },
  commands: { merge: { by: ['health-desk', 'welfare-desk'] } },
});
