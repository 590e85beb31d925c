/*
 * 统计数字 (domain.md §5). Counters of them are kept with every step (store/figures/counted.ts): a figure is read, not counted.
 */

/** What is counted. Months and weeks are those of the bureau's zone; a week begins on Monday. */
export const figureMeasures = [
  /** Cases by the week and the month in which they were opened or, by outcome, closed. */
  'opened-week',
  'opened-month',
  'closed-week',
  'closed-month',
  /** Cases that are open now, by the level of their escalation. */
  'open',
  /** The same by the week in which they were opened. */
  'open-since',
  /** The same by the day by which somebody owes them something next. */
  'due',
  /** Open tasks by who has them and the day on which they are due; `infinity` where they have no date or their clock stands still. */
  'held',
  /** Cases opened again, by the month of their first opening. */
  'reopened',
  /** Tasks by the month in which they were done, with how long they took; `result@7` where a tier set the limit. */
  'done-in-time',
  'done-late',
  /** Cases by what a form said (`counts` of its task), by the month in which it did: `route=policy`. */
  'label',
] as const;
export type FigureMeasure = (typeof figureMeasures)[number];

/** One more of something. */
export interface Counted {
  readonly measure: FigureMeasure;
  /** First day of the period or the day itself, `YYYY-MM-DD`; `infinity` where there is none. */
  readonly day: string;
  readonly key: string;
  /** @see bucketOf */
  readonly bucket: number;
}

const MINUTE_MS = 60_000;
/** 45 half doublings of a minute are eleven years. */
const LAST_BUCKET = 45;

/** Durations are kept in half steps of a doubling: 0 up to a minute, then 1 up to 1.4 minutes, 2 up to two … */
export const bucketOf = (ms: number): number => (ms < MINUTE_MS ? 0 : Math.min(LAST_BUCKET, 1 + Math.floor(2 * Math.log2(ms / MINUTE_MS))));

/** From when to when a bucket reaches, in milliseconds. */
const bounds = (bucket: number): readonly [number, number] =>
  bucket === 0 ? [0, MINUTE_MS] : [MINUTE_MS * 2 ** ((bucket - 1) / 2), MINUTE_MS * 2 ** (bucket / 2)];

/**
 * How long it took a share of them at most, in milliseconds, to within half a doubling at worst: between the bounds of a bucket all places are taken as equally likely.
 * @param of how many took how long
 * @param share 0.5 for the median, 0.9 for p90
 * @returns null where there are none
 */
export function quantile(of: readonly { readonly bucket: number; readonly n: number }[], share: number): number | null {
  const filled = of.filter(({ n }) => n > 0).toSorted((one, other) => one.bucket - other.bucket);
  let left = share * filled.reduce((sum, { n }) => sum + n, 0);
  for (const { bucket, n } of filled) {
    const [from, to] = bounds(bucket);
    if (left <= n) return from + ((to - from) * left) / n;
    left -= n;
  }
  return null;
}

/** Sealed cases are counted in groups of so many of them, and in none that is smaller. @source domain.md §5 */
export const LEAST_SEALED = 5;

/** First day of the week of a day, a Monday. */
export const weekOf = (date: string): string => {
  const day = new Date(`${date}T00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
};
export const monthOf = (date: string): string => `${date.slice(0, 7)}-01`;
