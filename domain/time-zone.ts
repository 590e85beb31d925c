import { Instant } from './ids.ts';

/** Milliseconds since 1970-01-01T00:00Z; the form in which time is reckoned inside the calendar and the clock. */
export type Milliseconds = number;
/** Days since 1970-01-01, whatever the zone: the next day is one more. */
export type DayNumber = number;

export const millisecondsOf = (at: Instant): Milliseconds => Date.parse(at);
export const instantOf = (at: Milliseconds): Instant => Instant.parse(new Date(at).toISOString());

export interface ZoneClock {
  /** The local day in whose course an instant lies. */
  dayNumberAt(at: Milliseconds): DayNumber;
  /**
   * The instant at which the wall clock shows so many minutes after midnight. A time that is skipped when clocks go forward is read with the offset
   * before, so a day without 00:00 begins at its first instant; of a time that comes twice the earlier is meant.
   */
  instantAt(day: DayNumber, minutes: number): Milliseconds;
}

export const isTimeZone = (name: string): boolean => {
  try {
    formatter(name);
    return true;
  } catch {
    return false;
  }
};

/** Wall clock of any IANA zone. @throws RangeError when the zone is not known to this machine */
export const zoneClock = (timeZone: string): ZoneClock => {
  const format = formatter(timeZone);

  /** The wall clock's reading, as if it were UTC. */
  const readingAt = (at: Milliseconds): Milliseconds => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1_000) + 1_000) % 1_000);
  };
  const offsetAt = (at: Milliseconds): Milliseconds => readingAt(at) - at;

  return {
    dayNumberAt: (at) => Math.floor(readingAt(at) / dayMs),
    instantAt: (day, minutes) => {
      const reading = day * dayMs + minutes * 60_000;
      const before = reading - offsetAt(reading - dayMs);
      const after = reading - offsetAt(reading + dayMs);
      if (before === after) return before;
      const earlier = Math.min(before, after);
      const candidates = [earlier, Math.max(before, after)].filter((at) => readingAt(at) === reading);
      return candidates[0] ?? before;
    },
  };
};

const dayMs = 86_400_000;

const formatter = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
