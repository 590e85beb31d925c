import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { attachments, caseRef, day, decision, longText, note, shortText, tag, unit } from '../kit/fields.ts';

const fitness = { zh: '健康结论', en: 'Fitness' };
const answer = { zh: '本人意见', en: 'Your answer' };
const proposal = { zh: '岗位意见', en: 'Proposal' };
const reasons = (title = { zh: '理由', en: 'Reasons' }) => longText(title);
/** What ails someone stands in no form: the health desk keeps it, and cites it by number. */
const certificate = () => shortText({ zh: '健康岗留存的依据文书编号', en: 'Number of the paper that the health desk keeps' }, 100);
const limits = () => longText({ zh: '不宜从事的勤务（不写病情）', en: 'Duties to keep away from; no medical facts' }, 2000);
const isFit = () => z.strictObject({ fitness: tag('fit', fitness, { zh: '可以任职', en: 'Fit' }), certificate: certificate() });
const isLimited = () =>
  z.strictObject({
    fitness: tag('limited', fitness, { zh: '须避免部分职责', en: 'With duties to keep away from' }),
    limits: limits(),
    certificate: certificate(),
  });

const assessment = () => z.discriminatedUnion('fitness', [isLimited(), isFit()]);

const consent = () =>
  z.discriminatedUnion('answer', [
    z.strictObject({
      answer: tag('agreed', answer, { zh: '同意', en: 'I agree' }),
      signed: attachments(),
      wishes: longText({ zh: '要求', en: 'Wishes' }).optional(),
    }),
    z.strictObject({ answer: tag('refused', answer, { zh: '不同意', en: 'I do not agree' }), reasons: reasons() }),
  ]);

/**
 * 顶替调换: another post for who is unfit for front-line duty. Nobody is moved without agreeing to it, nor by one person's decision, and what becomes of it is looked at again after
 * ninety days. @source domain.md 3.2
 */
export const PostSubstitution = defineProcess({
  id: 'post-substitution',
  prefix: 'DT',
  group: 'hardship',
  shape: 'R',
  title: { zh: '顶替调换', en: 'Post substitution' },
  confidentiality: 'confidential',
  startableBy: ['officer'],
  overseenBy: ['political-department', 'health-desk'],
  subjectRole: 'appellant',
  intake: () =>
    z.strictObject({
      wish: longText(
        { zh: '不能胜任的勤务与希望（不写病情）', en: 'Duties that are too much, and what is wished; no medical facts' },
        2000,
      ),
      about: caseRef({ zh: '由何件引起', en: 'Case that it follows from' }).optional(),
    }),
  caseTitle: () => '顶替调换',
  first: ['assess'],
  stages: { 'in-new-post': { zh: '新岗位履职', en: 'In the new post' } },
  tasks: {
    assess: { title: { zh: '健康结论', en: 'Assess fitness' }, role: 'health-desk', duty: 'handle', form: assessment },
    contest: {
      title: { zh: '对健康结论提出异议', en: 'Contest the assessment' },
      role: 'subject',
      duty: 'inform',
      form: () => z.strictObject({ reasons: reasons() }),
    },
    'assess-again': {
      title: { zh: '另一人复评', en: 'Assess again, by someone else' },
      role: 'health-desk',
      duty: 'review',
      form: assessment,
    },
    propose: {
      title: { zh: '提出岗位', en: 'Propose a post' },
      role: 'political-department',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('proposal', [
          z.strictObject({
            proposal: tag('post', proposal, { zh: '提出岗位', en: 'A post' }),
            unit: unit({ zh: '接收单位', en: 'Receiving unit' }),
            post: shortText({ zh: '岗位', en: 'Post' }),
            duties: longText({ zh: '职责与勤务', en: 'Duties' }),
            from: day({ zh: '到岗日期', en: 'From' }),
            pay: longText({ zh: '职级与待遇（不因此降低）', en: 'Rank and pay, which it does not lower' }, 1000),
          }),
          z.strictObject({ proposal: tag('none', proposal, { zh: '没有合适岗位', en: 'No post fits' }), reasons: reasons() }),
        ]),
    },
    consent: { title: { zh: '本人书面意见', en: 'Agree or refuse, in writing' }, role: 'subject', duty: 'inform', form: consent },
    receive: { title: { zh: '接收单位审核', en: 'Decide, for the receiving unit' }, role: 'unit-leader', duty: 'decide', form: decision },
    approve: { title: { zh: '局领导审批', en: 'Approve' }, role: 'supervising-leader', duty: 'decide', form: decision },
    'hand-over': {
      title: { zh: '原岗位工作交接', en: 'Hand over the work of the old post' },
      role: 'unit-leader',
      duty: 'inform',
      form: () => note({ zh: '交接情况（办件、装备、钥匙、系统权限）', en: 'What went to whom: cases, equipment, keys, accounts' }),
    },
    welcome: {
      title: { zh: '新岗位安排到位', en: 'Settle in at the new post' },
      role: 'unit-leader',
      duty: 'inform',
      form: () => note({ zh: '带教人、勤务安排、需要的照顾', en: 'Who guides, which duties, what help' }),
    },
    review: {
      title: { zh: '期满复评', en: 'Review' },
      role: 'health-desk',
      duty: 'handle',
      form: () =>
        z.discriminatedUnion('fitness', [
          isFit(),
          isLimited(),
          z.strictObject({
            fitness: tag('lasting', fitness, { zh: '长期不适任', en: 'Lasting' }),
            limits: limits(),
            certificate: certificate(),
          }),
          z.strictObject({
            fitness: tag('left', fitness, { zh: '已离开', en: 'Has left' }),
            note: shortText({ zh: '离职日期与去向', en: 'When and whereto they left' }),
          }),
        ]),
    },
    'agree-to-stay': {
      title: { zh: '是否同意长期在新岗位', en: 'Stay in the new post for good?' },
      role: 'subject',
      duty: 'inform',
      form: consent,
    },
    'make-permanent': {
      title: { zh: '审批转为长期岗位', en: 'Make it permanent' },
      role: 'supervising-leader',
      duty: 'decide',
      form: decision,
    },
    return: {
      title: { zh: '安排返回原岗位', en: 'Return to the old post' },
      role: 'unit-leader',
      duty: 'inform',
      form: () => z.strictObject({ on: day({ zh: '返岗日期', en: 'From' }), note: longText({ zh: '安排', en: 'How' }) }),
    },
  },
  outcomes: ['fit', 'no-post', 'refused', 'returned', 'permanent', 'left'],
  outcomeTitles: {
    fit: { zh: '无需调换', en: 'Fit as they are' },
    'no-post': { zh: '未达成岗位', en: 'No post agreed' },
    refused: { zh: '未获批准', en: 'Refused' },
    returned: { zh: '返回原岗位', en: 'Back in the old post' },
    permanent: { zh: '转为长期岗位', en: 'Made permanent' },
    left: { zh: '已离职', en: 'Left the service' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['subject'], stages: ['assess', 'contest', 'assess-again', 'propose', 'consent', 'receive', 'approve'] } },
});
