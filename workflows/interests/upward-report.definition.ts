import { z } from 'zod';
import { CaseNumber, TaskId } from '../../domain/ids.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { caseRef, decision, instant, list, longText, shortText, tag } from '../kit/fields.ts';

const about = { zh: '答复对象', en: 'What it answers' };
const body = shortText({ zh: '答复机关', en: 'Answering body' });
const answer = longText({ zh: '答复内容', en: 'Answer' }, 10_000);
const theme = shortText({ zh: '主题', en: 'Theme' });

/** 汇总上报: what is beyond this level goes up once a month, by theme, and its answer comes back to each appellant. @source domain.md 3.1 route `upward`, 3.2 */
export const UpwardReport = defineProcess({
  id: 'upward-report',
  prefix: 'SB',
  group: 'interests',
  shape: 'C',
  title: { zh: '汇总上报', en: 'Upward report' },
  confidentiality: 'internal',
  startableBy: [],
  overseenBy: ['political-department', 'supervision-desk'],
  subjectRole: 'subject',
  round: { every: 'month', day: 1 },
  intake: () =>
    z.strictObject({
      period: shortText({ zh: '月份', en: 'Month' }, 7),
      appeals: list(
        { zh: '所汇总的诉求', en: 'Appeals that it collects' },
        z.strictObject({ number: CaseNumber, task: TaskId, theme, title: shortText({ zh: '标题', en: 'Title' }).optional() }),
        0,
        5000,
      ),
    }),
  caseTitle: ({ period }) => `${period} 诉求汇总上报`,
  first: [],
  stages: {},
  tasks: {
    draft: {
      title: { zh: '起草上报', en: 'Draft the report' },
      role: 'political-department',
      duty: 'handle',
      form: () =>
        z.strictObject({
          summary: longText({ zh: '情况综述', en: 'Summary' }, 10_000),
          requests: longText({ zh: '请求上级解决的事项', en: 'What the superior is asked for' }, 10_000),
        }),
    },
    approve: { title: { zh: '审批上报', en: 'Approve the report' }, role: 'bureau-leader', duty: 'decide', form: decision },
    send: {
      title: { zh: '报送上级', en: 'Send it upward' },
      role: 'political-department',
      duty: 'handle',
      form: () =>
        z.strictObject({
          to: shortText({ zh: '上级机关', en: 'Superior body' }),
          sentAt: instant({ zh: '报送时间', en: 'Sent at' }),
          proof: shortText({ zh: '文号或签收凭证', en: 'Document number or receipt' }),
        }),
    },
    'register-answer': {
      title: { zh: '登记上级答复', en: "Register the superior's answer" },
      role: 'political-department',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('about', [
          z.strictObject({ about: tag('theme', about, { zh: '一个主题', en: 'One theme' }), theme, body, answer }),
          z.strictObject({
            about: tag('appeal', about, { zh: '一件诉求', en: 'One appeal' }),
            number: caseRef({ zh: '诉求件号', en: 'Appeal' }),
            body,
            answer,
          }),
          z.strictObject({
            about: tag('rest', about, { zh: '其余全部', en: 'All the rest' }),
            reasons: longText({ zh: '其余未获答复的说明', en: 'Why no answer to the rest is expected' }),
          }),
        ]),
    },
  },
  outcomes: ['nothing-to-report', 'answered', 'partly-answered', 'refused'],
  outcomeTitles: {
    'nothing-to-report': { zh: '本月无上报事项', en: 'Nothing to report' },
    answered: { zh: '均已答复', en: 'All answered' },
    'partly-answered': { zh: '部分答复，其余并入下期', en: 'Partly answered; the rest joins the next report' },
    refused: { zh: '未予上报，并入下期', en: 'Not sent; joins the next report' },
    ...commonOutcomes,
  },
  commands: {},
});
