import { z } from 'zod';
import { defineProcess } from '../kit/define.ts';
import { day, longText, shortText } from '../kit/fields.ts';
import { need, period, roundOutcomes, roundOutcomeTitles, roundStages, roundTasks } from '../kit/round-form.ts';

/**
 * 交心谈心: every member of staff is talked to at least once a quarter. What is said stays between the two who talked; a need that was raised becomes an appeal only if the person
 * says so. @source domain.md §3.4
 */
export const HeartTalk = defineProcess({
  id: 'heart-talk',
  prefix: 'TX',
  group: 'service',
  shape: 'C',
  title: { zh: '交心谈心', en: 'Heart-to-heart talks' },
  confidentiality: 'internal',
  startableBy: [],
  overseenBy: ['political-department'],
  subjectRole: 'subject',
  round: { every: 'quarter', day: 1 },
  intake: period,
  caseTitle: ({ period: which }) => `${which} 交心谈心`,
  first: [],
  items: {
    talk: {
      title: { zh: '谈心', en: 'Talk' },
      roster: 'staff',
      role: 'unit-leader',
      confidential: true,
      form: () =>
        z.strictObject({
          metOn: day({ zh: '谈心日期', en: 'Day of the talk' }),
          place: shortText({ zh: '地点', en: 'Place' }).optional(),
          content: longText({ zh: '谈话内容（仅谈心双方可见）', en: 'What was said (for the two of you only)' }),
          need: need(),
        }),
    },
  },
  stages: roundStages,
  tasks: roundTasks('political-department'),
  outcomes: roundOutcomes,
  outcomeTitles: roundOutcomeTitles,
  commands: { cancel: { by: ['bureau-leader'] } },
});
