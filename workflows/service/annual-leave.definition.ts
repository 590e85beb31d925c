import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { choice, day, list, longText, tag, wholeNumber, yesNo } from '../kit/fields.ts';

const action = { zh: '事项', en: 'What to do' };
const decision = { zh: '决定', en: 'Decision' };
const finding = { zh: '结论', en: 'Finding' };
const from = () => day({ zh: '休假第一天', en: 'First day' });
const until = () => day({ zh: '休假最后一天', en: 'Last day' });
const reasons = () => longText({ zh: '理由', en: 'Reasons' });
const withdrawn = () => ({
  from: day({ zh: '要撤的休假从哪天起', en: 'First day of the leave to be withdrawn' }),
  reasons: longText({ zh: '原因（可不填）', en: 'Why, if you like' }).optional(),
});

/**
 * 年休假: one person's leave of one year. Days are due by length of service: the personnel file says since when someone works; where it doesn't, they state it and the political department
 * confirms it. A refusal gives its reasons and offers other days; what is left unused reminds the officer and the leader.
 * @source domain.md §3.4; Regulation on Paid Annual Leave of Employees (职工带薪年休假条例) art. 3 to 5
 */
export const AnnualLeave = defineProcess({
  id: 'annual-leave',
  prefix: 'NJ',
  group: 'service',
  shape: 'S',
  title: { zh: '年休假', en: 'Annual leave' },
  confidentiality: 'internal',
  startableBy: ['officer'],
  overseenBy: ['political-department'],
  subjectRole: 'appellant',
  eachPeriod: { every: 'year', day: 1, concerns: 'known-service' },
  intake: () =>
    z.strictObject({
      year: choice(
        { zh: '年度（不填为本年度）', en: 'Year; this one if left empty' },
        { current: { zh: '本年度', en: 'This year' }, next: { zh: '下一年度', en: 'Next year' } },
      ).optional(),
      workingSince: day({ zh: '参加工作时间（人事档案已有的不填）', en: 'Working since, unless your personnel file says it' }).optional(),
    }),
  isAhead: ({ year }) => year === 'next',
  caseTitle: ({ year }) => (year === 'next' ? '年休假（下一年度）' : '年休假'),
  first: [],
  stages: { 'on-leave': { zh: '安排与休假', en: 'Planned and taken' } },
  tasks: {
    confirm: {
      title: { zh: '核定工作年限', en: 'Confirm the length of service' },
      role: 'political-department',
      duty: 'handle',
      form: () =>
        z.strictObject({
          workingSince: day({ zh: '参加工作时间（以人事档案为准）', en: 'Working since, by the personnel file' }),
          takenBefore: wholeNumber({ zh: '本年度已休天数', en: 'Days of the year taken already' }, 0, 15),
          schoolHolidays: wholeNumber(
            { zh: '依法享受的寒暑假天数（条例第四条第一项）', en: 'School holidays by law, in days (art. 4 (1))' },
            0,
            120,
          ),
          personalDays: wholeNumber(
            { zh: '不扣工资的事假累计天数（第二项）', en: 'Personal leave without deduction, in days (art. 4 (2))' },
            0,
            366,
          ),
          sickMonths: wholeNumber({ zh: '病假累计满几个月（第三至五项）', en: 'Whole months of sick leave (art. 4 (3) to (5))' }, 0, 12),
        }),
    },
    request: {
      title: { zh: '安排或申请年休假', en: 'Plan or ask for leave' },
      role: 'subject',
      duty: 'inform',
      stage: 'on-leave',
      form: () =>
        z.discriminatedUnion('action', [
          z.strictObject({ action: tag('ask', action, { zh: '申请休假', en: 'Ask for leave' }), from: from(), until: until() }),
          z.strictObject({
            action: tag('plan', action, { zh: '安排全年计划', en: 'Plan the year' }),
            periods: list(
              { zh: '计划（代替以前的计划）', en: 'The plan, instead of what was planned before' },
              z.strictObject({ from: from(), until: until() }),
              0,
              15,
            ),
          }),
          z.strictObject({ action: tag('withdraw', action, { zh: '撤回申请或休假', en: 'Withdraw a request, or leave' }), ...withdrawn() }),
        ]),
    },
    change: {
      title: { zh: '撤回申请或休假（年休假已安排完）', en: 'Withdraw a request, or leave: all days are in use' },
      role: 'subject',
      duty: 'inform',
      stage: 'on-leave',
      form: () => z.strictObject(withdrawn()),
    },
    decide: {
      title: { zh: '审批年休假', en: 'Decide on leave' },
      role: 'unit-leader',
      duty: 'decide',
      stage: 'on-leave',
      form: () =>
        z.discriminatedUnion('decision', [
          z.strictObject({
            decision: tag('approve', decision, { zh: '同意', en: 'Approve' }),
            remarks: longText({ zh: '说明', en: 'Remarks' }).optional(),
          }),
          z.strictObject({
            decision: tag('refuse', decision, { zh: '不同意，另定日期', en: 'Refuse, and offer other days' }),
            reasons: longText({ zh: '不同意的理由', en: 'Reasons for refusing it' }),
            from: day({ zh: '建议改休：第一天', en: 'First day offered instead' }),
            until: day({ zh: '建议改休：最后一天', en: 'Last day offered instead' }),
          }),
        ]),
    },
    'carry-over': {
      title: { zh: '未休年休假的处理', en: 'What becomes of leave that was not taken' },
      role: 'unit-leader',
      duty: 'decide',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('carried-over', finding, { zh: '因工作需要，跨年度安排', en: 'Carry it over, for the sake of the work' }),
            reasons: reasons(),
          }),
          z.strictObject({ finding: tag('ends', finding, { zh: '不跨年度安排', en: 'Do not carry it over' }), reasons: reasons() }),
        ]),
    },
    agree: {
      title: { zh: '是否同意跨年度安排', en: 'Do you agree to take it next year?' },
      role: 'subject',
      duty: 'inform',
      form: () => z.strictObject({ agrees: yesNo({ zh: '同意', en: 'I agree' }) }),
    },
  },
  outcomes: ['taken', 'unused', 'not-entitled'],
  outcomeTitles: {
    taken: { zh: '已休完', en: 'All taken' },
    unused: { zh: '未休完', en: 'Not all taken' },
    'not-entitled': { zh: '本年度不享受年休假', en: 'No leave is due this year' },
    ...commonOutcomes,
  },
  commands: { cancel: { by: ['political-department'] } },
});
