import { type Calendar, dayNumberOf } from './calendar.ts';
import type { PlainDate } from './ids.ts';

/** Days that come once a year beside the periods of a round, by name: `01-10`, or the Chinese name of a holiday of the calendar, which begins with its first day. */
export type Occasions = Readonly<Record<string, string>>;

/**
 * The occasions whose day comes within the lead, as periods of a round: `2027-spring-festival`. The day itself is still one of them, the day after no more.
 * @param leadDays whole days before the occasion, within the years of the calendar
 * @source domain.md §3.2 `care-visit`
 */
export function occasionsDue(occasions: Occasions, leadDays: number, on: PlainDate, calendar: Calendar): string[] {
  const today = dayNumberOf(on);
  const coming = Array.from({ length: leadDays + 1 }, (_, ahead) => calendar.day(today + ahead));
  return Object.entries(occasions).flatMap(([name, when]) => {
    const day = coming.find(({ date, number, name: holiday }) =>
      /^\d/.test(when) ? date.slice(5) === when : holiday?.zh === when && calendar.day(number - 1).name?.zh !== when,
    );
    return day === undefined ? [] : [`${day.date.slice(0, 4)}-${name}`];
  });
}
