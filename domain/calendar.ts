import { PlainDate, type Text } from './ids.ts';
import { officialDay, officialYears, statutoryHoliday } from './official-holidays.ts';
import { Problem } from './problems.ts';
import { type DayNumber, type Milliseconds, zoneClock } from './time-zone.ts';

/** One stretch of duty, in minutes of the bureau's wall clock since midnight; `to` is not part of it. */
export interface DutyHours {
  readonly from: number;
  readonly to: number;
}

/** A bureau's own rule for a day, over the official table: `{ working: false, name: '局庆' }`. */
export interface DayOverride {
  readonly working: boolean;
  readonly name?: string | Text | undefined;
}

export interface CalendarDay {
  readonly number: DayNumber;
  readonly date: PlainDate;
  readonly working: boolean;
  readonly name?: Text;
  /** The notice for that year is not out yet: statutory holidays are off, days that the notice will move are not known. */
  readonly provisional: boolean;
}

export interface Calendar {
  readonly timeZone: string;
  readonly hours: readonly DutyHours[];
  isWorkingDay(day: PlainDate): boolean;
  /** Name of a holiday, make-up day or override; none on a plain day. */
  nameOf(day: PlainDate): Text | undefined;
  day(number: DayNumber): CalendarDay;
  /** The day in whose course the instant lies, in the bureau's zone; 24:00 is already the next day. */
  dayAt(at: Milliseconds): CalendarDay;
  /** First instant of a day in the bureau's zone, which is 24:00 of the day before. */
  startOf(number: DayNumber): Milliseconds;
  /** The stretches of duty of a day, in order; none on a day off. */
  dutyOf(number: DayNumber): readonly { readonly from: Milliseconds; readonly to: Milliseconds }[];
}

export interface CalendarRules {
  readonly timeZone: string;
  readonly hours?: readonly DutyHours[];
  readonly overrides?: Readonly<Record<string, DayOverride>>;
  /** `overrides` hold the whole official table up to the end of this year, for a year that the library does not know yet. */
  readonly publishedThrough?: number | undefined;
}

/** 08:30–12:00 and 14:00–17:30. */
export const usualHours: readonly DutyHours[] = [
  { from: 8 * 60 + 30, to: 12 * 60 },
  { from: 14 * 60, to: 17 * 60 + 30 },
];

/**
 * The working calendar of a bureau: weekends, official holidays and make-up days (调休), and the bureau's own overrides.
 *
 * The notice for a year comes out in November or December of the year before, and limits must be set in the meantime. So the one year after the last
 * published one is reckoned provisionally, with weekends and the holidays that the law itself fixes; such days say `provisional`, and open due dates
 * are computed anew once the table is there. Any later year, and any before 2004, is a gap: a wrong date is worse than none.
 * @throws Problem `calendar-gap` for a day outside those years
 * @source domain.md §2 "Clock"; api.md "Policy"
 */
export const officialCalendar = ({ timeZone, hours = usualHours, overrides = {}, publishedThrough = 0 }: CalendarRules): Calendar => {
  const zone = zoneClock(timeZone);
  const lastPublished = Math.max(officialYears.last, publishedThrough);

  const ruleFor = (number: DayNumber): CalendarDay => {
    const date = plainDateOf(number);
    const year = Number(date.slice(0, 4));
    const override = overrides[date];
    if (override) return { number, date, working: override.working, provisional: false, ...named(override.name) };
    if (year < officialYears.first || year > lastPublished + 1) throw new Problem('calendar-gap', { detail: gapAt(date) });

    const provisional = year > lastPublished;
    const official = provisional ? provisionalDay(date) : officialDay(date);
    return { number, date, provisional, working: isWeekday(number), ...official };
  };

  const day = remembered(ruleFor);
  const startOf = remembered((number) => zone.instantAt(number, 0));
  const dutyOf = remembered((number) => {
    if (!day(number).working) return [];
    return hours.map(({ from, to }) => ({ from: zone.instantAt(number, from), to: zone.instantAt(number, to) }));
  });

  return {
    timeZone,
    hours,
    isWorkingDay: (date) => day(dayNumberOf(date)).working,
    nameOf: (date) => day(dayNumberOf(date)).name,
    day,
    dayAt: (at) => day(zone.dayNumberAt(at)),
    startOf,
    dutyOf,
  };
};

export const dayNumberOf = (date: PlainDate): DayNumber => Date.parse(date) / 86_400_000;
export const plainDateOf = (number: DayNumber): PlainDate => PlainDate.parse(new Date(number * 86_400_000).toISOString().slice(0, 10));

/** 1970-01-01 was a Thursday. */
const isWeekday = (number: DayNumber): boolean => (((number + 3) % 7) + 7) % 7 < 5;

const provisionalDay = (date: PlainDate) => {
  const name = statutoryHoliday(date);
  return name && { working: false, name };
};

const named = (name: string | Text | undefined) => {
  if (name === undefined) return {};
  return { name: typeof name === 'string' ? { zh: name, en: name } : name };
};

const gapAt = (date: PlainDate): Text => ({
  zh: `日期 ${date} 超出工作日历的范围。`,
  en: `The day ${date} lies outside the working calendar.`,
});

const remembered = <Value>(compute: (number: DayNumber) => Value): ((number: DayNumber) => Value) => {
  const known = new Map<DayNumber, Value>();
  return (number) => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const value = compute(number);
    known.set(number, value);
    return value;
  };
};
