import type { Text } from './ids.ts';

/** What a decision may impose, the lightest first. @source domain.md §3.2 `eligibility-bar`; Law on Administrative Sanctions for Public Employees art. 7; People's Police Law art. 48 */
export const sanctions = {
  admonition: { zh: '诫勉', en: 'Admonition' },
  warning: { zh: '警告', en: 'Warning' },
  demerit: { zh: '记过', en: 'Demerit' },
  'major-demerit': { zh: '记大过', en: 'Major demerit' },
  demotion: { zh: '降级', en: 'Demotion' },
  removal: { zh: '撤职', en: 'Removal from post' },
} satisfies Record<string, Text>;

export type Sanction = keyof typeof sanctions;
export const sanctionIds = Object.keys(sanctions) as [Sanction, ...Sanction[]];

/** Whether one sanction is lighter than another: they stand in the order of their weight. */
export const isLighter = (one: Sanction, other: Sanction): boolean => sanctionIds.indexOf(one) < sanctionIds.indexOf(other);

/** 四种形态 */
export const formsOfHandling = {
  '1': { zh: '谈话提醒、批评教育', en: 'Talk and remind' },
  '2': { zh: '轻处分、组织调整', en: 'Light sanction or reassignment' },
  '3': { zh: '重处分、重大职务调整', en: 'Heavy sanction' },
  '4': { zh: '移送司法机关', en: 'Referral to prosecution' },
} satisfies Record<string, Text>;
