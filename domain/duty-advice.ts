import type { Text } from './ids.ts';

/** All that a unit ever learns from those who care for one of its people (domain.md §3.4 `mental-health`, §3.1 `injury-care`). */
export const dutyAdvice = {
  fit: { zh: '可以正常履职', en: 'fit for duty' },
  'adjust-duties': { zh: '建议调整勤务', en: 'duties should be adjusted' },
} satisfies Record<string, Text>;
export type DutyAdvice = keyof typeof dutyAdvice;
export const dutyAdvices = Object.keys(dutyAdvice) as [DutyAdvice, ...DutyAdvice[]];
