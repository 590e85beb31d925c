import { z } from 'zod';
import { directiveSources } from '../../domain/directive-table.ts';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { attachments, caseRef, choice, decision, list, longText, person, shortText, tier, unit } from '../kit/fields.ts';

const issuer = ['opener', 'supervision-desk'] as const;
const underWay = ['sign', 'plan', 'progress', 'result'];

/** 督办: a directive with an owner, a tier in days and checkpoints, followed up until someone else has verified it. @source domain.md 3.1 */
export const Supervision = defineProcess({
  id: 'supervision',
  prefix: 'DB',
  group: 'management',
  shape: 'D',
  title: { zh: '督办', en: 'Supervision' },
  confidentiality: 'internal',
  startableBy: ['supervision-desk', 'supervising-leader', 'bureau-leader'],
  overseenBy: ['supervision-desk'],
  subjectRole: 'subject',
  intake: () =>
    z.strictObject({
      source: choice({ zh: '来源', en: 'Source' }, directiveSources),
      title: shortText({ zh: '督办事项', en: 'Matter' }, 120),
      order: longText({ zh: '督办要求', en: 'What is to be done' }, 10_000),
      tier: tier({ zh: '督办时限（天）', en: 'Tier (days)' }),
      supporting: list({ zh: '协办单位', en: 'Supporting units' }, unit({ zh: '协办单位', en: 'Supporting unit' }), 1, 30).optional(),
      about: caseRef({ zh: '相关办件', en: 'Case that it is about' }).optional(),
    }),
  counts: ['source', 'tier'],
  caseTitle: ({ title }) => title,
  first: ['sign'],
  stages: {},
  tasks: {
    sign: {
      title: { zh: '签收', en: 'Sign for it' },
      role: 'unit-leader',
      duty: 'inform',
      checkpoints: [1],
      form: () =>
        z.strictObject({
          handler: person({ zh: '承办人', en: 'Who does it' }, { duty: 'handle' }),
          remarks: longText({ zh: '签收意见', en: 'Remarks' }).optional(),
        }),
    },
    plan: {
      title: { zh: '制定方案', en: 'Plan' },
      role: 'unit-leader',
      duty: 'handle',
      form: () => z.strictObject({ plan: longText({ zh: '落实方案', en: 'How it will be done' }, 10_000) }),
    },
    progress: {
      title: { zh: '报告进展', en: 'Report progress' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.strictObject({
          state: choice(
            { zh: '进展', en: 'State' },
            {
              'under-way': { zh: '正在推进', en: 'Under way' },
              completed: { zh: '已落实，将提交结果', en: 'Done; the result follows' },
            },
          ),
          report: longText({ zh: '进展情况', en: 'Report' }, 10_000),
          obstacles: longText({ zh: '困难与需协调事项', en: 'Obstacles, and what needs coordination' }).optional(),
        }),
    },
    support: {
      title: { zh: '协办', en: 'Supporting part' },
      role: 'unit-leader',
      duty: 'handle',
      stage: 'sign',
      form: () => z.strictObject({ report: longText({ zh: '协办情况', en: 'What was contributed' }, 10_000) }),
    },
    result: {
      title: { zh: '提交结果', en: 'Submit the result' },
      role: 'unit-leader',
      duty: 'handle',
      form: () =>
        z.strictObject({
          result: longText({ zh: '落实结果', en: 'Result' }, 10_000),
          evidence: list(
            { zh: '佐证材料', en: 'Evidence' },
            shortText({ zh: '材料名称、文号或存放处', en: 'Document, its number or where it is kept' }, 500),
            1,
            50,
          ),
          attachments: attachments(),
        }),
    },
    verify: { title: { zh: '核验', en: 'Verify' }, role: 'supervision-desk', duty: 'decide', form: decision },
  },
  outcomes: ['done', 'referred'],
  outcomeTitles: {
    done: { zh: '落实到位', en: 'Done and verified' },
    referred: { zh: '未落实，移送督察', en: 'Not done, referred to inspection' },
    ...commonOutcomes,
  },
  extendedBy: 'opener',
  commands: {
    cancel: { by: issuer },
    amend: { by: issuer },
    split: { by: issuer, stages: underWay },
    suspend: { by: issuer },
    transfer: { by: ['supervision-desk'], stages: underWay },
    merge: { by: issuer, stages: underWay },
  },
});
