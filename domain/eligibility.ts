import type { PlainDate, Text } from './ids.ts';
import { monthsAfter } from './months.ts';
import type { Sanction } from './sanctions.ts';
import type { Milliseconds } from './time-zone.ts';

/** What may limit a person's rights for a time. */
export const restrictionKinds = {
  honours: { zh: '评先评优限制', en: 'Bar to honours' },
  promotion: { zh: '晋升限制', en: 'Bar to promotion' },
  suspension: { zh: '停止执行职务', en: 'Suspension from duty' },
  confinement: { zh: '禁闭', en: 'Confinement' },
} satisfies Record<string, Text>;
export type RestrictionKind = keyof typeof restrictionKinds;
export type Bar = Extract<RestrictionKind, 'honours' | 'promotion'>;
export type Measure = Exclude<RestrictionKind, Bar>;

/** What someone may be put forward for. */
export type Purpose = Bar;

/** Calendar months without promotion. @source domain.md §3.2 `eligibility-bar`; Law on Administrative Sanctions for Public Employees art. 8 */
export const promotionBarMonths: Readonly<Record<Sanction, number>> = {
  admonition: 6,
  warning: 6,
  demerit: 12,
  'major-demerit': 18,
  demotion: 24,
  removal: 24,
};

/**
 * The days of a bar, both included: no honours for the rest of the year of the decision, no promotion for the months of the sanction.
 * @source domain.md §3.2 `eligibility-bar`
 */
export function barDays(bar: Bar, sanction: Sanction, decidedOn: PlainDate): { readonly from: PlainDate; readonly until: PlainDate } {
  const yearEnd = `${decidedOn.slice(0, 4)}-12-31` as PlainDate;
  return { from: decidedOn, until: bar === 'honours' ? yearEnd : monthsAfter(decidedOn, promotionBarMonths[sanction]) };
}

/** A stretch of time; its end is not part of it. */
export interface Span {
  readonly from: Milliseconds;
  readonly until: Milliseconds;
}

/**
 * Which of a person's restrictions stand against a purpose in the time that is asked for. Their dates alone decide: an open case is no bar, and whether a timer has fired
 * is never asked.
 * @param asked a day, or what is left of today
 * @param measuresBar whether someone suspended or confined can't be put forward (policy)
 * @returns what lasts longest first
 * @source domain.md §4.4
 */
export const reasonsAgainst = <R extends Span & { readonly kind: RestrictionKind }>(
  purpose: Purpose,
  restrictions: readonly R[],
  { asked, measuresBar }: { readonly asked: Span; readonly measuresBar: boolean },
): readonly R[] =>
  restrictions
    .filter(({ kind }) => kind === purpose || (measuresBar && (kind === 'suspension' || kind === 'confinement')))
    .filter(({ from, until }) => from < asked.until && until > asked.from)
    .toSorted((a, b) => b.until - a.until);
