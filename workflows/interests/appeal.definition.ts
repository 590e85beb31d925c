import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import {
  attachments,
  choice,
  decision,
  list,
  longText,
  people,
  person,
  rule,
  shortText,
  tag,
  tier,
  unit,
  wholeNumber,
  yesNo,
} from '../kit/fields.ts';

const decided = { zh: '处理决定', en: 'Decision' };
const route = { zh: '办理路径', en: 'Route' };
const result = { zh: '办理结果', en: 'Result' };
const answer = { zh: '您的意见', en: 'Your answer' };
const explanation = longText({ zh: '说明', en: 'Explanation' });
const findings = longText({ zh: '查明的情况', en: 'What was found' });

/** What handling an appeal came to. A refusal cites the rule that stands against it (domain.md 3.1, appeal 4). */
const handled = () =>
  z.discriminatedUnion('result', [
    z.strictObject({
      result: tag('resolved', result, { zh: '已解决', en: 'Resolved' }),
      findings,
      done: longText({ zh: '已采取的措施', en: 'What is done' }),
      badManagement: yesNo({ zh: '起因于管理不当', en: 'Caused by bad management' }),
    }),
    z.strictObject({
      result: tag('refused', result, { zh: '不予支持', en: 'Refused' }),
      findings,
      rule: rule({ zh: '依据的规定', en: 'Rule that stands against it' }),
      explanation,
    }),
  ]);

const satisfaction = () =>
  z.discriminatedUnion('answer', [
    z.strictObject({
      answer: tag('satisfied', answer, { zh: '满意', en: 'Satisfied' }),
      score: wholeNumber({ zh: '满意度（1–5）', en: 'Satisfaction (1–5)' }, 1, 5),
      comment: longText({ zh: '补充意见', en: 'Comment' }).optional(),
    }),
    z.strictObject({
      answer: tag('unsatisfied', answer, { zh: '不满意', en: 'Not satisfied' }),
      reasons: longText({ zh: '不满意的理由', en: 'Why not' }),
    }),
  ]);

const reviewed = () =>
  z.strictObject({
    finding: choice(
      { zh: '复核结论', en: 'Finding' },
      { upheld: { zh: '维持原答复', en: 'Answer upheld' }, changed: { zh: '改变原答复', en: 'Answer changed' } },
    ),
    explanation,
  });

/** 诉求: a request, opinion or complaint of a member of staff, from intake to confirmation. @source domain.md 3.1 */
export const Appeal = defineProcess({
  id: 'appeal',
  prefix: 'SQ',
  group: 'interests',
  shape: 'R',
  title: { zh: '诉求', en: 'Appeal' },
  confidentiality: 'internal',
  startableBy: ['officer'],
  overseenBy: ['acceptance-desk', 'supervision-desk'],
  subjectRole: 'appellant',
  intake: () =>
    z.strictObject({
      channel: choice(
        { zh: '渠道', en: 'Channel' },
        {
          'self-service': { zh: '本人提交', en: 'Self-service' },
          desk: { zh: '窗口', en: 'Desk' },
          letter: { zh: '来信', en: 'Letter' },
          hotline: { zh: '热线', en: 'Hotline' },
          interview: { zh: '约谈接访', en: 'Interview' },
          survey: { zh: '意见征集', en: 'Survey' },
          'field-visit': { zh: '走访', en: 'Field visit' },
          referral: { zh: '上级转办', en: "Superior's referral" },
        },
      ),
      title: shortText({ zh: '标题', en: 'Title' }, 120),
      content: longText({ zh: '内容', en: 'What it is about' }, 10_000),
      wish: longText({ zh: '希望得到的解决', en: 'What you ask for' }, 2000).optional(),
      jointly: people({ zh: '共同诉求人', en: 'Joint appellants' }, person({ zh: '诉求人', en: 'Appellant' }), 1, 200).optional(),
      nameWithheld: yesNo({ zh: '除受理岗外隐去姓名', en: 'Withhold my name from all but the acceptance desk' }).optional(),
      attachments: attachments(),
    }),
  counts: ['channel'],
  caseTitle: ({ title }) => title,
  withholdsName: ({ nameWithheld }) => nameWithheld === true,
  parties: ({ jointly }) => (jointly ?? []).map((each) => ({ person: each, role: 'appellant' as const })),
  first: ['accept'],
  stages: { 'fed-upward': { zh: '已纳入上报', en: 'In the upward report' } },
  tasks: {
    accept: {
      title: { zh: '受理', en: 'Accept' },
      role: 'acceptance-desk',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('decision', [
          z.strictObject({
            decision: tag('accept', decided, { zh: '受理', en: 'Accept' }),
            handler: person({ zh: '专人负责', en: 'Handler' }, { duty: 'handle' }),
          }),
          z.strictObject({
            decision: tag('redirect', decided, { zh: '告知有权处理的机关', en: 'Name the competent body' }),
            body: shortText({ zh: '有权处理的机关', en: 'Competent body' }),
            explanation,
          }),
          z.strictObject({
            decision: tag('ask', decided, { zh: '要求补充事实', en: 'Ask for facts' }),
            question: longText({ zh: '需补充的事实', en: 'Missing facts' }),
          }),
        ]),
    },
    'supply-facts': {
      title: { zh: '补充事实', en: 'Supply facts' },
      role: 'subject',
      duty: 'inform',
      form: () => z.strictObject({ facts: longText({ zh: '补充的事实', en: 'Facts' }, 10_000), attachments: attachments() }),
    },
    classify: {
      counts: ['route'],
      title: { zh: '分类', en: 'Classify' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('route', [
          z.strictObject({
            route: tag('measure', route, { zh: '具体事项', en: 'A concrete matter' }),
            tier: tier({ zh: '办理时限（天）', en: 'Days to handle it' }),
          }),
          z.strictObject({
            route: tag('policy', route, { zh: '政策问题', en: 'A question of policy' }),
            question: longText({ zh: '需研究的政策问题', en: 'Question of policy' }),
          }),
          z.strictObject({
            route: tag('upward', route, { zh: '超出本级权限', en: 'Beyond this level' }),
            theme: shortText({ zh: '主题', en: 'Theme' }),
            reason: longText({ zh: '超出本级权限的理由', en: 'Why it is beyond this level' }),
          }),
          z.strictObject({
            route: tag('legacy', route, { zh: '历史遗留问题', en: 'An old matter' }),
            priority: choice(
              { zh: '优先级', en: 'Priority' },
              {
                urgent: { zh: '紧急', en: 'Urgent' },
                important: { zh: '重要', en: 'Important' },
                normal: { zh: '一般', en: 'Normal' },
                deferred: { zh: '暂缓', en: 'Deferred' },
              },
            ),
          }),
        ]),
    },
    handle: { title: { zh: '办理', en: 'Handle' }, role: 'unit-leader', duty: 'handle', form: handled },
    study: {
      title: { zh: '研究', en: 'Study' },
      role: 'unit-leader',
      duty: 'handle',
      form: () => z.strictObject({ findings, proposal: longText({ zh: '建议', en: 'Proposal' }, 10_000) }),
    },
    committee: {
      title: { zh: '集体研究决定', en: 'Committee decision' },
      role: 'political-department',
      duty: 'decide',
      form: () =>
        z.discriminatedUnion('decision', [
          z.strictObject({
            decision: tag('adopt', decided, { zh: '采纳', en: 'Adopt' }),
            minutes: longText({ zh: '会议纪要', en: 'Minutes' }, 10_000),
            steps: list(
              { zh: '改进措施', en: 'Improvement steps' },
              z.strictObject({ unit: unit({ zh: '责任单位', en: 'Unit' }), step: longText({ zh: '措施', en: 'Step' }, 2000) }),
              1,
              20,
            ),
          }),
          z.strictObject({
            decision: tag('reject', decided, { zh: '不采纳', en: 'Reject' }),
            minutes: longText({ zh: '会议纪要', en: 'Minutes' }, 10_000),
            rule: rule({ zh: '依据的规定', en: 'Rule that stands against it' }),
          }),
        ]),
    },
    explain: {
      title: { zh: '向诉求人说明', en: 'Explain to the appellant' },
      role: 'unit-leader',
      duty: 'handle',
      form: () => z.strictObject({ explanation }),
    },
    'superior-answer': {
      title: { zh: '登记上级答复', en: "Register the superior's answer" },
      role: 'political-department',
      duty: 'inform',
      stage: 'fed-upward',
      form: () =>
        z.strictObject({
          body: shortText({ zh: '答复机关', en: 'Answering body' }),
          answer: longText({ zh: '答复内容', en: 'Answer' }, 10_000),
        }),
    },
    investigate: {
      title: { zh: '调查', en: 'Investigate' },
      role: 'unit-leader',
      duty: 'handle',
      form: () => z.strictObject({ findings }),
    },
    argue: {
      title: { zh: '论证', en: 'Argue the case' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.strictObject({
          minutes: longText({ zh: '论证会纪要', en: 'Minutes of the meeting' }, 10_000),
          present: people({ zh: '参会人员', en: 'Present' }, person({ zh: '参会人', en: 'Person' }), 2, 50),
        }),
    },
    solve: { title: { zh: '化解', en: 'Solve' }, role: 'unit-leader', duty: 'handle', form: handled },
    'approve-refusal': {
      title: { zh: '复核不予支持', en: 'Approve the refusal' },
      role: 'supervising-leader',
      duty: 'decide',
      form: decision,
    },
    'offer-talk': {
      title: { zh: '谈心说明', en: 'Offer a talk' },
      role: 'unit-leader',
      duty: 'inform',
      form: () =>
        z.strictObject({
          talk: choice(
            { zh: '谈心情况', en: 'Talk' },
            { held: { zh: '已谈', en: 'Held' }, declined: { zh: '本人谢绝', en: 'Declined by the appellant' } },
          ),
          note: longText({ zh: '记录', en: 'Note' }),
        }),
    },
    'draft-reply': {
      title: { zh: '起草答复', en: 'Draft the reply' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.strictObject({
          found: longText({ zh: '查明的情况', en: 'What was found' }),
          done: longText({ zh: '处理情况', en: 'What is done' }),
          rules: list({ zh: '适用的规定', en: 'Rules that apply' }, rule({ zh: '规定', en: 'Rule' }), 1, 20),
          remedies: longText({ zh: '尚可寻求的途径', en: 'What remains open to you' }),
        }),
    },
    'approve-reply': { title: { zh: '审批答复', en: 'Approve the reply' }, role: 'unit-leader', duty: 'decide', form: decision },
    confirm: {
      title: { zh: '确认答复', en: 'Confirm the reply' },
      role: 'subject',
      duty: 'inform',
      counts: ['answer', 'score'],
      form: satisfaction,
    },
    review: { title: { zh: '复查', en: 'Review' }, role: 'reviewer', duty: 'review', form: reviewed },
    'confirm-review': {
      title: { zh: '确认复查意见', en: 'Confirm the review' },
      role: 'subject',
      duty: 'inform',
      counts: ['answer', 'score'],
      form: satisfaction,
    },
    're-review': { title: { zh: '复核', en: 'Re-review' }, role: 'reviewer', duty: 'review', form: reviewed },
  },
  course: [
    ['accept'],
    ['classify'],
    ['handle', 'study', 'explain', 'investigate'],
    ['solve', 'committee', 'superior-answer'],
    ['draft-reply'],
    ['approve-reply'],
    ['confirm'],
  ],
  outcomes: ['redirected', 'satisfied', 'unconfirmed', 'reviewed', 'final'],
  outcomeTitles: {
    redirected: { zh: '已告知有权机关', en: 'Redirected to the competent body' },
    satisfied: { zh: '满意办结', en: 'Closed, satisfied' },
    unconfirmed: { zh: '逾期未确认，办结', en: 'Closed without an answer' },
    reviewed: { zh: '复查后办结', en: 'Closed after review' },
    final: { zh: '复核终结', en: 'Closed by final re-review' },
    ...commonOutcomes,
  },
  commands: {
    withdraw: { by: ['subject'] },
    transfer: {
      by: ['handler', 'unit-leader', 'acceptance-desk', 'supervision-desk'],
      stages: ['accept', 'supply-facts', 'classify', 'handle', 'study', 'explain', 'investigate', 'argue', 'solve'],
    },
    merge: { by: ['acceptance-desk', 'supervision-desk'], stages: ['accept', 'supply-facts', 'classify', 'handle'] },
    reopen: { by: ['subject', 'supervision-desk'] },
  },
});
