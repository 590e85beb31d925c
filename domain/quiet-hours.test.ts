import { officialCalendar } from './calendar.ts';
import { type NoticePreference, sendableFrom, undisturbed } from './quiet-hours.ts';

const china = officialCalendar({ timeZone: 'Asia/Shanghai' });
const at = (text: string) => Date.parse(`${text}+08:00`);
const night: NoticePreference = { ...undisturbed, quiet: { from: 22 * 60, to: 7 * 60 } };
const from = (text: string, preference: NoticePreference, hasWaited = false) => sendableFrom(at(text), preference, china, hasWaited);

test('without a preference a message goes at once', () => {
  expect(from('2026-03-04T03:00', undisturbed)).toBe(at('2026-03-04T03:00'));
});

test.each([
  ['2026-03-04T21:59', '2026-03-04T21:59'],
  ['2026-03-04T22:00', '2026-03-05T07:00'],
  ['2026-03-05T00:00', '2026-03-05T07:00'],
  ['2026-03-05T06:59', '2026-03-05T07:00'],
  ['2026-03-05T07:00', '2026-03-05T07:00'],
])('quiet hours over midnight hold what comes at %s until %s', (came, goes) => {
  expect(from(came, night)).toBe(at(goes));
});

test('quiet hours within a day hold until they end', () => {
  const noon = { ...undisturbed, quiet: { from: 12 * 60, to: 14 * 60 } };
  expect(from('2026-03-04T12:30', noon)).toBe(at('2026-03-04T14:00'));
  expect(from('2026-03-04T14:00', noon)).toBe(at('2026-03-04T14:00'));
});

test('on days off nothing goes, and on a make-up day it does', () => {
  const daysOff = { ...undisturbed, quietDaysOff: true };
  expect(from('2026-03-07T10:00', daysOff)).toBe(at('2026-03-09T00:00')); // a Saturday
  expect(from('2026-10-01T10:00', { ...night, quietDaysOff: true })).toBe(at('2026-10-08T07:00')); // the National Day week
  expect(from('2026-10-10T10:00', daysOff)).toBe(at('2026-10-10T10:00')); // a Saturday that is worked
});

test('a digest comes once a day at its time, and after the quiet hours in which that would be', () => {
  const daily = { ...undisturbed, digestAt: 17 * 60 };
  expect(from('2026-03-04T09:00', daily)).toBe(at('2026-03-04T17:00'));
  expect(from('2026-03-04T17:01', daily)).toBe(at('2026-03-05T17:00'));
  expect(from('2026-03-04T09:00', { ...night, digestAt: 23 * 60 })).toBe(at('2026-03-05T07:00'));
});

test('what has waited for its digest does not wait for the next one', () => {
  expect(from('2026-03-04T17:00:01', { ...undisturbed, digestAt: 17 * 60 }, true)).toBe(at('2026-03-04T17:00:01'));
});
