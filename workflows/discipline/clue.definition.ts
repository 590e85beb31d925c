import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { day, decision, list, longText, people, person, rule, shortText, tag } from '../kit/fields.ts';

const decided = { zh: '处置意见', en: 'Decision' };
const reported = () => people({ zh: '被反映人', en: 'Who is reported' }, person({ zh: '被反映人', en: 'Person' }), 1, 20);
const leaders = () =>
  people({ zh: '可能知情、包庇的领导', en: 'Leaders who may know of it or cover it up' }, person({ zh: '领导', en: 'Leader' }), 1, 20);
const reply = () => longText({ zh: '告知举报人的内容', en: 'What the reporter is told' }, 2000);
const cited = {
  actOn: day({ zh: '行为发生日', en: 'Day of the act' }),
  ground: rule({ zh: '涉嫌违反的规定', en: 'Rule that may be broken' }, { inForceOn: 'form.actOn' }),
};

/** What somebody who is not signed in can say; persons by name, since they know no ids. */
export const anonymousClue = {
  content: longText({ zh: '反映的问题', en: 'What it is about' }, 10_000),
  who: shortText({ zh: '被反映人的姓名、单位、职务', en: 'Name, unit and post of whoever it is about' }).optional(),
  happenedOn: day({ zh: '发生日期', en: 'Day on which it happened' }).optional(),
  evidence: longText({ zh: '证据或线索来源', en: 'Evidence, or where it can be found' }, 5000).optional(),
};

/** Only where it had got about: an officer who never heard of a clue that came to nothing is left in peace. */
const damaged = () =>
  z.strictObject({
    person: person({ zh: '人员', en: 'Person' }),
    spreadIn: shortText({ zh: '传播范围', en: 'Circle in which it was spread' }),
  });

const assessment = () =>
  z.discriminatedUnion('decision', [
    z.strictObject({
      decision: tag('unfounded', decided, { zh: '不属实', en: 'Unfounded' }),
      reasons: longText({ zh: '不实的理由', en: 'Why it is unfounded' }),
      reply: reply(),
      clear: list({ zh: '须澄清正名的人员', en: 'Whose name has to be cleared' }, damaged(), 1, 20).optional(),
    }),
    z.strictObject({
      decision: tag('talk', decided, { zh: '谈话', en: 'Talk' }),
      persons: reported(),
      matter: longText({ zh: '约谈事由', en: 'What to talk about' }),
      ...cited,
      reply: reply(),
    }),
    z.strictObject({
      decision: tag('preliminary-check', decided, { zh: '初步核实', en: 'Preliminary check' }),
      plan: longText({ zh: '初核方案', en: 'What will be checked' }),
    }),
    z.strictObject({
      decision: tag('file', decided, { zh: '立案', en: 'File' }),
      persons: reported(),
      reasons: longText({ zh: '立案理由', en: 'Why it is filed' }),
      ...cited,
      reply: reply(),
    }),
    z.strictObject({
      decision: tag('ask', decided, { zh: '向举报人核实', en: 'Ask the reporter' }),
      question: longText({ zh: '需向举报人核实的问题', en: 'Question to the reporter' }, 2000),
    }),
  ]);

/**
 * 问题线索: registered at once, never withdrawn or deleted. Who does not decide it in time loses it to the level above (压案不查 guard). Those reported, their relatives and the leaders
 * who are named take no part and never learn who reported. @source domain.md 3.2
 */
export const Clue = defineProcess({
  id: 'clue',
  prefix: 'XS',
  group: 'discipline',
  shape: 'R',
  title: { zh: '问题线索', en: 'Clue' },
  confidentiality: 'confidential',
  startableBy: ['officer'],
  overseenBy: ['discipline-inspector'],
  subjectRole: 'reporter',
  intake: () => z.strictObject({ ...anonymousClue, reported: reported().optional(), leaders: leaders().optional() }),
  caseTitle: ({ who }) => (who === undefined ? '问题线索' : `问题线索：${who}`).slice(0, 120),
  withholdsName: () => true,
  parties: ({ reported = [], leaders = [] }) =>
    [...new Set([...reported, ...leaders])].map((each) => ({ person: each, role: 'reported' as const })),
  first: ['identify'],
  stages: {},
  tasks: {
    identify: {
      title: { zh: '核对被反映人', en: 'Identify who is reported' },
      role: 'discipline-inspector',
      duty: 'inform',
      form: () =>
        z.strictObject({
          reported: reported().optional(),
          leaders: leaders().optional(),
          remarks: longText({ zh: '说明', en: 'Remarks' }).optional(),
        }),
    },
    assess: { title: { zh: '评估处置', en: 'Assess' }, role: 'discipline-inspector', duty: 'handle', form: assessment },
    'assess-above': {
      title: { zh: '上一级评估处置', en: 'Assess, one level up' },
      role: 'supervising-leader',
      duty: 'handle',
      form: assessment,
    },
    'assess-at-top': {
      title: { zh: '主要领导评估处置', en: 'Assess, at the top' },
      role: 'bureau-leader',
      duty: 'handle',
      form: assessment,
    },
    'answer-question': {
      title: { zh: '回答核实问题', en: 'Answer a question' },
      role: 'subject',
      duty: 'inform',
      form: () => z.strictObject({ answer: longText({ zh: '回答', en: 'Answer' }, 10_000) }),
    },
    check: {
      title: { zh: '初步核实', en: 'Preliminary check' },
      role: 'discipline-inspector',
      duty: 'handle',
      form: () => z.strictObject({ findings: longText({ zh: '核实情况', en: 'Findings' }, 10_000) }),
    },
    'confirm-unfounded': {
      title: { zh: '复核不实结论', en: 'Confirm that it is unfounded' },
      role: 'supervising-leader',
      duty: 'decide',
      form: decision,
    },
  },
  outcomes: ['unfounded', 'talk', 'filed'],
  outcomeTitles: {
    unfounded: { zh: '不属实，了结', en: 'Unfounded' },
    talk: { zh: '谈话处理', en: 'Talk' },
    filed: { zh: '立案', en: 'Filed' },
    ...commonOutcomes,
  },
  commands: {},
});
