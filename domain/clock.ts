import type { Calendar } from './calendar.ts';
import { type Duration, plainMs } from './duration.ts';
import type { Instant, PlainDate, Text } from './ids.ts';
import { type DayNumber, instantOf, type Milliseconds, millisecondsOf } from './time-zone.ts';

/*
 * What the units of a limit mean:
 * - `workingDays`: the day of the start does not count; ends at 24:00 of the last day in the bureau's zone. A fraction is that share of a duty day.
 * - `workingHours`: run in duty hours only.
 * - `days`, `hours`, `minutes`, `seconds`: plain time to the second; a day is 24 hours, so that a measure ends when it must, on the second.
 * Several units are added one after the other, the largest first. With a time scale above 1 (demonstrations) every duration is divided by it and
 * working time counts as plain time: a working day is 24 h / scale.
 */

/**
 * The instant at which a limit that begins at `from` runs out.
 * @throws Problem `calendar-gap` when working time leads beyond the calendar
 * @source domain.md §2 "Clock"; api.md "Policy"
 */
export const dueAt = (from: Instant, limit: Duration, calendar: Calendar, timeScale = 1): Instant => {
  const start = millisecondsOf(from);
  return instantOf(run({ start, lastDay: start, duration: limit, calendar, timeScale }));
};

/** So long after a due date: 24:00 belongs to the day that ends, so one working day after Thursday 24:00 is Friday 24:00. */
export const after = (at: Instant, by: Duration, calendar: Calendar, timeScale = 1): Instant => {
  const start = millisecondsOf(at);
  return instantOf(run({ start, lastDay: start - 1, duration: by, calendar, timeScale }));
};

/** A due date extended by what was granted: it goes on from the date as it stands, not from the day of the decision. */
export const extendedDue = (due: Instant, by: Duration, calendar: Calendar, timeScale = 1): Instant => after(due, by, calendar, timeScale);

/**
 * So long before a due date: working days back at the same time of day (24:00 stays 24:00; from a day off, at the end of the working day before it),
 * working hours back through duty hours, the rest as plain time.
 */
export const before = (at: Instant, by: Duration, calendar: Calendar, timeScale = 1): Instant => {
  const end = millisecondsOf(at);
  if (timeScale > 1) return instantOf(Math.round(end - plainMs(by) / timeScale));

  const workingDays = by.workingDays ?? 0;
  const wholeDays = Math.floor(workingDays);
  const dayEnd = (wholeDays > 0 ? workingDaysBack(end, wholeDays, calendar) : end) - plainMs(by, ['days']);
  const duty = dutyMs(by, calendar);
  const dutyEnd = duty > 0 ? dutyBack(dayEnd, duty, calendar) : dayEnd;
  return instantOf(Math.round(dutyEnd - plainMs(by, ['hours', 'minutes', 'seconds'])));
};

export interface Pause {
  readonly dueAt: Instant;
  readonly pausedAt: Instant;
  readonly resumedAt: Instant;
  readonly limit: Duration;
  readonly calendar: Calendar;
  readonly timeScale?: number;
}

/**
 * The due date after a pause: what was left of the limit when it was paused runs on from the resumption. Of a limit in working days the days left
 * (the day of the pause is not one of them) end at 24:00 again, on the day of the resumption at the earliest, where a day off stands for the working
 * day after it, so that two dates never fall together; of working hours the duty time left runs; of any other limit, and of a mixed one, the plain time left. Never earlier than the date before; a limit that had run out stays so.
 * @source domain.md §2 "A clock can be paused with a reason"
 */
export const shiftedDue = ({ dueAt, pausedAt, resumedAt, limit, calendar, timeScale = 1 }: Pause): Instant => {
  const due = millisecondsOf(dueAt);
  const paused = millisecondsOf(pausedAt);
  const resumed = millisecondsOf(resumedAt);
  if (paused >= due || resumed <= paused) return dueAt;
  return instantOf(Math.max(due, resumedDue()));

  function resumedDue(): Milliseconds {
    if (timeScale > 1 || plainMs(limit, ['days', 'hours', 'minutes', 'seconds']) > 0) return resumed + (due - paused);
    if (plainMs(limit, ['workingHours']) > 0 || !Number.isInteger(limit.workingDays ?? 0)) {
      const left = dutyBetween(paused, due, calendar);
      return left > 0 ? dutyForward(resumed, left, calendar) : resumed;
    }
    const left = workingDaysBetween(workingDayFrom(paused), calendar.dayAt(due - 1).number, calendar);
    return calendar.startOf(lastOfWorkingDays(workingDayFrom(resumed), left, calendar) + 1);
  }

  function workingDayFrom(at: Milliseconds): DayNumber {
    return lastOfWorkingDays(calendar.dayAt(at).number, 0, calendar);
  }
};

/** What moves a date after its limit has begun: a pause, or an extension. */
export type ClockMove = { readonly from: Instant; readonly to: Instant } | { readonly by: Duration };

/** Whether all extensions of a task together, with this one, stay within the longest that policy allows. @source domain.md 3.1 "extended by approval up to 30 d" */
export const mayExtend = (moves: readonly ClockMove[], by: Duration, most: Duration | undefined): boolean =>
  most === undefined || moves.reduce((sum, move) => sum + ('by' in move ? plainMs(move.by) : 0), plainMs(by)) <= plainMs(most);

export interface Reckoning {
  /** When the limit began. */
  readonly from: Instant;
  readonly limit: Duration;
  /** In order. */
  readonly moves: readonly ClockMove[];
  readonly calendar: Calendar;
  readonly timeScale?: number;
}

/** The due date as the calendar has it now: the limit from its beginning, moved by everything that has moved it. @source domain.md §2 "Clock" */
export const reckonedDue = ({ from, limit, moves, calendar, timeScale = 1 }: Reckoning): Instant =>
  moves.reduce(
    (due, move) =>
      'by' in move
        ? extendedDue(due, move.by, calendar, timeScale)
        : shiftedDue({ dueAt: due, pausedAt: move.from, resumedAt: move.to, limit, calendar, timeScale }),
    dueAt(from, limit, calendar, timeScale),
  );

export interface ExplainedDay {
  readonly date: PlainDate;
  readonly working: boolean;
  /** How much of the limit has run when the day ends, in the limit's largest unit (days are counted whole); null on a day on which none of it runs. */
  readonly counts: number | null;
  readonly name?: Text;
  readonly provisional?: true;
}

/** A due date day by day, from the day of the start to the last. @source domain.md §2 "a date can always be explained day by day" */
export const explainDue = (from: Instant, limit: Duration, calendar: Calendar, timeScale = 1): ExplainedDay[] => {
  const start = millisecondsOf(from);
  const end = run({ start, lastDay: start, duration: limit, calendar, timeScale });
  const first = calendar.dayAt(start).number;
  const last = Math.max(first, calendar.dayAt(end - 1).number);
  const countedBy = timeScale > 1 ? () => 0 : counterOf(limit, start, calendar);

  return Array.from({ length: last - first + 1 }, (_, index) => {
    const { date, working, name, provisional, number } = calendar.day(first + index);
    const counted = countedBy(number, Math.min(end, calendar.startOf(number + 1)));
    const countedBefore = index === 0 ? 0 : countedBy(number - 1, calendar.startOf(number));
    return {
      date,
      working,
      counts: counted > countedBefore ? counted : null,
      ...(name && { name }),
      ...(provisional && { provisional }),
    };
  });
};

type Counter = (day: DayNumber, until: Milliseconds) => number;

const counterOf = (limit: Duration, start: Milliseconds, calendar: Calendar): Counter => {
  const { workingDays = 0, days = 0 } = limit;
  const inHours = (ms: Milliseconds) => Math.round(ms / 36_000) / 100;
  if (workingDays >= 1) return (day) => Math.min(Math.floor(workingDays), workingDaysBetween(calendar.dayAt(start).number, day, calendar));
  if (workingDays > 0) return (_, until) => inHours(dutyBetween(start, until, calendar));
  if (days > 0) return (_, until) => Math.min(days, Math.floor((until - start) / 86_400_000));
  if (plainMs(limit, ['workingHours']) > 0) return (_, until) => inHours(dutyBetween(start, until, calendar));
  return (_, until) => inHours(until - start);
};

interface Run {
  readonly start: Milliseconds;
  /** An instant of the day after which working days begin to count. */
  readonly lastDay: Milliseconds;
  readonly duration: Duration;
  readonly calendar: Calendar;
  readonly timeScale: number;
}

const run = ({ start, lastDay, duration, calendar, timeScale }: Run): Milliseconds => {
  if (timeScale > 1) return start + Math.round(plainMs(duration) / timeScale);

  const workingDays = duration.workingDays ?? 0;
  const wholeDays = Math.floor(workingDays);
  const dayEnd = wholeDays > 0 ? calendar.startOf(lastOfWorkingDays(calendar.dayAt(lastDay).number, wholeDays, calendar) + 1) : start;
  const plainDays = dayEnd + plainMs(duration, ['days']);
  const duty = dutyMs(duration, calendar);
  const dutyEnd = duty > 0 ? dutyForward(plainDays, duty, calendar) : plainDays;
  return Math.round(dutyEnd + plainMs(duration, ['hours', 'minutes', 'seconds']));
};

/** The `count`-th working day after `day`; for none, `day` itself or the next working day. */
const lastOfWorkingDays = (day: DayNumber, count: number, calendar: Calendar): DayNumber => {
  if (count === 0) return calendar.day(day).working ? day : lastOfWorkingDays(day, 1, calendar);
  let last = day;
  for (let left = count; left > 0; ) {
    last += 1;
    if (calendar.day(last).working) left -= 1;
  }
  return last;
};

/** Working days after `from` up to and including `to`. */
const workingDaysBetween = (from: DayNumber, to: DayNumber, calendar: Calendar): number => {
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) if (calendar.day(day).working) count += 1;
  return count;
};

const workingDaysBack = (end: Milliseconds, count: number, calendar: Calendar): Milliseconds => {
  const { number, working } = calendar.dayAt(end - 1);
  let day = number;
  for (let left = working ? count : count + 1; left > 0; ) {
    day -= 1;
    if (calendar.day(day).working) left -= 1;
  }
  const dayEnd = calendar.startOf(day + 1);
  if (!working || end === calendar.startOf(number + 1)) return dayEnd;
  return Math.min(dayEnd, calendar.startOf(day) + (end - calendar.startOf(number)));
};

/** The earliest instant by which so much duty time has passed since `from`. */
const dutyForward = (from: Milliseconds, duty: Milliseconds, calendar: Calendar): Milliseconds => {
  let left = duty;
  for (let { number } = calendar.dayAt(from); ; number += 1) {
    for (const stretch of calendar.dutyOf(number)) {
      const begin = Math.max(from, stretch.from);
      const length = Math.max(0, stretch.to - begin);
      if (left <= length) return begin + left;
      left -= length;
    }
  }
};

/** The latest instant from which so much duty time passes until `to`. */
const dutyBack = (to: Milliseconds, duty: Milliseconds, calendar: Calendar): Milliseconds => {
  let left = duty;
  for (let { number } = calendar.dayAt(to); ; number -= 1) {
    for (const stretch of calendar.dutyOf(number).toReversed()) {
      const end = Math.min(to, stretch.to);
      const length = Math.max(0, end - stretch.from);
      if (left <= length) return end - left;
      left -= length;
    }
  }
};

const dutyBetween = (from: Milliseconds, to: Milliseconds, calendar: Calendar): Milliseconds => {
  let duty = 0;
  for (let { number } = calendar.dayAt(from); calendar.startOf(number) < to; number += 1) {
    for (const stretch of calendar.dutyOf(number)) duty += Math.max(0, Math.min(to, stretch.to) - Math.max(from, stretch.from));
  }
  return duty;
};

/** What runs in duty hours only, to the millisecond: the last thousandth of one more would end a limit on the next morning instead of this evening. */
const dutyMs = (duration: Duration, calendar: Calendar): Milliseconds => {
  const { workingDays = 0 } = duration;
  return Math.round((workingDays - Math.floor(workingDays)) * dutyDayMs(calendar) + plainMs(duration, ['workingHours']));
};

const dutyDayMs = ({ hours }: Calendar): Milliseconds => hours.reduce((sum, { from, to }) => sum + (to - from) * 60_000, 0);
