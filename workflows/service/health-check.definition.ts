import { z } from 'zod';
import { checkItems } from '../../domain/check-package.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { attachments, choice, day, instant, list, longText, shortText, tag } from '../kit/fields.ts';

const answer = { zh: '本人意见', en: 'Your answer' };
const finding = { zh: '结果', en: 'Result' };
const record = () => longText({ zh: '记录', en: 'Record' }, 10_000);
const wishes = () =>
  longText({ zh: '希望的时间、医院和特别需要（可不填）', en: 'When and where you would like it, and what else you need' }).optional();

const facts = () =>
  z
    .strictObject({
      sex: choice({ zh: '性别', en: 'Sex' }, { male: { zh: '男', en: 'Male' }, female: { zh: '女', en: 'Female' } }),
      bornOn: day({ zh: '出生日期', en: 'Born on' }),
      post: choice(
        { zh: '岗位', en: 'Post' },
        {
          frontline: { zh: '一线执法执勤', en: 'On the street' },
          shifts: { zh: '夜班轮值', en: 'Shifts through the night' },
          exposed: { zh: '接触有害因素', en: 'Exposed to what harms' },
          desk: { zh: '内勤', en: 'At a desk' },
        },
      ),
      rank: choice(
        { zh: '警衔', en: 'Rank' },
        {
          constable: { zh: '警员', en: 'Constable' },
          sergeant: { zh: '警司', en: 'Sergeant' },
          superintendent: { zh: '警督', en: 'Superintendent' },
          commissioner: { zh: '警监', en: 'Commissioner' },
        },
      ),
    })
    .meta({ title: { zh: '体检登记（决定检查项目）', en: 'What the items depend on' } } as unknown as z.GlobalMeta);

/**
 * “1+N”体检: one check for each person and year. A result is for the officer and the health desk alone (domain/care-team.ts), and what is found is followed up until it is settled.
 * @source domain.md §3.4
 */
export const HealthCheck = defineProcess({
  id: 'health-check',
  prefix: 'TJ',
  group: 'service',
  shape: 'C',
  title: { zh: '“1+N”体检', en: 'Health check' },
  confidentiality: 'confidential',
  startableBy: ['officer'],
  overseenBy: ['health-desk'],
  discreet: { zh: '您有一条健康服务消息。', en: 'You have a message from the health service.' },
  subjectRole: 'appellant',
  eachPeriod: { every: 'year', day: 1, concerns: 'everyone' },
  intake: () => z.strictObject({ facts: facts().optional(), wishes: wishes() }),
  caseTitle: () => '体检',
  first: [],
  firstFor: ({ facts }) => (facts === undefined ? ['register'] : []),
  stages: { 'follow-up': { zh: '异常随访', en: 'Followed up' } },
  tasks: {
    register: {
      title: { zh: '登记体检', en: 'Register for the check' },
      role: 'subject',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('answer', [
          z.strictObject({ answer: tag('yes', answer, { zh: '参加', en: 'I take part' }), facts: facts(), wishes: wishes() }),
          z.strictObject({ answer: tag('no', answer, { zh: '本年度不参加', en: 'Not this year' }) }),
        ]),
    },
    book: {
      title: { zh: '预约体检', en: 'Book the check' },
      role: 'health-desk',
      duty: 'handle',
      form: () =>
        z.strictObject({
          hospital: shortText({ zh: '医院', en: 'Hospital' }),
          at: instant({ zh: '时间', en: 'When' }),
          items: list(
            { zh: '检查项目（不填为按规定的项目）', en: 'Items, if others than proposed' },
            choice({ zh: '项目', en: 'Item' }, checkItems),
            1,
            Object.keys(checkItems).length,
          ).optional(),
          preparation: longText({ zh: '注意事项（空腹等）', en: 'What to mind, such as coming fasting' }).optional(),
        }),
    },
    appointment: {
      title: { zh: '体检预约（可以改期）', en: 'Appointment: come, or ask for another' },
      role: 'subject',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('answer', [
          z.strictObject({ answer: tag('move', answer, { zh: '改期', en: 'Another time' }), wishes: wishes() }),
          z.strictObject({ answer: tag('no', answer, { zh: '本年度不参加', en: 'Not this year' }) }),
        ]),
    },
    result: {
      title: { zh: '登记体检结果', en: 'Enter the result' },
      role: 'health-desk',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('normal', finding, { zh: '未见异常', en: 'Nothing found' }),
            record: record(),
            report: attachments(),
          }),
          z.strictObject({
            finding: tag('abnormal', finding, { zh: '有异常，需随访', en: 'Something found, to be followed up' }),
            record: record(),
            advice: longText({ zh: '给本人的建议', en: 'Advice to the person' }),
            report: attachments(),
          }),
          z.strictObject({ finding: tag('missed', finding, { zh: '未到检', en: 'Did not come' }) }),
        ]),
    },
    'follow-up': {
      title: { zh: '异常随访', en: 'Follow up' },
      role: 'health-desk',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({ finding: tag('settled', finding, { zh: '已恢复或者已转诊，结束随访', en: 'Settled' }), record: record() }),
          z.strictObject({ finding: tag('goes-on', finding, { zh: '继续随访', en: 'Goes on' }), record: record() }),
        ]),
    },
  },
  outcomes: ['healthy', 'followed-up', 'declined', 'unanswered'],
  outcomeTitles: {
    healthy: { zh: '未见异常', en: 'Nothing found' },
    'followed-up': { zh: '随访结束', en: 'Followed up' },
    declined: { zh: '本人不参加', en: 'Not wanted' },
    unanswered: { zh: '未登记', en: 'Not answered' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['subject'], stages: ['book', 'follow-up'] }, cancel: { by: ['health-desk'] } },
});
