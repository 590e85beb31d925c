import { createRequire } from 'node:module';
import chineseDays from 'chinese-days';
import type { PlainDate, Text } from './ids.ts';

/**
 * The official table, from the data file of chinese-days and not through its functions: they read a day in UTC and write it in the machine's own
 * zone, which shifts every holiday by a day west of Greenwich. Days that are plain weekdays or weekends are not in it.
 */
const table: { readonly holidays: Days; readonly workdays: Days } = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json');
type Days = Readonly<Record<string, string>>;

const years = Object.keys(table.holidays).map((day) => Number(day.slice(0, 4)));

/** The years whose holiday notices of the State Council General Office are in the table: 2004 and later, growing with chinese-days. */
export const officialYears = { first: Math.min(...years), last: Math.max(...years) } as const;

export interface OfficialDay {
  readonly working: boolean;
  readonly name: Text;
}

/** A holiday or a make-up day of the official table; undefined for a day that is what its weekday says. */
export const officialDay = (day: PlainDate): OfficialDay | undefined => {
  const holiday = table.holidays[day];
  if (holiday !== undefined) return { working: false, name: nameIn(holiday) };
  const makeUp = table.workdays[day] ?? missingMakeUps[day];
  if (makeUp === undefined) return undefined;
  const { zh, en } = nameIn(makeUp);
  return { working: true, name: { zh: `${zh}调休上班`, en: `Make-up working day for ${en}` } };
};

/**
 * Where chinese-days 1.5 departs from the notices.
 * @source 国办发明电〔2005〕35号: Saturday 2005-12-31 is worked in exchange for 2006-01-03
 */
const missingMakeUps: Days = { '2005-12-31': "New Year's Day,元旦,1" };

/** `Spring Festival,春节,4`: English, Chinese, statutory days. */
const nameIn = (entry: string): Text => {
  const [en = entry, zh = entry] = entry.split(',');
  return { zh, en };
};

/**
 * The holidays that the law itself fixes, for a year whose notice is not out yet; what a notice will move around them is not known.
 * @source 《全国年节及纪念日放假办法》 (State Council decree 795, in force since 2025-01-01), article 2
 */
export const statutoryHoliday = (day: PlainDate): Text | undefined => {
  const monthAndDay = day.slice(5);
  if (monthAndDay === tombSweeping(Number(day.slice(0, 4)))) return { zh: '清明', en: 'Tomb-sweeping Day' };
  if (lunarDayOf(day, 1) === '1-1') return springFestival; // the eve, whether the 29th or the 30th of the twelfth month
  return solarHolidays[monthAndDay] ?? lunarHolidays[lunarDayOf(day, 0)];
};

const springFestival: Text = { zh: '春节', en: 'Spring Festival' };
const labourDay: Text = { zh: '劳动节', en: 'Labour Day' };
const nationalDay: Text = { zh: '国庆节', en: 'National Day' };

const solarHolidays: Readonly<Record<string, Text>> = {
  '01-01': { zh: '元旦', en: "New Year's Day" },
  '05-01': labourDay,
  '05-02': labourDay,
  '10-01': nationalDay,
  '10-02': nationalDay,
  '10-03': nationalDay,
};

const lunarHolidays: Readonly<Record<string, Text>> = {
  '1-1': springFestival,
  '1-2': springFestival,
  '1-3': springFestival,
  '5-5': { zh: '端午', en: 'Dragon Boat Festival' },
  '8-15': { zh: '中秋', en: 'Mid-autumn Festival' },
};

/** `5-5` for the fifth of the fifth month; a leap month has no festivals. */
const lunarDayOf = (day: PlainDate, daysLater: number): string => {
  const noonInBeijing = Date.parse(`${day}T12:00:00+08:00`) + daysLater * 86_400_000;
  const { lunarMon, lunarDay, isLeap } = chineseDays.getLunarDate(noonInBeijing);
  return isLeap ? 'leap' : `${lunarMon}-${lunarDay}`;
};

/** The usual approximation of the solar term 清明 for 2000–2099: 4 or 5 April. */
const tombSweeping = (year: number): string => `04-0${Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4)}`;
