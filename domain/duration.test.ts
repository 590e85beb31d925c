import { test as check, fc } from '@fast-check/jest';
import { Duration, describeDuration, durationUnits, plainMs } from './duration.ts';

test.each<[unknown, string]>([
  [{}, 'no unit'],
  [{ weeks: 1 }, 'an unknown unit'],
  [{ days: -1 }, 'a negative number'],
  [{ days: '3' }, 'a text'],
  [{ hours: Number.POSITIVE_INFINITY }, 'no end'],
  [{ days: 1_000_000 }, 'millennia'],
  [5, 'a bare number'],
])('%j is no duration: %s', (value) => {
  expect(Duration.safeParse(value).success).toBe(false);
});

check.prop([fc.dictionary(fc.constantFrom(...durationUnits), fc.double({ min: 0, max: 2_500, noNaN: true }), { minKeys: 1 })])(
  'one or more units with whole or decimal numbers are a duration',
  (value) => {
    expect(Duration.parse(value)).toEqual(value);
  },
);

test.each([
  [{ workingDays: 5 }, '5 个工作日', '5 working days'],
  [{ workingDays: 1 }, '1 个工作日', '1 working day'],
  [{ minutes: 30, hours: 4 }, '4 小时 30 分钟', '4 hours 30 minutes'],
  [{ days: 60, hours: 0 }, '60 天', '60 days'],
  [{ workingHours: 2.5 }, '2.5 个工作小时', '2.5 working hours'],
  [{ seconds: 0 }, '0 秒', '0 seconds'],
])('%j is told as %s', (duration, zh, en) => {
  expect(describeDuration(duration)).toEqual({ zh, en });
});

test('as plain time a working day is a day and a working hour an hour', () => {
  expect(plainMs({ workingDays: 1, workingHours: 1 })).toBe(25 * 3_600_000);
  expect(plainMs({ days: 1, hours: 2, minutes: 3, seconds: 4 })).toBe(93_784_000);
  expect(plainMs({ days: 1, hours: 2 }, ['hours'])).toBe(7_200_000);
});
