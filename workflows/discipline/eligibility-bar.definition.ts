import { z } from 'zod';
import { sanctions } from '../../domain/sanctions.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { caseRef, choice, day, decision, longText, person, rule, verdict } from '../kit/fields.ts';

/** 限制: nobody under it is put forward for honours or promotion. It ends by itself, whoever forgets it. @source domain.md 3.2 */
export const EligibilityBar = defineProcess({
  id: 'eligibility-bar',
  prefix: 'XZ',
  group: 'discipline',
  shape: 'S',
  title: { zh: '评先晋升限制', en: 'Eligibility bar' },
  confidentiality: 'confidential',
  startableBy: ['political-department', 'discipline-inspector'],
  overseenBy: ['political-department', 'discipline-inspector'],
  subjectRole: 'subject',
  intake: () =>
    z.strictObject({
      person: person({ zh: '被限制人员', en: 'Person under the bar' }),
      bar: choice(
        { zh: '限制事项', en: 'What is barred' },
        { honours: { zh: '评先评优（当年）', en: 'Honours (the year)' }, promotion: { zh: '晋升', en: 'Promotion' } },
      ),
      sanction: choice({ zh: '依据的处理', en: 'Sanction that it follows from' }, sanctions),
      decidedOn: day({ zh: '处理决定生效日', en: 'Day on which the sanction took effect' }),
      actOn: day({ zh: '行为发生日', en: 'Day of the act' }),
      ground: rule({ zh: '依据的规定', en: 'Rule that it rests on' }, { inForceOn: 'intake.actOn' }),
      about: caseRef({ zh: '相关办件', en: 'Case that it follows from' }).optional(),
      explanation: longText({ zh: '说明', en: 'Explanation' }),
    }),
  subjectFrom: ({ person }) => person,
  caseTitle: ({ bar, sanction }) => `${bar === 'honours' ? '评先评优限制' : '晋升限制'}（${sanctions[sanction].zh}）`,
  first: ['approve'],
  firstWhenSpawned: [],
  stages: { 'in-force': { zh: '限制期内', en: 'In force' } },
  tasks: {
    approve: {
      title: { zh: '审批限制', en: 'Approve the bar' },
      role: 'bureau-leader',
      duty: 'decide',
      adverse: true,
      form: verdict,
    },
    'approve-again': {
      title: { zh: '受保护人员的二次审批', en: 'Second approval for a protected person' },
      role: 'supervising-leader',
      duty: 'decide',
      form: verdict,
    },
    'propose-lifting': {
      title: { zh: '提出提前解除', en: 'Propose an early end' },
      role: 'political-department',
      duty: 'handle',
      stage: 'in-force',
      form: () => z.strictObject({ reasons: longText({ zh: '提前解除的理由', en: 'Reasons for an early end' }) }),
    },
    'approve-lifting': {
      title: { zh: '审批提前解除', en: 'Decide on an early end' },
      role: 'bureau-leader',
      duty: 'decide',
      stage: 'in-force',
      form: decision,
    },
  },
  outcomes: ['refused', 'ended', 'lifted'],
  sealedBy: ['refused'],
  outcomeTitles: {
    refused: { zh: '未予限制', en: 'No bar' },
    ended: { zh: '限制期满', en: 'Ended by itself' },
    lifted: { zh: '提前解除', en: 'Lifted early' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['political-department'], stages: ['approve', 'approve-again'] } },
});
