import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import {
  attachment,
  attachments,
  caseRef,
  choice,
  decision,
  instant,
  list,
  longText,
  note,
  person,
  rule,
  shortText,
  tag,
  unit,
  yesNo,
} from '../kit/fields.ts';

const finding = { zh: '结论', en: 'Finding' };
const circle = { zh: '传播范围', en: 'Circle in which it was spread' };
const reasons = longText({ zh: '理由', en: 'Reasons' });
const facts = longText({ zh: '查明的事实', en: 'Facts' }, 10_000);
const ground = rule({ zh: '依据的规定', en: 'Rule that it rests on' });

/**
 * 执法权益保护: for who was attacked, threatened, insulted, doxxed or falsely accused, at work or as a citizen. Four stages side by side: organise, handle, prevent, care. It is never a
 * means to shield misuse of power: a unit without a tie to the officer's looks first, and what that knows of clues stands nowhere here, or this case would warn who is reported.
 * @source domain.md 3.3
 */
export const RightsProtection = defineProcess({
  id: 'rights-protection',
  prefix: 'WQ',
  group: 'protection',
  shape: 'E',
  title: { zh: '执法权益保护', en: 'Rights protection' },
  confidentiality: 'confidential',
  startableBy: ['officer'],
  overseenBy: ['political-department', 'legal-adviser'],
  subjectRole: 'appellant',
  intake: () =>
    z.strictObject({
      kind: choice(
        { zh: '侵害情形', en: 'What was done' },
        {
          assault: { zh: '暴力袭击', en: 'Assault' },
          threat: { zh: '威胁', en: 'Threat' },
          insult: { zh: '侮辱诽谤', en: 'Insult or defamation' },
          'false-accusation': { zh: '诬告陷害', en: 'False accusation' },
          doxxing: { zh: '泄露个人信息', en: 'Doxxing' },
        },
      ),
      what: longText({ zh: '经过', en: 'What happened' }, 10_000),
      at: instant({ zh: '发生时间', en: 'When' }).optional(),
      onDuty: yesNo({ zh: '因履行职责引起', en: 'On account of duty' }),
      spreadIn: shortText(circle).optional(),
      about: caseRef({ zh: '相关办件', en: 'Case that it belongs to' }).optional(),
      evidence: attachments(),
    }),
  caseTitle: ({ kind }) => `执法权益保护：${kinds[kind]}`,
  first: ['organise', 'check-misuse'],
  // What another case has found needs no second finding here.
  firstWhenSpawned: ['organise'],
  stages: {
    handle: { zh: '处置', en: 'Handle' },
    prevent: { zh: '防范', en: 'Prevent' },
    care: { zh: '关爱', en: 'Care' },
  },
  tasks: {
    organise: {
      title: { zh: '指定维权专人', en: 'Name a protector' },
      role: 'welfare-desk',
      duty: 'inform',
      form: () => z.strictObject({ protector: person({ zh: '维权专人', en: 'Protector' }, { duty: 'handle' }) }),
    },
    'check-misuse': {
      title: { zh: '核对有无滥用职权', en: 'Check for misuse of power' },
      role: 'inspector',
      duty: 'review',
      independent: 'of-unit',
      stage: 'organise',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({ finding: tag('supported', finding, { zh: '予以支持', en: 'Supported' }) }),
          z.strictObject({ finding: tag('withheld', finding, { zh: '不予支持', en: 'Withheld' }), reasons }),
        ]),
    },
    'confirm-withheld': {
      title: { zh: '复核不予支持', en: 'Confirm that it is not supported' },
      role: 'legal-adviser',
      duty: 'decide',
      stage: 'organise',
      form: decision,
    },
    'keep-evidence': {
      title: { zh: '固定证据', en: 'Keep the evidence' },
      role: 'officer',
      duty: 'handle',
      stage: 'handle',
      form: () => z.strictObject({ kept: longText({ zh: '固定了哪些证据', en: 'What was kept' }), evidence: attachments() }),
    },
    verify: {
      title: { zh: '查明事实', en: 'Establish the facts' },
      role: 'legal-adviser',
      duty: 'handle',
      stage: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({
            finding: tag('established', finding, { zh: '查实', en: 'Established' }),
            facts,
            spreadIn: shortText(circle).optional(),
            ground,
          }),
          z.strictObject({ finding: tag('not-established', finding, { zh: '未查实', en: 'Not established' }), facts, reasons, ground }),
        ]),
    },
    'confirm-not-established': {
      title: { zh: '复核侵害不成立', en: 'Confirm that nothing was established' },
      role: 'political-department',
      duty: 'decide',
      stage: 'handle',
      form: decision,
    },
    act: {
      title: { zh: '依法处置', en: 'Act by law' },
      role: 'officer',
      duty: 'handle',
      stage: 'handle',
      form: () =>
        z.strictObject({
          steps: list(
            { zh: '采取的措施', en: 'Steps taken' },
            choice(
              { zh: '措施', en: 'Step' },
              {
                police: { zh: '报案立案', en: 'Police case' },
                criminal: { zh: '追究刑事责任', en: 'Prosecution' },
                civil: { zh: '民事诉讼', en: 'Civil action' },
                platform: { zh: '依法通知平台处理侵权信息', en: 'Notice to a platform, as the law provides' },
                protection: { zh: '人身保护', en: 'Personal protection' },
              },
            ),
            1,
            5,
          ),
          note: longText({ zh: '情况', en: 'How' }),
          pending: yesNo({ zh: '须跟踪检察院、法院或者公安机关办理结果', en: 'An authority still has to decide' }),
        }),
    },
    liaise: {
      title: { zh: '对接跟踪', en: 'Follow it up with the authority' },
      role: 'officer',
      duty: 'handle',
      stage: 'handle',
      form: () =>
        z.strictObject({
          with: choice(
            { zh: '对接单位', en: 'Authority' },
            { police: { zh: '公安', en: 'Police' }, prosecutor: { zh: '检察院', en: 'Prosecutor' }, court: { zh: '法院', en: 'Court' } },
          ),
          state: choice(
            { zh: '进展', en: 'State' },
            { pending: { zh: '办理中', en: 'Pending' }, decided: { zh: '已有结果', en: 'Decided' } },
          ),
          note: longText({ zh: '情况', en: 'What was learned' }),
        }),
    },
    'clear-name': {
      title: { zh: '在原范围内澄清正名', en: 'Clear the name, in the same circle' },
      role: 'political-department',
      duty: 'handle',
      stage: 'handle',
      form: () =>
        z.strictObject({
          circle: shortText({ zh: '澄清范围（不小于传播范围）', en: 'Circle in which it was cleared, no smaller than that of the damage' }),
          how: longText({ zh: '方式与内容', en: 'How' }, 2000),
          proof: list({ zh: '证明', en: 'Proof' }, attachment({ zh: '证明', en: 'Proof' }), 1, 20),
        }),
    },
    'confirm-cleared': {
      title: { zh: '确认已澄清', en: 'Confirm that your name is cleared' },
      role: 'subject',
      duty: 'inform',
      stage: 'handle',
      form: () =>
        z.discriminatedUnion('finding', [
          z.strictObject({ finding: tag('cleared', finding, { zh: '已澄清', en: 'Cleared' }) }),
          z.strictObject({
            finding: tag('missing', finding, { zh: '仍有未澄清之处', en: 'Something is missing' }),
            missing: longText({ zh: '还有哪些范围未澄清', en: 'Where it is not cleared yet' }),
          }),
        ]),
    },
    'judge-cleared': {
      title: { zh: '裁定澄清是否到位', en: 'Judge whether the name is cleared' },
      role: 'supervising-leader',
      duty: 'decide',
      stage: 'handle',
      form: () =>
        z.strictObject({
          finding: choice(finding, { enough: { zh: '已到位', en: 'Enough' }, again: { zh: '再次澄清', en: 'Once more' } }),
          reasons,
        }),
    },
    'remove-risk': {
      title: { zh: '消除风险', en: 'Remove the risk' },
      role: 'unit-leader',
      duty: 'inform',
      stage: 'prevent',
      form: () => note({ zh: '风险与消除情况', en: 'The risk, and how it was removed' }),
    },
    'warn-units': {
      title: { zh: '预警提示', en: 'Warn the units concerned' },
      role: 'officer',
      duty: 'handle',
      stage: 'prevent',
      form: () =>
        z.strictObject({
          units: list({ zh: '提示单位', en: 'Units' }, unit({ zh: '单位', en: 'Unit' }), 1, 20),
          warning: longText({ zh: '提示内容', en: 'Warning' }, 2000),
        }),
    },
    visit: {
      title: { zh: '慰问关爱', en: 'Visit, and offer help' },
      role: 'welfare-desk',
      duty: 'inform',
      stage: 'care',
      form: () => note({ zh: '看望情况，告知可用的伤病、心理服务', en: 'The visit, and which help was offered' }),
    },
    conclude: {
      title: { zh: '书面反馈结果', en: 'Tell the result in writing' },
      role: 'officer',
      duty: 'handle',
      stage: 'care',
      form: () => z.strictObject({ result: longText({ zh: '结果', en: 'Result' }) }),
    },
  },
  outcomes: ['protected', 'cleared', 'not-established', 'withheld'],
  outcomeTitles: {
    protected: { zh: '已维护权益', en: 'Protected' },
    cleared: { zh: '已澄清正名', en: 'Name cleared' },
    'not-established': { zh: '侵害不成立', en: 'Not established' },
    withheld: { zh: '不予支持', en: 'Not supported' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['subject'] } },
});

const kinds = { assault: '袭警', threat: '威胁', insult: '侮辱诽谤', 'false-accusation': '诬告陷害', doxxing: '泄露信息' };
