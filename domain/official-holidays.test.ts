import { execFileSync } from 'node:child_process';
import { officialCalendar, plainDateOf } from './calendar.ts';
import { PlainDate } from './ids.ts';
import { officialYears, statutoryHoliday } from './official-holidays.ts';

/**
 * The notices of the State Council General Office, written down from the notices and not from the library: first the days off (weekends beside them
 * included), then the Saturdays and Sundays that are worked. 2020 with the prolongation of 27 January 2020; 2015 with the commemoration of 3 September.
 */
const notices: Readonly<Record<number, readonly [off: string, worked: string]>> = {
  2004: ['0101 0122-0128 0501-0507 1001-1007', '0117 0118 0508 0509 1009 1010'],
  2005: ['0101-0103 0209-0215 0501-0507 1001-1007', '0205 0206 0430 0508 1008 1009 1231'],
  2006: ['0101-0103 0129-0204 0501-0507 1001-1007', '0128 0205 0429 0430 0930 1008 1230 1231'],
  2007: ['0101-0103 0218-0224 0501-0507 1001-1007 1230-1231', '0217 0225 0428 0429 0929 0930 1229'],
  2008: ['0101 0206-0212 0404-0406 0501-0503 0607-0609 0913-0915 0929-1005', '0202 0203 0504 0927 0928'],
  2009: ['0101-0103 0125-0131 0404-0406 0501-0503 0528-0530 1001-1008', '0104 0124 0201 0531 0927 1010'],
  2010: ['0101-0103 0213-0219 0403-0405 0501-0503 0614-0616 0922-0924 1001-1007', '0220 0221 0612 0613 0919 0925 0926 1009'],
  2011: ['0101-0103 0202-0208 0403-0405 0430-0502 0604-0606 0910-0912 1001-1007', '0130 0212 0402 1008 1009 1231'],
  2012: ['0101-0103 0122-0128 0402-0404 0429-0501 0622-0624 0930-1007', '0121 0129 0331 0401 0428 0929'],
  2013: [
    '0101-0103 0209-0215 0404-0406 0429-0501 0610-0612 0919-0921 1001-1007',
    '0105 0106 0216 0217 0407 0427 0428 0608 0609 0922 0929 1012',
  ],
  2014: ['0101 0131-0206 0405-0407 0501-0503 0531-0602 0906-0908 1001-1007', '0126 0208 0504 0928 1011'],
  2015: ['0101-0103 0218-0224 0404-0406 0501-0503 0620-0622 0903-0905 0926-0927 1001-1007', '0104 0215 0228 0906 1010'],
  2016: ['0101-0103 0207-0213 0402-0404 0430-0502 0609-0611 0915-0917 1001-1007', '0206 0214 0612 0918 1008 1009'],
  2017: ['0101-0102 0127-0202 0402-0404 0429-0501 0528-0530 1001-1008', '0122 0204 0401 0527 0930'],
  2018: ['0101 0215-0221 0405-0407 0429-0501 0616-0618 0922-0924 1001-1007 1230-1231', '0211 0224 0408 0428 0929 0930 1229'],
  2019: ['0101 0204-0210 0405-0407 0501-0504 0607-0609 0913-0915 1001-1007', '0202 0203 0428 0505 0929 1012'],
  2020: ['0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008', '0119 0426 0509 0628 0927 1010'],
  2021: ['0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007', '0207 0220 0425 0508 0918 0926 1009'],
  2022: ['0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007 1231', '0129 0130 0402 0424 0507 1008 1009'],
  2023: ['0101-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006', '0128 0129 0423 0506 0625 1007 1008'],
  2024: ['0101 0210-0217 0404-0406 0501-0505 0608-0610 0915-0917 1001-1007', '0204 0218 0407 0428 0511 0914 0929 1012'],
  2025: ['0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008', '0126 0208 0427 0928 1011'],
  2026: ['0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007', '0104 0214 0228 0509 0920 1010'],
};

const china = officialCalendar({ timeZone: 'Asia/Shanghai' });
const years = Object.keys(notices).map(Number);

describe.each(years)('the official table of %i', (year) => {
  const [off = '', worked = ''] = notices[year] ?? [];

  test('every day of the year is a working day or not as the notice says', () => {
    const daysOff = new Set(off.split(' ').flatMap((span) => daysOf(year, span)));
    const daysWorked = new Set(worked.split(' ').flatMap((span) => daysOf(year, span)));
    const expected = everyDayOf(year).filter((day) => daysWorked.has(day) || (!isWeekend(day) && !daysOff.has(day)));
    expect(everyDayOf(year).filter((day) => china.isWorkingDay(day))).toEqual(expected);
  });

  test('days taken from weekends are given back: what is left are the days of the law', () => {
    // A notice may begin in the second half of December with the New Year holiday of the year after.
    const holidayYear = [
      ...everyDayOf(year - 1).filter((day) => day >= `${year - 1}-12-16`),
      ...everyDayOf(year).filter((day) => day < `${year}-12-16`),
    ];
    const covered = holidayYear.filter((day) => Number(day.slice(0, 4)) >= officialYears.first);
    const weekdaysOff = covered.filter((day) => !isWeekend(day) && !china.isWorkingDay(day)).length;
    const weekendsWorked = covered.filter((day) => isWeekend(day) && china.isWorkingDay(day)).length;
    expect(weekdaysOff - weekendsWorked).toBe(lawfulDaysIn(year));
  });

  test('make-up days fall on weekends and say what they make up for', () => {
    for (const day of everyDayOf(year)) {
      if (china.isWorkingDay(day) === isWeekend(day))
        expect(china.nameOf(day)?.zh).toMatch(isWeekend(day) ? /调休上班$/ : /^[\p{Script=Han}\d]+$/u);
    }
  });
});

test('the notices above are those of every year in the table; a new year of the library wants its line here', () => {
  expect(years).toEqual(Array.from({ length: officialYears.last - officialYears.first + 1 }, (_, index) => officialYears.first + index));
});

test.each([
  // Spring Festival (eve to third day), Tomb-sweeping, Dragon Boat, Mid-autumn, from almanacs; 2027 is a year in which Intl's own calendar errs.
  [2025, '01-28', '04-04', '05-31', '10-06'],
  [2026, '02-16', '04-05', '06-19', '09-25'],
  [2027, '02-05', '04-05', '06-09', '09-15'],
  [2028, '01-25', '04-04', '05-28', '10-03'],
  [2029, '02-12', '04-04', '06-16', '09-22'],
  [2030, '02-02', '04-05', '06-05', '09-12'],
])('the holidays that the law fixes in %i', (year, eve, tombSweeping, dragonBoat, midAutumn) => {
  const eveNumber = Date.parse(`${year}-${eve}`) / 86_400_000;
  const spring = [0, 1, 2, 3].map((offset) => plainDateOf(eveNumber + offset).slice(5));
  const fixed = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];
  const expected = new Set([...fixed, ...spring, tombSweeping, dragonBoat, midAutumn]);
  expect(
    everyDayOf(year)
      .filter((day) => statutoryHoliday(day))
      .map((day) => day.slice(5)),
  ).toEqual([...expected].sort());
});

test.each([2025, 2026])('no notice under the present law works on a day that the law frees (%i)', (year) => {
  const lawful = everyDayOf(year).filter((day) => statutoryHoliday(day));
  expect(lawful.filter((day) => china.isWorkingDay(day))).toEqual([]);
});

test.each(['America/Los_Angeles', 'Pacific/Kiritimati'])('the table does not depend on the zone of the machine: %s', (zone) => {
  const script = `
    const { officialCalendar } = await import('./domain/calendar.ts');
    const china = officialCalendar({ timeZone: 'Asia/Shanghai' });
    const days = ['2026-02-13', '2026-02-14', '2026-02-15', '2026-02-23', '2026-02-24', '2026-10-10', '2027-02-05', '2027-02-08', '2027-02-09'];
    console.log(days.map((day) => china.isWorkingDay(day) ? 1 : 0).join(''));`;
  const run = () =>
    execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { ...process.env, NODE_OPTIONS: '', TZ: zone },
    });
  expect(run().toString().trim()).toBe('110011001');
});

function daysOf(year: number, span: string): PlainDate[] {
  const [first = span, last = first] = span.split('-').map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`);
  return everyDayOf(year).filter((day) => first <= day && day <= last);
}

function everyDayOf(year: number): PlainDate[] {
  const days: PlainDate[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000)
    days.push(PlainDate.parse(new Date(at).toISOString().slice(0, 10)));
  return days;
}

function isWeekend(day: PlainDate): boolean {
  return [0, 6].includes(new Date(day).getUTCDay());
}

/** 10 days until 2007, 11 until 2024, 13 since (State Council decrees 270, 513, 644 and 795), and what was granted once. */
function lawfulDaysIn(year: number): number {
  const granted = { 2015: 1, 2020: 2 }[year] ?? 0;
  if (year < 2008) return 10 + granted;
  return (year < 2025 ? 11 : 13) + granted;
}
