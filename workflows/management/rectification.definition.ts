import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { choice, decision, longText, note } from '../kit/fields.ts';

/** 整改: a directive to put something right, followed until someone else has verified it. @source domain.md 3.2 */
export const Rectification = defineProcess({
  id: 'rectification',
  prefix: 'ZG',
  group: 'management',
  shape: 'D',
  title: { zh: '整改', en: 'Rectification' },
  confidentiality: 'internal',
  startableBy: ['supervision-desk', 'inspector', 'bureau-leader'],
  overseenBy: ['supervision-desk'],
  subjectRole: 'subject',
  intake: () =>
    z.strictObject({
      cause: choice(
        { zh: '原因类别', en: 'Class of cause' },
        {
          management: { zh: '管理不当', en: 'Management' },
          policy: { zh: '制度缺陷', en: 'Policy' },
          conduct: { zh: '个人行为', en: 'Conduct' },
        },
      ),
      order: longText({ zh: '整改要求', en: 'What is to be put right' }, 10_000),
    }),
  caseTitle: ({ order }) => order.slice(0, 60),
  first: ['sign'],
  stages: {},
  tasks: {
    sign: {
      title: { zh: '签收', en: 'Sign for it' },
      role: 'unit-leader',
      duty: 'inform',
      form: () => note({ zh: '签收意见', en: 'Note' }),
    },
    do: {
      title: { zh: '落实整改', en: 'Put it right' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.strictObject({
          rootCause: longText({ zh: '根本原因', en: 'Root cause' }),
          measures: longText({ zh: '整改措施', en: 'Measures taken' }, 10_000),
          selfReview: longText({ zh: '反躬自省（管理不当的必填）', en: 'Self-review (owed where management was at fault)' }).optional(),
        }),
    },
    verify: { title: { zh: '核验', en: 'Verify' }, role: 'supervision-desk', duty: 'decide', form: decision },
  },
  outcomes: ['rectified', 'refused'],
  outcomeTitles: {
    rectified: { zh: '整改到位', en: 'Put right' },
    refused: { zh: '整改不到位', en: 'Not put right' },
    ...commonOutcomes,
  },
  commands: {
    withdraw: { by: ['supervision-desk'] },
    transfer: { by: ['unit-leader', 'supervision-desk'], stages: ['sign', 'do'] },
  },
});
