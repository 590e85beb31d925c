import { PlainDate } from './ids.ts';

/**
 * The day so many calendar months later: of the same number, or the last of a month that has no such day.
 * @param months whole months, 0 or more
 * @source Civil Code art. 201–202: the day of the start is not counted; a period in months ends with the day of that number, failing that with the month
 */
export function monthsAfter(date: PlainDate, months: number): PlainDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return PlainDate.parse(new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10));
}
