import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { choice, decision, longText, person, tag } from '../kit/fields.ts';

const lookedBack = { zh: '回头看结论', en: 'Result' };
const found = { zh: '回头看情况', en: 'What was found' };

/** 整改: a directive to put something right, followed until someone else has verified it, and a third person that it lasts. @source domain.md 3.2 */
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
  stages: { provisional: { zh: '暂时销号', en: 'Closed provisionally' } },
  tasks: {
    sign: {
      title: { zh: '签收', en: 'Sign for it' },
      role: 'unit-leader',
      duty: 'inform',
      form: () =>
        z.strictObject({
          note: longText({ zh: '签收意见', en: 'Note' }),
          owner: person({ zh: '整改责任人', en: 'Who puts it right' }, { duty: 'handle' }).optional(),
        }),
    },
    do: {
      title: { zh: '落实整改', en: 'Put it right' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.strictObject({
          rootCause: longText({ zh: '根本原因', en: 'Root cause' }),
          measures: longText({ zh: '整改措施', en: 'Measures taken' }, 10_000),
          selfReview: longText({
            zh: '反躬自省（管理不当的，未附则另行交办）',
            en: 'Self-review (owed where management was at fault; asked for if left out)',
          }).optional(),
        }),
    },
    'self-review': {
      title: { zh: '反躬自省', en: 'Self-review' },
      role: 'unit-leader',
      duty: 'handle',
      stage: 'do',
      form: () =>
        z.strictObject({ selfReview: longText({ zh: '反躬自省', en: 'What management did wrong, and what it changes' }, 10_000) }),
    },
    verify: { title: { zh: '核验', en: 'Verify' }, role: 'supervision-desk', duty: 'decide', form: decision },
    'look-back': {
      title: { zh: '回头看', en: 'Look back' },
      role: 'supervision-desk',
      duty: 'review',
      stage: 'provisional',
      form: () =>
        z.discriminatedUnion('result', [
          z.strictObject({ result: tag('lasting', lookedBack, { zh: '保持', en: 'It lasts' }), found: longText(found) }),
          z.strictObject({ result: tag('relapsed', lookedBack, { zh: '反弹', en: 'It relapsed' }), found: longText(found) }),
        ]),
    },
  },
  outcomes: ['rectified', 'refused', 'relapsed'],
  outcomeTitles: {
    rectified: { zh: '整改到位', en: 'Put right' },
    relapsed: { zh: '再次反弹，移送督察', en: 'Relapsed again, referred to inspection' },
    refused: { zh: '整改不到位', en: 'Not put right' },
    ...commonOutcomes,
  },
  commands: {
    withdraw: { by: ['supervision-desk'] },
    transfer: { by: ['unit-leader', 'supervision-desk'], stages: ['sign', 'do'] },
  },
});
