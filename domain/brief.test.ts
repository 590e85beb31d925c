import { briefBounds, briefDayAt } from './brief.ts';
import { officialCalendar } from './calendar.ts';

const china = officialCalendar({ timeZone: 'Asia/Shanghai' });
const at = (text: string) => Date.parse(`${text}+08:00`);

test.each([
  ['2026-03-04T07:59', null],
  ['2026-03-04T08:00', '2026-03-04'],
  ['2026-03-04T23:59', '2026-03-04'],
  ['2026-03-05T00:00', null],
  ['2026-03-07T08:00', null], // a Saturday
  ['2026-10-01T08:00', null], // a holiday
  ['2026-10-10T08:00', '2026-10-10'], // a Saturday that is worked
])('at %s the brief of %s is told', (time, on) => {
  expect(briefDayAt(at(time), 8 * 60, china)?.date ?? null).toBe(on);
});

test('a limit that ends with the day is due today, one that ends with Sunday this week', () => {
  expect(briefBounds(at('2026-03-04T08:00'), china)).toEqual({
    overdue: '2026-03-04T00:00:00.000Z',
    today: '2026-03-04T16:00:00.000Z',
    week: '2026-03-08T16:00:00.000Z',
  });
});
