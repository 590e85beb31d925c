import { officialCalendar } from './calendar.ts';
import { mayUrgeAgain } from './urging.ts';

const calendar = officialCalendar({ timeZone: 'Asia/Shanghai' });
const at = (text: string) => Date.parse(`${text}+08:00`);

/** @source api.md "urge … at most once a working day" */
test.each([
  ['2026-03-03T09:00', '2026-03-03T17:00', false, 'the same day'],
  ['2026-03-03T23:59', '2026-03-04T00:01', true, 'the next working day'],
  ['2026-03-06T09:00', '2026-03-07T09:00', false, 'from Friday to Saturday'],
  ['2026-03-06T09:00', '2026-03-08T23:59', false, 'from Friday to Sunday'],
  ['2026-03-06T09:00', '2026-03-09T00:00', true, 'from Friday to Monday'],
  ['2026-02-13T09:00', '2026-02-14T09:00', true, 'to a Saturday that is worked'],
])('urged at %s, again at %s: %s (%s)', (last, now, expected) => {
  expect(mayUrgeAgain({ last: at(last), now: at(now), calendar, timeScale: 1 })).toBe(expected);
});

test('in a demonstration a working day is as short as the scale makes it', () => {
  const asked = (now: number) => mayUrgeAgain({ last: 0, now, calendar, timeScale: 86_400 });
  expect([asked(999), asked(1000)]).toEqual([false, true]);
});
