import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import {
  attachments,
  caseRef,
  choice,
  day,
  decision,
  longText,
  note,
  people,
  person,
  rule,
  shortText,
  tag,
  verdict,
  yesNo,
  yuan,
} from '../kit/fields.ts';

const finding = { zh: '结论', en: 'Finding' };
const reasons = () => longText({ zh: '理由', en: 'Reasons' });
const committee = () =>
  people(
    { zh: '评审委员（须无亲属等关系）', en: 'Members of the committee, without a tie to the applicant' },
    person({ zh: '委员', en: 'Member' }, { duty: 'decide', role: 'fund-committee' }),
    2,
    9,
  );
const amount = () => yuan({ zh: '金额（元）', en: 'Amount in yuan' });

/**
 * 困难互助金 / 优抚救助金: checked, decided by a committee without a tie to the applicant, paid by a cashier who did not decide, through a ledger that never goes below zero.
 * @source domain.md 3.2
 */
export const MutualAid = defineProcess({
  id: 'mutual-aid',
  prefix: 'HZ',
  group: 'hardship',
  shape: 'R',
  title: { zh: '困难互助金、优抚救助金', en: 'Mutual aid' },
  confidentiality: 'confidential',
  startableBy: ['officer'],
  overseenBy: ['welfare-desk'],
  subjectRole: 'appellant',
  intake: () =>
    z.strictObject({
      cause: choice(
        { zh: '困难类别', en: 'Cause' },
        {
          illness: { zh: '重大疾病', en: 'Serious illness' },
          injury: { zh: '因公受伤', en: 'Injury on duty' },
          family: { zh: '家庭困难', en: 'Hardship of the family' },
          disaster: { zh: '灾害事故', en: 'Disaster or accident' },
          bereavement: { zh: '亲属去世', en: 'Bereavement' },
          other: { zh: '其他', en: 'Other' },
        },
      ),
      circumstances: longText({ zh: '事由（不必写病情）', en: 'Circumstances; no medical facts needed' }),
      asked: yuan({ zh: '申请金额（元，可不填）', en: 'Amount asked for, in yuan' }).optional(),
      urgent: yesNo({ zh: '急需', en: 'Urgent' }).optional(),
      about: caseRef({ zh: '由何件引起', en: 'Case that it follows from' }).optional(),
      attachments: attachments(),
    }),
  caseTitle: ({ urgent }) => (urgent ? '困难互助（急需）' : '困难互助'),
  first: ['check'],
  stages: { committee: { zh: '委员会评审', en: 'Before the committee' }, unfunded: { zh: '等待资金', en: 'Waiting for money' } },
  tasks: {
    check: {
      title: { zh: '核实情况，提出意见', en: 'Check, and propose' },
      role: 'welfare-desk',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('eligible', finding, { zh: '符合条件', en: 'Eligible' }),
            circumstances: longText({ zh: '核实的情况', en: 'What was found' }),
            amount: amount(),
            committee: committee(),
          }),
          z.strictObject({
            finding: tag('ineligible', finding, { zh: '不符合条件', en: 'Not eligible' }),
            circumstances: longText({ zh: '核实的情况', en: 'What was found' }),
            ground: rule({ zh: '依据的规定', en: 'Rule that stands against it' }),
            committee: committee(),
          }),
        ]),
    },
    judge: {
      title: { zh: '委员评审', en: 'Decide as a member of the committee' },
      role: 'fund-committee',
      duty: 'decide',
      stage: 'committee',
      seat: true,
      form: decision,
    },
    object: {
      title: { zh: '对不予救助提出异议', en: 'Object to the refusal' },
      role: 'subject',
      duty: 'inform',
      form: () => z.strictObject({ grounds: longText({ zh: '异议理由', en: 'Grounds' }) }),
    },
    reconsider: { title: { zh: '复核异议', en: 'Reconsider' }, role: 'bureau-leader', duty: 'review', form: verdict },
    grant: {
      title: { zh: '核定金额', en: 'State the amount' },
      role: 'welfare-desk',
      duty: 'handle',
      form: () => z.strictObject({ amount: amount() }),
    },
    pay: {
      title: { zh: '支付', en: 'Pay' },
      role: 'fund-cashier',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('paid', finding, { zh: '支付', en: 'Pay' }),
            paidOn: day({ zh: '支付日期', en: 'Paid on' }),
            reference: shortText({ zh: '凭证号', en: 'Number of the voucher' }, 100),
          }),
          z.strictObject({ finding: tag('short', finding, { zh: '资金不足', en: 'The fund is short' }) }),
          z.strictObject({ finding: tag('unpayable', finding, { zh: '无法支付', en: 'It can not be paid' }), reasons: reasons() }),
        ]),
    },
    'await-funds': {
      title: { zh: '筹措资金：入账后自动继续', en: 'Find the money; it goes on by itself once money has come in' },
      role: 'fund-committee',
      duty: 'inform',
      stage: 'unfunded',
      form: () => note({ zh: '到账情况', en: 'What has come in' }),
    },
    resolve: {
      title: { zh: '核实收款人情况', en: 'Find out who is to receive it' },
      role: 'welfare-desk',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('payable', finding, { zh: '可以支付（新账户、合法继承人）', en: 'Payable: another account, or an heir' }),
            receiver: longText({ zh: '收款人与依据', en: 'Receiver, and on what ground' }, 2000),
          }),
          z.strictObject({ finding: tag('void', finding, { zh: '不再支付', en: 'Nothing is to be paid any more' }), reasons: reasons() }),
        ]),
    },
    'confirm-void': {
      title: { zh: '第二人确认不再支付', en: 'Confirm it, as the second person' },
      role: 'fund-committee',
      duty: 'review',
      form: verdict,
    },
    receipt: {
      title: { zh: '确认收到', en: 'Confirm the receipt' },
      role: 'subject',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({ finding: tag('received', finding, { zh: '已收到', en: 'Received' }) }),
          z.strictObject({
            finding: tag('missing', finding, { zh: '未收到', en: 'Not received' }),
            note: longText({ zh: '说明', en: 'Note' }, 2000).optional(),
          }),
        ]),
    },
    trace: {
      title: { zh: '另一人查核款项', en: 'Trace the payment, by someone else' },
      role: 'fund-cashier',
      duty: 'inform',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('credited', finding, { zh: '已到账', en: 'Credited' }),
            proof: shortText({ zh: '凭证号', en: 'Number of the voucher' }, 100),
          }),
          z.strictObject({
            finding: tag('returned', finding, { zh: '已退回', en: 'Returned by the bank' }),
            proof: shortText({ zh: '凭证号', en: 'Number of the voucher' }, 100),
          }),
        ]),
    },
  },
  outcomes: ['paid', 'refused', 'not-paid'],
  outcomeTitles: {
    paid: { zh: '已支付', en: 'Paid' },
    refused: { zh: '不予救助', en: 'Refused' },
    'not-paid': { zh: '不再支付', en: 'Not paid any more' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['subject'], stages: ['check', 'committee', 'object'] } },
});
