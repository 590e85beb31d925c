import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { caseRef, choice, day, instant, longText, person, rule, shortText, tag, unrelated, verdict } from '../kit/fields.ts';

const answer = { zh: '本人意见', en: 'Your answer' };

/** 约谈: a talk about a problem or an early sign; its record is countersigned or commented, and followed up. @source domain.md 3.2 */
export const WarningTalk = defineProcess({
  id: 'warning-talk',
  prefix: 'YT',
  group: 'discipline',
  shape: 'R',
  title: { zh: '约谈', en: 'Warning talk' },
  confidentiality: 'confidential',
  startableBy: ['unit-leader', 'deputy-leader', 'supervising-leader', 'discipline-inspector', 'inspector', 'political-department'],
  overseenBy: ['discipline-inspector'],
  subjectRole: 'subject',
  intake: () =>
    z.strictObject({
      person: person({ zh: '被约谈人', en: 'Who is talked to' }),
      occasion: choice(
        { zh: '情形', en: 'Occasion' },
        { problem: { zh: '已有问题', en: 'A problem' }, sign: { zh: '苗头性、倾向性问题', en: 'An early sign' } },
      ),
      source: choice(
        { zh: '来源', en: 'Source' },
        {
          inspection: { zh: '督察', en: 'Inspection' },
          clue: { zh: '问题线索', en: 'Clue' },
          supervision: { zh: '督办', en: 'Supervision' },
          appeal: { zh: '诉求', en: 'Appeal' },
          leader: { zh: '领导发现', en: 'A leader' },
          figure: { zh: '指标预警', en: 'A figure' },
        },
      ),
      matter: longText({ zh: '约谈事由', en: 'What it is about' }),
      actOn: day({ zh: '事情发生日', en: 'Day on which it happened' }),
      ground: rule({ zh: '依据的规定', en: 'Rule that it rests on' }, { inForceOn: 'intake.actOn' }),
      about: caseRef({ zh: '相关办件', en: 'Case that it follows from' }).optional(),
    }),
  subjectFrom: ({ person }) => person,
  caseTitle: ({ occasion }) => (occasion === 'problem' ? '约谈：问题' : '约谈：苗头'),
  first: ['schedule'],
  stages: {},
  tasks: {
    schedule: {
      title: { zh: '安排约谈', en: 'Schedule the talk' },
      role: 'unit-leader',
      duty: 'handle',
      adverse: true,
      form: () =>
        z.strictObject({
          talker: person({ zh: '约谈人', en: 'Who holds it' }, { duty: 'handle' }),
          at: instant({ zh: '约谈时间', en: 'When' }),
          place: shortText({ zh: '地点', en: 'Where' }),
          unrelated: unrelated(),
        }),
    },
    'approve-again': {
      title: { zh: '受保护人员的二次审批', en: 'Second approval for a protected person' },
      role: 'supervising-leader',
      duty: 'decide',
      form: verdict,
    },
    hold: {
      title: { zh: '约谈并记录', en: 'Hold and record the talk' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.strictObject({
          record: longText({ zh: '约谈记录', en: 'Record' }, 10_000),
          said: longText({ zh: '本人陈述', en: 'What the officer said' }, 10_000),
          agreed: longText({ zh: '改进与帮助措施', en: 'What was agreed, and what help is given' }),
        }),
    },
    countersign: {
      title: { zh: '核对签字', en: 'Countersign or comment the record' },
      role: 'subject',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('answer', [
          z.strictObject({ answer: tag('signed', answer, { zh: '签字确认', en: 'Signed' }) }),
          z.strictObject({
            answer: tag('commented', answer, { zh: '有不同意见', en: 'With a comment' }),
            comment: longText({ zh: '不同意见', en: 'Comment' }, 10_000),
          }),
        ]),
    },
    'follow-up': {
      title: { zh: '跟踪回访', en: 'Follow up' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.strictObject({
          finding: choice(
            { zh: '回访结论', en: 'Finding' },
            { settled: { zh: '已改进', en: 'Settled' }, persists: { zh: '仍有问题', en: 'It persists' } },
          ),
          note: longText({ zh: '回访情况', en: 'What was seen' }),
        }),
    },
  },
  outcomes: ['dropped', 'settled', 'persists'],
  outcomeTitles: {
    dropped: { zh: '不予约谈', en: 'No talk' },
    settled: { zh: '约谈后已改进', en: 'Settled' },
    persists: { zh: '约谈后仍有问题', en: 'It persists' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['discipline-inspector'], stages: ['schedule', 'approve-again'] } },
});
