import { fc, test } from '@fast-check/jest';
import { officialCalendar } from './calendar.ts';
import { windowOf } from './due-window.ts';

const calendar = officialCalendar({ timeZone: 'Asia/Shanghai' });
const now = Date.parse('2026-03-04T15:00:00+08:00'); // a Wednesday

const iso = (date: Date | null) => date?.toISOString() ?? null;

test('overdue is what was due before now', () => {
  expect(windowOf('overdue', now, calendar)).toEqual({ after: null, until: new Date(now) });
});

test('24:00 belongs to the day that ends', () => {
  const { after, until } = windowOf('today', now, calendar);
  expect([iso(after), iso(until)]).toEqual(['2026-03-03T16:00:00.000Z', '2026-03-04T16:00:00.000Z']);
});

test('a week goes from Monday to Sunday', () => {
  const { after, until } = windowOf('week', now, calendar);
  expect([iso(after), iso(until)]).toEqual(['2026-03-01T16:00:00.000Z', '2026-03-08T16:00:00.000Z']);
});

test.prop([fc.integer({ min: Date.parse('2024-01-01T00:00:00Z'), max: Date.parse('2026-12-01T00:00:00Z') })])(
  'today lies in its own week',
  (at) => {
    const [today, week] = [windowOf('today', at, calendar), windowOf('week', at, calendar)];
    expect(Number(week.after)).toBeLessThanOrEqual(Number(today.after));
    expect(today.until.getTime()).toBeLessThanOrEqual(week.until.getTime());
    expect(week.until.getTime() - Number(week.after)).toBe(7 * 86_400_000);
    expect(Number(today.after)).toBeLessThanOrEqual(at);
  },
);
