import { z } from 'zod';
import { commonOutcomes, defineProcess } from '../kit/define.ts';
import { choice, day, decision, instant, list, longText, people, person, rule, shortText } from '../kit/fields.ts';

/**
 * 履职免责: no blame for duty done by the rules, judged by people of law, discipline and the officer's own trade. Asking for it harms nobody, and what it finds counts in the
 * officer's discipline case. @source domain.md 3.3
 */
export const DutyExemption = defineProcess({
  id: 'duty-exemption',
  prefix: 'MZ',
  group: 'protection',
  shape: 'R',
  title: { zh: '履职免责', en: 'Duty exemption' },
  confidentiality: 'confidential',
  startableBy: ['officer'],
  overseenBy: ['political-department', 'legal-adviser'],
  subjectRole: 'appellant',
  intake: () =>
    z.strictObject({
      what: longText({ zh: '履职经过', en: 'What was done on duty' }, 10_000),
      actOn: day({ zh: '履职日期', en: 'Day on which it was done' }),
      place: shortText({ zh: '地点', en: 'Where' }),
      recordings: list({ zh: '执法视频', en: 'Recordings' }, recording(), 1, 50).optional(),
    }),
  caseTitle: ({ actOn, place }) => `履职免责：${actOn} ${place}`.slice(0, 120),
  first: ['compose'],
  stages: {},
  tasks: {
    compose: {
      title: { zh: '组成评议组', en: 'Compose the panel' },
      role: 'political-department',
      duty: 'inform',
      form: () =>
        z
          .strictObject({
            investigator: person({ zh: '查明事实的人员', en: 'Who establishes the facts' }, { duty: 'handle' }),
            law: person({ zh: '法制成员', en: 'Member of law' }, { duty: 'decide', role: 'legal-adviser' }),
            discipline: person({ zh: '纪检成员', en: 'Member of discipline' }, { duty: 'decide', role: 'discipline-inspector' }),
            peers: people(
              { zh: '同行成员', en: 'Peers' },
              person({ zh: '同行成员', en: 'Peer' }, { duty: 'decide', role: 'peer-member' }),
              1,
              5,
            ),
          })
          .refine(({ investigator, law, discipline, peers }) => areDistinct([investigator, law, discipline, ...peers]), {
            error: '各成员须为不同的人，且不得查明事实 / members are different people, and none of them establishes the facts',
          }),
    },
    establish: {
      title: { zh: '查明事实、提出意见', en: 'Establish the facts and propose' },
      role: 'legal-adviser',
      duty: 'handle',
      form: () =>
        z.strictObject({
          facts: longText({ zh: '查明的事实', en: 'Facts' }, 10_000),
          recordings: list({ zh: '视频索引', en: 'Index of recordings' }, recording(), 1, 50),
          proposal: choice(
            { zh: '建议', en: 'Proposal' },
            {
              exempt: { zh: '免责', en: 'Exempt' },
              reduced: { zh: '减责', en: 'Reduced' },
              liable: { zh: '不予免责', en: 'Not exempt' },
            },
          ),
          ground: rule({ zh: '依据的规定', en: 'Rule that it rests on' }, { inForceOn: 'intake.actOn' }),
          reasons: longText({ zh: '理由', en: 'Reasons' }),
        }),
    },
    judge: {
      title: { zh: '评议表决', en: 'Judge as a member of the panel' },
      role: 'legal-adviser',
      duty: 'decide',
      seat: true,
      form: decision,
    },
  },
  outcomes: ['exempt', 'reduced', 'liable'],
  outcomeTitles: {
    exempt: { zh: '免责', en: 'Exempt' },
    reduced: { zh: '减责', en: 'Reduced' },
    liable: { zh: '不予免责', en: 'Not exempt' },
    ...commonOutcomes,
  },
  commands: { withdraw: { by: ['subject'], stages: ['compose', 'establish'] } },
});

/** Where it is found, never the recording itself. */
const recording = () =>
  z.strictObject({
    device: shortText({ zh: '记录仪编号或摄像头', en: 'Recorder or camera' }, 100),
    from: instant({ zh: '起', en: 'From' }),
    shows: shortText({ zh: '内容', en: 'What it shows' }),
  });

const areDistinct = (people: readonly string[]): boolean => new Set(people).size === people.length;
