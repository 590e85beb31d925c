import { z } from 'zod';
import { defineProcess } from '../kit/define.ts';
import { day, longText, people, person } from '../kit/fields.ts';
import { period, roundOutcomes, roundOutcomeTitles, roundStages, roundTasks } from '../kit/round-form.ts';

/** 走访: every unit is visited and every member of staff met, each quarter. Whoever is met on the visit of a unit is covered with it. @source domain.md §3.4 */
export const GrassrootsVisit = defineProcess({
  id: 'grassroots-visit',
  prefix: 'ZF',
  group: 'service',
  shape: 'C',
  title: { zh: '走访', en: 'Visits to the grass roots' },
  confidentiality: 'internal',
  startableBy: [],
  overseenBy: ['political-department', 'supervision-desk'],
  subjectRole: 'subject',
  round: { every: 'quarter', day: 1 },
  intake: period,
  caseTitle: ({ period: which }) => `${which} 走访基层`,
  first: [],
  items: {
    'visit-unit': {
      title: { zh: '走访单位', en: 'Visit the unit' },
      roster: 'units',
      role: 'supervising-leader',
      meets: 'meet',
      form: () =>
        z.strictObject({
          metOn: day({ zh: '走访日期', en: 'Day of the visit' }),
          found: longText({ zh: '了解到的情况', en: 'What was found' }),
          problems: longText({ zh: '反映的问题', en: 'Problems raised' }).optional(),
          met: people({ zh: '见面的人员', en: 'Whom you met' }, person({ zh: '人员', en: 'Person' }), 1, 500).optional(),
        }),
    },
    meet: {
      title: { zh: '见面', en: 'Meet' },
      roster: 'staff',
      role: 'supervising-leader',
      form: () =>
        z.strictObject({
          metOn: day({ zh: '见面日期', en: 'Day on which you met' }),
          raised: longText({ zh: '反映的问题', en: 'What was raised' }).optional(),
        }),
    },
  },
  stages: roundStages,
  tasks: roundTasks('political-department'),
  outcomes: roundOutcomes,
  outcomeTitles: roundOutcomeTitles,
  commands: { cancel: { by: ['bureau-leader'] } },
});
