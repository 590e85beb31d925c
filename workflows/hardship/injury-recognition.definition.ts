import { z } from 'zod';
import type { TaskDefinition } from '../kit/define.ts';
import { choice, day, longText, rule, shortText, tag, verdict, yesNo } from '../kit/fields.ts';

const finding = { zh: '结论', en: 'Finding' };
const nature = { zh: '性质', en: 'Nature' };
const reasons = () => longText({ zh: '理由', en: 'Reasons' });
const ground = () => rule({ zh: '依据的规定', en: 'Rule that it rests on' });
const certificate = () => shortText({ zh: '文书编号', en: 'Number of the paper' }, 100);

const natureForm = () =>
  z.discriminatedUnion('nature', [
    z.strictObject({
      nature: tag('duty-injury', nature, { zh: '因公负伤', en: 'Duty injury' }),
      track: choice(
        { zh: '认定途径', en: 'Track of recognition' },
        {
          'work-injury': { zh: '工伤认定（辅警、职工）', en: 'Work injury (auxiliaries and staff)' },
          disability: { zh: '因公伤残评定（民警）', en: 'Duty disability (police officers)' },
        },
      ),
      facts: longText({ zh: '事实', en: 'Facts' }, 10_000),
      ground: ground(),
    }),
    z.strictObject({
      nature: tag('illness', nature, { zh: '疾病或者非因公受伤', en: 'Illness, or no duty injury' }),
      reasons: reasons(),
      ground: ground(),
    }),
  ]);

const filing = () =>
  z.strictObject({
    filedOn: day({ zh: '申请日期', en: 'Filed on' }),
    certificate: certificate(),
    undisputed: yesNo({ zh: '事实清楚、权利义务明确', en: 'The facts are clear and nobody disputes them' }),
  });

const authorityDecision = () =>
  z.discriminatedUnion('finding', [
    z.strictObject({
      finding: tag('recognised', finding, { zh: '予以认定', en: 'Recognised' }),
      certificate: certificate(),
      grade: shortText({ zh: '伤残等级', en: 'Grade of disability' }, 40).optional(),
    }),
    z.strictObject({
      finding: tag('refused', finding, { zh: '不予认定', en: 'Not recognised' }),
      certificate: certificate(),
      reasons: reasons(),
      ground: ground(),
    }),
  ]);

/** What an injury is, and what it entitles to. @source domain.md 3.1; Regulations on Work Injury Insurance art. 14, 17, 20, 55 */
export const recognitionTasks = {
  nature: {
    title: { zh: '认定性质', en: 'Nature of the injury' },
    role: 'welfare-desk',
    duty: 'handle',
    stage: 'recognition',
    medical: true,
    form: natureForm,
  },
  'answer-nature': {
    title: { zh: '对性质认定陈述意见', en: 'State your view of its nature' },
    role: 'subject',
    duty: 'inform',
    stage: 'recognition',
    medical: true,
    form: () => z.strictObject({ statement: longText({ zh: '意见', en: 'Your view' }) }),
  },
  'confirm-nature': {
    title: { zh: '复核非因公', en: 'Confirm that it is no duty injury' },
    role: 'political-department',
    duty: 'decide',
    stage: 'recognition',
    adverse: true,
    medical: true,
    form: verdict,
  },
  'confirm-nature-again': {
    title: { zh: '受保护人员的再次复核', en: 'Confirm it again, for a protected person' },
    role: 'political-department',
    duty: 'decide',
    stage: 'recognition',
    medical: true,
    form: verdict,
  },
  'file-work-injury': {
    title: { zh: '申请工伤认定', en: 'File for a work injury' },
    role: 'welfare-desk',
    duty: 'handle',
    stage: 'recognition',
    medical: true,
    form: filing,
  },
  'work-injury-decision': {
    title: { zh: '工伤认定结论', en: 'Decision on the work injury' },
    role: 'welfare-desk',
    duty: 'handle',
    stage: 'recognition',
    medical: true,
    form: authorityDecision,
  },
  'file-disability': {
    title: { zh: '申请因公伤残评定', en: 'File for a duty disability' },
    role: 'welfare-desk',
    duty: 'handle',
    stage: 'recognition',
    medical: true,
    form: filing,
  },
  'disability-decision': {
    title: { zh: '伤残评定结论', en: 'Decision on the duty disability' },
    role: 'welfare-desk',
    duty: 'handle',
    stage: 'recognition',
    medical: true,
    form: authorityDecision,
  },
  'ask-review': {
    title: { zh: '是否申请复议、复核', en: 'Ask for the decision to be reviewed?' },
    role: 'subject',
    duty: 'inform',
    stage: 'recognition',
    medical: true,
    form: () => z.strictObject({ reasons: reasons() }),
  },
  aid: {
    title: { zh: '是否需要救助', en: 'Is aid needed?' },
    role: 'welfare-desk',
    duty: 'handle',
    stage: 'recognition',
    medical: true,
    form: () =>
      z.discriminatedUnion('finding', [
        z.strictObject({ finding: tag('none', finding, { zh: '不需要', en: 'None needed' }) }),
        z.strictObject({
          finding: tag('needed', finding, { zh: '需要', en: 'Needed' }),
          cause: longText({ zh: '事由（不写病情）', en: 'Cause; no medical facts' }, 2000),
          urgent: yesNo({ zh: '急需', en: 'Urgent' }).optional(),
        }),
      ]),
  },
} satisfies Record<string, TaskDefinition>;
