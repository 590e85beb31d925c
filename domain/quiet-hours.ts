import type { Calendar } from './calendar.ts';
import { type Milliseconds, zoneClock } from './time-zone.ts';

/** When somebody does not want to be disturbed; times are minutes after midnight of the bureau's wall clock, below 1440. */
export interface NoticePreference {
  /** From the first to the second, over midnight where the second is the earlier one. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
  readonly quietDaysOff: boolean;
  /** Everything that came since the last one in one message a day. */
  readonly digestAt: number | null;
}

export const undisturbed: NoticePreference = { quiet: null, quietDaysOff: false, digestAt: null };

/** How far ahead an hour that is not quiet is looked for: no run of days off is longer. */
const MOST_DAYS = 60;

/**
 * From when on a message may go out: at once, with the next digest, or after quiet hours.
 * @param hasWaited it has waited for a digest already
 * @source issue 7, point 5: quiet hours hold what is no emergency until they end
 */
export function sendableFrom(at: Milliseconds, preference: NoticePreference, calendar: Calendar, hasWaited: boolean): Milliseconds {
  const { digestAt } = preference;
  if (digestAt === null || hasWaited) return firstLoud(at, preference, calendar);
  const clock = zoneClock(calendar.timeZone);
  const today = clock.dayNumberAt(at);
  const digest = clock.instantAt(today, digestAt);
  return firstLoud(digest >= at ? digest : clock.instantAt(today + 1, digestAt), preference, calendar);
}

function firstLoud(at: Milliseconds, { quiet, quietDaysOff }: NoticePreference, calendar: Calendar): Milliseconds {
  const clock = zoneClock(calendar.timeZone);
  let loud = at;
  for (let tries = 0; tries < MOST_DAYS; tries++) {
    const { number, working } = calendar.dayAt(loud);
    if (quietDaysOff && !working) {
      loud = calendar.startOf(number + 1);
      continue;
    }
    const end = quiet && endOfQuiet(loud, quiet, (minutes, days) => clock.instantAt(number + days, minutes));
    if (end === null) return loud;
    loud = end;
  }
  return loud;
}

/** When the quiet hours end in which an instant lies, or null outside them. */
function endOfQuiet(
  at: Milliseconds,
  { from, to }: { readonly from: number; readonly to: number },
  instant: (minutes: number, days: number) => Milliseconds,
): Milliseconds | null {
  if (from < to) return at >= instant(from, 0) && at < instant(to, 0) ? instant(to, 0) : null;
  if (at < instant(to, 0)) return instant(to, 0);
  return at >= instant(from, 0) ? instant(to, 1) : null;
}
