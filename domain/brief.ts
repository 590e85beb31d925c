import { type Calendar, type CalendarDay, dayNumberOf } from './calendar.ts';
import { windowOf } from './due-window.ts';
import type { Instant } from './ids.ts';
import { instantOf, type Milliseconds, zoneClock } from './time-zone.ts';

/** Overdue by the morning, due before the day ends, due before the week ends (Sunday 24:00). */
export const briefSpans = ['overdue', 'today', 'week'] as const;
export type BriefSpan = (typeof briefSpans)[number];

/** Up to when something counts as overdue, as due today and as due this week; each includes its instant and not what came before. */
export interface BriefBounds {
  readonly overdue: Instant;
  readonly today: Instant;
  readonly week: Instant;
}

export const briefBounds = (at: Milliseconds, calendar: Calendar): BriefBounds => ({
  overdue: instantOf(at),
  today: instantOf(windowOf('today', at, calendar).until.getTime()),
  week: instantOf(windowOf('week', at, calendar).until.getTime()),
});

/**
 * The working day whose brief is to be told at an instant, or null: on days off and before its time there is none, and of a morning that has passed nobody is told any more.
 * @param minutes when it is told, in minutes after midnight
 */
export function briefDayAt(at: Milliseconds, minutes: number, calendar: Calendar): CalendarDay | null {
  const day = calendar.dayAt(at);
  const isTime = at >= zoneClock(calendar.timeZone).instantAt(dayNumberOf(day.date), minutes);
  return day.working && isTime ? day : null;
}
