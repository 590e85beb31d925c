import type { PlainDate, Text } from './ids.ts';

/** Sorts of rules that a bureau works by. @source domain.md §3.5 */
export const ruleKinds = {
  law: { zh: '法律', en: 'Law' },
  regulation: { zh: '行政法规、规章', en: 'Regulation' },
  'police-discipline': { zh: '人民警察纪律条令', en: 'Discipline regulations for the police' },
  'five-prohibitions': { zh: '五条禁令', en: 'Five prohibitions' },
  'three-disciplines': { zh: '三项纪律', en: 'Three disciplines' },
  'all-without-exception': { zh: '八个一律', en: 'Eight "all without exception"' },
  'six-rules': { zh: '六项规定', en: 'Six rules' },
  party: { zh: '党内法规', en: 'Party regulation' },
  bureau: { zh: '本局规定', en: "The bureau's own rule" },
} satisfies Record<string, Text>;
export type RuleKind = keyof typeof ruleKinds;

/** A rule that a form cites, with the day on which it must have been in force: that of the act (domain.md §4.8). */
export interface Citation {
  readonly rule: string;
  readonly on: PlainDate;
}
