import type { PlainDate } from './ids.ts';

/** How often a recurring duty comes round, and on which day of the period it opens. @source domain.md §2 "Round" */
export interface Rhythm {
  readonly every: 'month' | 'quarter' | 'year';
  /** Day of the period's first month, 1–28. */
  readonly day: number;
}

const monthsIn = { month: 1, quarter: 3, year: 12 } satisfies Record<Rhythm['every'], number>;

/** The period that is open on a day: `2026-11`, `2026-Q4` or `2026`; before its opening day it is still the one before. */
export const periodOn = (rhythm: Rhythm, on: PlainDate): string => nameOf(rhythm, indexOn(rhythm, on));

/**
 * The periods to be opened on a day, the earliest first: each that has come since the last one that was opened, so that none is lost to an outage.
 * @param last null where none was ever opened: what lies before a bureau's first period is not made up for
 */
export function periodsDue(rhythm: Rhythm, last: string | null, on: PlainDate): string[] {
  const current = indexOn(rhythm, on);
  const first = last === null ? current : indexOf(rhythm, last) + 1;
  return Array.from({ length: Math.max(0, current - first + 1) }, (_, index) => nameOf(rhythm, first + index));
}

/** The period after it. */
export const nextPeriodOn = (rhythm: Rhythm, on: PlainDate): string => nameOf(rhythm, indexOn(rhythm, on) + 1);

/** Whether a period of a round is an occasion of its year (occasions.ts), and not a month, quarter or year. */
export const isOccasion = (period: string): boolean => !/^\d{4}(-(Q\d|\d\d))?$/.test(period);

/** Periods are numbered from the year 0 on. */
function indexOn({ every, day }: Rhythm, on: PlainDate): number {
  const [year = 0, month = 0, dayOfMonth = 0] = on.split('-').map(Number);
  const months = year * 12 + month - 1;
  const isBefore = months % monthsIn[every] === 0 && dayOfMonth < day;
  return Math.floor(months / monthsIn[every]) - (isBefore ? 1 : 0);
}

function nameOf({ every }: Rhythm, index: number): string {
  const months = index * monthsIn[every];
  const year = String(Math.floor(months / 12)).padStart(4, '0');
  if (every === 'year') return year;
  return every === 'quarter' ? `${year}-Q${(index % 4) + 1}` : `${year}-${String((months % 12) + 1).padStart(2, '0')}`;
}

function indexOf({ every }: Rhythm, period: string): number {
  const [year = '', part = '1'] = period.split('-');
  const nth = every === 'year' ? 0 : Number(part.replace('Q', '')) - 1;
  return (Number(year) * 12) / monthsIn[every] + nth;
}
