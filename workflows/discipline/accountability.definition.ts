import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { caseRef, choice, day, decision, longText, person, rule, tag, unrelated, verdict } from '../kit/fields.ts';
import { inquiryTasks, isTeam, noTeam, team } from './one-inquiry.definition.ts';
import { sanctionOf, sanctionTasks } from './sanction.definition.ts';

const reasons = longText({ zh: '理由', en: 'Reasons' });
const ground = () => rule({ zh: '依据的规定', en: 'Rule that it rests on' }, { inForceOn: 'form.actOn' });
const actOn = day({ zh: '行为发生日', en: 'Day of the act' });

/**
 * 领导责任追究: for leaders who concealed, sat on, shielded or falsified, or let an order go unheeded. The same fairness as in a discipline case: investigated by two, heard before decided, decided by two,
 * served with its remedies. @source domain.md 3.3
 */
export const Accountability = defineProcess({
  id: 'accountability',
  prefix: 'WZ',
  group: 'discipline',
  shape: 'I',
  title: { zh: '领导责任追究', en: 'Accountability of a leader' },
  confidentiality: 'confidential',
  startableBy: ['discipline-inspector', 'inspection-head', 'bureau-leader'],
  overseenBy: ['discipline-inspector'],
  subjectRole: 'reported',
  intake: () =>
    z.strictObject({
      leader: person({ zh: '被追究的领导', en: 'Leader concerned' }).optional(),
      heading: choice(
        { zh: '情形', en: 'What for' },
        {
          concealment: { zh: '隐瞒不报', en: 'Concealment' },
          'sitting-on-it': { zh: '压案不查', en: 'Sitting on a case' },
          shielding: { zh: '包庇袒护', en: 'Shielding' },
          falsification: { zh: '弄虚作假', en: 'Falsification' },
          'order-unheeded': { zh: '拒不执行督察决定', en: 'An order that was not carried out' },
        },
      ),
      facts: longText({ zh: '主要情况', en: 'What happened' }, 10_000),
      about: caseRef({ zh: '相关办件', en: 'Case that it follows from' }).optional(),
    }),
  subjectFrom: ({ leader }) => leader,
  caseTitle: ({ facts }) => `领导责任：${facts}`.slice(0, 60),
  first: ['file'],
  stages: { effect: { zh: '影响期', en: 'Period of effect' }, restore: { zh: '恢复', en: 'Restoration' } },
  tasks: {
    file: {
      title: { zh: '决定是否追究', en: 'Decide whether to look into it' },
      role: 'bureau-leader',
      duty: 'decide',
      adverse: true,
      form: () =>
        z.discriminatedUnion('decision', [
          z
            .strictObject({
              decision: tag('file', { zh: '启动追究', en: 'Look into it' }),
              leader: person({ zh: '被追究的领导', en: 'Leader concerned' }),
              actOn,
              ground: rule({ zh: '涉嫌违反的规定', en: 'Rule that may be broken' }, { inForceOn: 'form.actOn' }),
              ...team(),
              unrelated: unrelated(),
            })
            .refine(isTeam, noTeam),
          z.strictObject({ decision: tag('refuse', { zh: '不予追究', en: 'Do not' }), reasons }),
        ]),
    },
    ...inquiryTasks,
    decide: {
      title: { zh: '拟定追究决定', en: 'Draft the decision' },
      role: 'political-department',
      duty: 'decide',
      afterHearing: true,
      form: () =>
        z.discriminatedUnion('handling', [
          z.strictObject({ handling: tag('no-fault', { zh: '无责任', en: 'No responsibility' }), reasons }),
          z.strictObject({
            handling: tag('admonish', { zh: '通报、责令检查', en: 'Reprimand in writing' }),
            matter: longText({ zh: '通报或检查事项', en: 'What for' }),
            actOn,
            ground: ground(),
            reasons,
          }),
          sanctionOf('2', 'form.actOn').extend({ actOn }),
          sanctionOf('3', 'form.actOn').extend({ actOn }),
        ]),
    },
    'approve-decision': {
      title: { zh: '审批追究决定', en: 'Approve the decision' },
      role: 'bureau-leader',
      duty: 'decide',
      stage: 'decide',
      adverse: true,
      afterHearing: true,
      form: () =>
        z.discriminatedUnion('decision', [
          decision().options[0].extend({ unrelated: unrelated() }),
          decision().options[1],
          decision().options[2],
        ]),
    },
    'approve-again': {
      title: { zh: '受保护人员的二次审批', en: 'Second approval for a protected person' },
      role: 'supervising-leader',
      duty: 'decide',
      stage: 'decide',
      form: verdict,
    },
    ...sanctionTasks,
  },
  outcomes: ['refused', 'no-responsibility', 'reprimanded', 'sanctioned', 'quashed'],
  sealedBy: ['refused', 'no-responsibility', 'quashed'],
  outcomeTitles: {
    refused: { zh: '不予追究', en: 'Not looked into' },
    'no-responsibility': { zh: '无责任', en: 'No responsibility' },
    reprimanded: { zh: '通报、责令检查', en: 'Reprimanded' },
    sanctioned: { zh: '给予处分', en: 'Sanctioned' },
    quashed: { zh: '撤销并恢复', en: 'Quashed and made good' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['discipline-inspector', 'inspection-head'], stages: ['file'] } },
});
