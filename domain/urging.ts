import type { Calendar } from './calendar.ts';

/**
 * Whether someone may urge a case again: once a working day, so only when a working day has begun since the last time.
 * @param last when they last urged it, in milliseconds
 * @source api.md "urge … at most once a working day"
 */
export function mayUrgeAgain({
  last,
  now,
  calendar,
  timeScale,
}: {
  last: number;
  now: number;
  calendar: Calendar;
  timeScale: number;
}): boolean {
  if (timeScale > 1) return now - last >= 86_400_000 / timeScale;
  const today = calendar.dayAt(now).number;
  for (let day = calendar.dayAt(last).number + 1; day <= today; day += 1) if (calendar.day(day).working) return true;
  return false;
}
