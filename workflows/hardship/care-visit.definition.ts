import { z } from 'zod';
import { defineProcess } from '../kit/define.ts';
import { choice, day, longText, shortText } from '../kit/fields.ts';
import { need, period, roundOutcomes, roundOutcomeTitles, roundStages, roundTasks } from '../kit/round-form.ts';

/**
 * 登门优抚慰问: whoever is on file for hardship or an injury is visited each quarter, and before the festivals and memorial days that the policy names. Coverage is 100 %.
 * @source domain.md §3.2
 */
export const CareVisit = defineProcess({
  id: 'care-visit',
  prefix: 'WW',
  group: 'hardship',
  shape: 'C',
  title: { zh: '登门优抚慰问', en: 'Care visits' },
  confidentiality: 'internal',
  startableBy: [],
  overseenBy: ['welfare-desk', 'political-department'],
  subjectRole: 'subject',
  round: { every: 'quarter', day: 1 },
  intake: period,
  caseTitle: ({ period: which }) => `${which} 登门优抚慰问`,
  first: [],
  items: {
    visit: {
      title: { zh: '登门慰问', en: 'Visit' },
      roster: 'on-file',
      role: 'unit-leader',
      form: () =>
        z.strictObject({
          metOn: day({ zh: '慰问日期', en: 'Day of the visit' }),
          where: choice(
            { zh: '慰问地点', en: 'Where' },
            {
              home: { zh: '家中', en: 'At home' },
              hospital: { zh: '医院', en: 'In hospital' },
              elsewhere: { zh: '其他', en: 'Elsewhere' },
            },
          ),
          circumstances: longText({ zh: '生活和家庭情况', en: 'How they and the family are' }),
          given: shortText({ zh: '慰问金、慰问品', en: 'What was given' }).optional(),
          need: need(),
        }),
    },
  },
  stages: roundStages,
  tasks: roundTasks('welfare-desk'),
  outcomes: roundOutcomes,
  outcomeTitles: roundOutcomeTitles,
  commands: { cancel: { by: ['bureau-leader'] } },
});
