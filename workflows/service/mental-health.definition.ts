import { z } from 'zod';
import { dutyAdvice } from '../../domain/duty-advice.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { choice, longText, note, person, rule, tag, verdict, yesNo } from '../kit/fields.ts';

const finding = { zh: '意见', en: 'Finding' };
const answer = { zh: '本人意见', en: 'Your answer' };
const words = longText({ zh: '记录', en: 'Record' }, 10_000);
const advice = () => choice({ zh: '对勤务的建议', en: 'Advice on duties' }, dutyAdvice).optional();
const counsellor = () => person({ zh: '负责的咨询师', en: 'Counsellor in charge' }, { duty: 'handle', role: 'counsellor' });

const inDanger = () =>
  z.strictObject({
    finding: tag('danger', finding, { zh: '有危险', en: 'Danger' }),
    counsellor: counsellor(),
    measures: longText({ zh: '危险情形与立即采取的保护措施', en: 'The danger, and what protects at once' }),
    ground: rule({ zh: '依据的规定', en: 'Rule that it rests on' }),
    advice: advice(),
  });

const triage = () =>
  z.discriminatedUnion('finding', [
    z.strictObject({ finding: tag('none', finding, { zh: '无须帮助', en: 'No need' }), record: words }),
    z.strictObject({
      finding: tag('care', finding, { zh: '需要帮助', en: 'Care' }),
      kind: choice(
        { zh: '方式', en: 'Kind of care' },
        {
          counselling: { zh: '心理咨询', en: 'Counselling' },
          intervention: { zh: '心理干预', en: 'Intervention' },
          training: { zh: '行为训练', en: 'Behavioural training' },
        },
      ),
      counsellor: counsellor(),
      plan: longText({ zh: '计划', en: 'Plan' }),
      advice: advice(),
    }),
    inDanger(),
  ]);

const left = () => z.strictObject({ finding: tag('left', finding, { zh: '本人停止', en: 'The person stops' }), record: words });

/**
 * 心理三位一体: whoever asks for help needs nobody's approval; nobody is helped against their will but in danger, by two people, for 72 hours at most. What is in it never leaves the
 * care team (domain/care-team.ts), and it counts for nothing else: it is no bar, no mark and no figure. @source domain.md 3.4
 */
export const MentalHealth = defineProcess({
  id: 'mental-health',
  prefix: 'JK',
  group: 'service',
  shape: 'E',
  title: { zh: '心理三位一体', en: 'Mental health' },
  confidentiality: 'sealed',
  startableBy: ['officer'],
  overseenBy: [],
  discreet: { zh: '您有一条健康服务消息。', en: 'You have a message from the health service.' },
  subjectRole: 'appellant',
  intake: () =>
    z.strictObject({
      person: person({ zh: '需要帮助的人（为本人求助的不填）', en: 'Who needs help; nobody where it is yourself' }).optional(),
      danger: yesNo({ zh: '有伤害自己或他人的危险', en: 'In danger of harm to self or others' }).optional(),
      words: longText({ zh: '想说的话', en: 'In your own words' }).optional(),
    }),
  subjectFrom: ({ person }) => person,
  caseTitle: () => '健康服务',
  first: ['triage'],
  firstFor: ({ person, danger }) => (danger ? ['triage-now'] : person === undefined ? ['triage'] : ['answer-referral']),
  stages: { danger: { zh: '危险处置', en: 'In danger' } },
  tasks: {
    'answer-referral': {
      title: { zh: '有人为您求助，是否接受', en: 'Someone asked for help for you: do you want it?' },
      role: 'subject',
      duty: 'inform',
      form: () => z.strictObject({ answer: choice(answer, { yes: { zh: '接受', en: 'Yes' }, no: { zh: '不需要', en: 'No' } }) }),
    },
    triage: { title: { zh: '初步评估', en: 'Triage' }, role: 'counsellor', duty: 'handle', form: triage },
    'triage-now': { title: { zh: '紧急评估', en: 'Triage at once' }, role: 'counsellor', duty: 'handle', stage: 'danger', form: triage },
    'triage-next': {
      title: { zh: '紧急评估（无人响应，健康岗接手）', en: 'Triage at once: nobody answered, the health desk takes over' },
      role: 'health-desk',
      duty: 'handle',
      stage: 'danger',
      form: triage,
    },
    consent: {
      title: { zh: '是否同意', en: 'Do you agree?' },
      role: 'subject',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('answer', [
          z.strictObject({
            answer: tag('agreed', answer, { zh: '同意', en: 'I agree' }),
            unitMayKnow: yesNo({ zh: '可以告知单位“正常履职”或者“调整勤务”', en: 'The unit may be told “fit” or “adjust duties”' }),
          }),
          z.strictObject({ answer: tag('refused', answer, { zh: '不同意', en: 'I do not agree' }) }),
        ]),
    },
    protect: {
      title: { zh: '到场保护', en: 'Protect' },
      role: 'counsellor',
      duty: 'handle',
      stage: 'danger',
      form: () => note({ zh: '处置情况', en: 'What was done' }),
    },
    'confirm-danger': {
      title: { zh: '第二人确认危险', en: 'Confirm the danger, as the second person' },
      role: 'health-desk',
      duty: 'decide',
      stage: 'danger',
      adverse: true,
      form: verdict,
    },
    'confirm-danger-again': {
      title: { zh: '受保护人员的再次确认', en: 'Confirm it again, for a protected person' },
      role: 'health-desk',
      duty: 'decide',
      stage: 'danger',
      form: verdict,
    },
    watch: {
      title: { zh: '危险解除即报告', en: 'Say when the danger is over' },
      role: 'counsellor',
      duty: 'handle',
      stage: 'danger',
      form: () => note({ zh: '危险解除的情况', en: 'Why it is over' }),
    },
    object: {
      title: { zh: '提出异议（随时）', en: 'Object, at any time' },
      role: 'subject',
      duty: 'inform',
      stage: 'danger',
      form: () => z.strictObject({ reasons: longText({ zh: '理由', en: 'Reasons' }) }),
    },
    'decide-objection': {
      title: { zh: '决定异议', en: 'Decide the objection' },
      role: 'health-desk',
      duty: 'review',
      stage: 'danger',
      form: () =>
        z.strictObject({
          finding: choice(finding, {
            upheld: { zh: '继续保护', en: 'Protection goes on' },
            ended: { zh: '立即终止', en: 'Ended at once' },
          }),
          reasons: longText({ zh: '理由', en: 'Reasons' }),
        }),
    },
    care: {
      title: { zh: '咨询、干预、训练', en: 'Care' },
      role: 'counsellor',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({ finding: tag('goes-on', finding, { zh: '继续', en: 'Goes on' }), record: words, advice: advice() }),
          z.strictObject({ finding: tag('done', finding, { zh: '完成', en: 'Done' }), record: words, advice: advice() }),
          inDanger(),
          left(),
        ]),
    },
    'follow-up': {
      title: { zh: '随访', en: 'Follow up' },
      role: 'counsellor',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({ finding: tag('well', finding, { zh: '良好', en: 'Well' }), record: words, advice: advice() }),
          z.strictObject({ finding: tag('again', finding, { zh: '需再次帮助', en: 'Again' }), record: words }),
          inDanger(),
          left(),
        ]),
    },
  },
  outcomes: ['declined', 'advised', 'completed', 'protected', 'left'],
  outcomeTitles: {
    declined: { zh: '本人不需要', en: 'Not wanted' },
    advised: { zh: '已给予建议', en: 'Advised' },
    completed: { zh: '随访结束', en: 'Completed' },
    protected: { zh: '危险解除', en: 'Out of danger' },
    left: { zh: '已离职', en: 'Left the service' },
    ...commonOutcomes,
  },
  // In danger nobody can withdraw: the way out is the objection, decided by someone else.
  commands: { withdraw: { by: ['subject'], stages: ['answer-referral', 'triage', 'consent', 'care', 'follow-up'] } },
});
