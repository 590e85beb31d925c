import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { attachments, choice, day, list, longText, person, rule, shortText, tag, verdict, yesNo, yuan } from '../kit/fields.ts';

const finding = { zh: '结论', en: 'Finding' };
const answer = { zh: '本人意见', en: 'Your answer' };
const change = { zh: '变化', en: 'What has changed' };
const reasons = () => longText({ zh: '理由', en: 'Reasons' });
const level = () =>
  choice(
    { zh: '困难等级', en: 'Level' },
    {
      high: { zh: '特别困难（每 30 天走访）', en: 'Severe: visited every 30 days' },
      medium: { zh: '比较困难（每 60 天走访）', en: 'Considerable: visited every 60 days' },
      low: { zh: '一般困难（每 90 天走访）', en: 'Moderate: visited every 90 days' },
    },
  );
const circumstances = () => longText({ zh: '家庭与生活情况', en: 'How they and the family are' }, 10_000);
const helper = () => person({ zh: '帮扶人', en: 'Helper' }, { duty: 'handle' });

/**
 * 困难建档帮扶: nobody is put on file without wanting it, the file has a level that two people give, a helper with a name, visits by level, and a review each year. It ends by decision of two after the
 * person was heard, or whenever the person wishes. @source domain.md 3.2
 */
export const HardshipFile = defineProcess({
  id: 'hardship-file',
  prefix: 'KN',
  group: 'hardship',
  shape: 'S',
  title: { zh: '困难建档帮扶', en: 'Hardship file' },
  confidentiality: 'confidential',
  startableBy: ['officer'],
  overseenBy: ['welfare-desk', 'political-department'],
  subjectRole: 'appellant',
  intake: () =>
    z.strictObject({
      person: person({ zh: '谁有困难（本人申请的不填）', en: 'Who; nobody where it is yourself' }).optional(),
      kinds: list(
        { zh: '困难类别', en: 'Kinds of hardship' },
        choice(
          { zh: '困难类别', en: 'Kind of hardship' },
          {
            illness: { zh: '重大疾病', en: 'Serious illness' },
            disability: { zh: '伤残', en: 'Disability' },
            income: { zh: '收入困难', en: 'Low income' },
            family: { zh: '家庭变故', en: 'Change in the family' },
            disaster: { zh: '灾害事故', en: 'Disaster or accident' },
            other: { zh: '其他', en: 'Other' },
          },
        ),
        1,
        6,
      ),
      circumstances: longText({ zh: '基本情况', en: 'Circumstances' }),
      attachments: attachments(),
    }),
  subjectFrom: ({ person }) => person,
  caseTitle: () => '困难建档帮扶',
  first: [],
  firstFor: ({ person }) => (person === undefined ? ['verify'] : ['consent']),
  stages: { 'on-file': { zh: '在册帮扶', en: 'On file' } },
  tasks: {
    consent: {
      title: { zh: '本人是否同意建档', en: 'Do you agree to be put on file?' },
      role: 'subject',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('answer', [
          z.strictObject({ answer: tag('agreed', answer, { zh: '同意', en: 'I agree' }) }),
          z.strictObject({ answer: tag('declined', answer, { zh: '不同意', en: 'I do not' }) }),
        ]),
    },
    verify: {
      title: { zh: '入户核实，提出等级', en: 'Verify at home, and propose a level' },
      role: 'welfare-desk',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('hardship', finding, { zh: '建档', en: 'To be put on file' }),
            visitedOn: day({ zh: '入户日期', en: 'Visited on' }),
            circumstances: circumstances(),
            level: level(),
          }),
          z.strictObject({
            finding: tag('none', finding, { zh: '不予建档', en: 'Not to be put on file' }),
            visitedOn: day({ zh: '入户日期', en: 'Visited on' }),
            circumstances: circumstances(),
            ground: rule({ zh: '依据的规定', en: 'Rule that stands against it' }),
          }),
        ]),
    },
    'decide-file': { title: { zh: '审定', en: 'Decide on the file' }, role: 'political-department', duty: 'decide', form: verdict },
    object: {
      title: { zh: '对不予建档提出异议', en: 'Object to the refusal' },
      role: 'subject',
      duty: 'inform',
      form: () => z.strictObject({ grounds: longText({ zh: '异议理由', en: 'Grounds' }) }),
    },
    plan: {
      title: { zh: '帮扶计划，指定帮扶人', en: 'Plan the aid, and name a helper' },
      role: 'welfare-desk',
      duty: 'handle',
      form: () =>
        z.strictObject({
          helper: helper(),
          measures: longText({ zh: '帮扶措施', en: 'Measures' }),
          goal: shortText({ zh: '目标', en: 'Goal' }, 500),
          aid: yuan({ zh: '申请互助金（元，可不填）', en: 'Mutual aid to be applied for, in yuan' }).optional(),
        }),
    },
    visit: {
      title: { zh: '走访帮扶', en: 'Visit' },
      role: 'officer',
      duty: 'handle',
      stage: 'on-file',
      form: () =>
        z.strictObject({
          metOn: day({ zh: '走访日期', en: 'Visited on' }),
          circumstances: circumstances(),
          done: longText({ zh: '本次帮扶', en: 'What was done' }).optional(),
          aid: yuan({ zh: '申请互助金（元，可不填）', en: 'Mutual aid to be applied for, in yuan' }).optional(),
        }),
    },
    review: {
      title: { zh: '年度复核', en: 'Yearly review' },
      role: 'welfare-desk',
      duty: 'handle',
      stage: 'on-file',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('continue', finding, { zh: '继续帮扶', en: 'Goes on' }),
            circumstances: circumstances(),
            level: level(),
            helper: helper(),
          }),
          z.strictObject({
            finding: tag('exit', finding, { zh: '拟退出', en: 'To end' }),
            circumstances: circumstances(),
            reasons: reasons(),
          }),
        ]),
    },
    'answer-exit': {
      title: { zh: '对退出的意见', en: 'Your view on ending it' },
      role: 'subject',
      duty: 'inform',
      stage: 'on-file',
      form: () =>
        z.strictObject({
          agrees: yesNo({ zh: '同意退出', en: 'I agree' }),
          statement: longText({ zh: '意见', en: 'Statement' }).optional(),
        }),
    },
    'decide-exit': {
      title: { zh: '审定退出', en: 'Decide on ending it' },
      role: 'political-department',
      duty: 'decide',
      stage: 'on-file',
      form: verdict,
    },
    'report-change': {
      title: { zh: '情况变化随时登记：去世、离职', en: 'Enter a change at any time: death, leaving' },
      role: 'welfare-desk',
      duty: 'inform',
      standing: true,
      form: () =>
        z.discriminatedUnion('change', [
          z.strictObject({ change: tag('died', change, { zh: '去世', en: 'Died' }), on: day({ zh: '日期', en: 'On' }) }),
          z.strictObject({ change: tag('left', change, { zh: '离职', en: 'Left the service' }), on: day({ zh: '日期', en: 'On' }) }),
        ]),
    },
  },
  outcomes: ['improved', 'not-filed', 'declined', 'died', 'left'],
  outcomeTitles: {
    improved: { zh: '已脱困退出', en: 'Ended: no hardship any more' },
    'not-filed': { zh: '不予建档', en: 'Not put on file' },
    declined: { zh: '本人不同意', en: 'Not wanted' },
    died: { zh: '已去世', en: 'Died' },
    left: { zh: '已离职', en: 'Left the service' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['subject'] } },
});
