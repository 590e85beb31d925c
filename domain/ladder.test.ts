import { test as check, fc } from '@fast-check/jest';
import { officialCalendar } from './calendar.ts';
import { dueAt } from './clock.ts';
import { Instant } from './ids.ts';
import { ladderInstants, nextRepeat, Rung, rungKinds } from './ladder.ts';

const calendar = officialCalendar({ timeZone: 'Asia/Shanghai' });
/** api.md "Policy". */
const standard = [
  { before: { workingHours: 4 }, do: 'remind', to: 'assignee' },
  { at: 'limit', do: 'due', to: 'assignee' },
  { after: { days: 1 }, do: 'escalate', to: 'unit-leader' },
  { after: { days: 2 }, do: 'escalate', to: 'supervising-leader' },
  { after: { days: 3 }, do: 'inspect', to: 'inspection' },
].map((rung) => Rung.parse(rung));

test('the standard ladder reminds, falls due, climbs twice and ends with the inspection', () => {
  const rungs = ladderInstants({ openedAt: at('11-23T10:00'), dueAt: at('11-25T00:00'), rungs: standard, calendar });
  expect(rungs).toEqual([
    { at: at('11-24T11:30'), kind: 'remind', to: 'assignee', level: 0 },
    { at: at('11-25T00:00'), kind: 'due', to: 'assignee', level: 0 },
    { at: at('11-26T00:00'), kind: 'escalate', to: 'unit-leader', level: 1 },
    { at: at('11-27T00:00'), kind: 'escalate', to: 'supervising-leader', level: 2 },
    { at: at('11-28T00:00'), kind: 'inspect', to: 'inspection', level: 3 },
  ]);
});

test('a reminder that would precede the opening is dropped', () => {
  const rungs = ladderInstants({ openedAt: at('11-24T14:00'), dueAt: at('11-24T15:00'), rungs: standard, calendar });
  expect(rungs.map(({ kind }) => kind)).toEqual(['due', 'escalate', 'escalate', 'inspect']);
});

test('a limit that had passed when the task opened still climbs: what is overdue comes with the opening', () => {
  const rungs = ladderInstants({ openedAt: at('11-26T12:00'), dueAt: at('11-25T00:00'), rungs: standard, calendar });
  expect(rungs.map(({ at, kind, level }) => [at, kind, level])).toEqual([
    [at('11-26T12:00'), 'due', 0],
    [at('11-26T12:00'), 'escalate', 1],
    [at('11-27T00:00'), 'escalate', 2],
    [at('11-28T00:00'), 'inspect', 3],
  ]);
});

test('at the same instant the order of the file holds', () => {
  const rungs = (['due', 'escalate', 'remind'] as const).map((kind) => Rung.parse({ at: 'limit', do: kind, to: 'assignee' }));
  expect(ladderInstants({ openedAt: at('11-23T10:00'), dueAt: at('11-25T00:00'), rungs, calendar }).map(({ kind }) => kind)).toEqual([
    'due',
    'escalate',
    'remind',
  ]);
});

test('at a time scale of 86,400 the days after the limit are seconds', () => {
  const rungs = ladderInstants({ openedAt: at('11-23T10:00'), dueAt: at('11-25T00:00'), rungs: standard, calendar, timeScale: 86_400 });
  expect(rungs.map((rung) => Date.parse(rung.at) - Date.parse(at('11-25T00:00')))).toEqual([
    -Math.round(14_400 / 86.4),
    0,
    1_000,
    2_000,
    3_000,
  ]);
});

const duration = fc.oneof(
  fc.record({ workingHours: fc.nat(30) }),
  fc.record({ workingDays: fc.nat(10) }),
  fc.record({ days: fc.nat(10), minutes: fc.nat(600) }),
);
const rung = fc
  .tuple(
    fc.oneof(fc.record({ before: duration }), fc.record({ after: duration }), fc.constant({ at: 'limit' })),
    fc.constantFrom(...rungKinds),
  )
  .map(([moment, kind]) => Rung.parse({ ...moment, do: kind, to: 'assignee' }));
const opened = fc
  .integer({ min: Date.parse('2006-01-01') / 60_000, max: Date.parse('2025-06-30') / 60_000 })
  .map((minute) => instantAt(minute * 60_000));

check.prop([opened, fc.integer({ min: 1, max: 40 }), fc.array(rung, { maxLength: 8 })])(
  'whatever a ladder holds, its instants never go back, never precede the opening, and the level only rises',
  (openedAt, workingDays, rungs) => {
    const due = dueAt(openedAt, { workingDays }, calendar);
    const reached = ladderInstants({ openedAt, dueAt: due, rungs, calendar });
    const times = reached.map((each) => Date.parse(each.at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((time) => time >= Date.parse(openedAt))).toBe(true);
    expect(
      reached.filter(
        ({ kind, level }, index) => level - (reached[index - 1]?.level ?? 0) !== (kind === 'escalate' || kind === 'inspect' ? 1 : 0),
      ),
    ).toEqual([]);
    expect(reached.length).toBeGreaterThanOrEqual(rungs.filter((each) => !('before' in each)).length);
  },
);

test.each([
  ['no moment', { do: 'due', to: 'assignee' }],
  ['two moments', { at: 'limit', after: { days: 1 }, do: 'due', to: 'assignee' }],
  ['another word than limit', { at: 'noon', do: 'due', to: 'assignee' }],
  ['an unknown deed', { at: 'limit', do: 'shout', to: 'assignee' }],
  ['an unknown role', { at: 'limit', do: 'due', to: 'boss' }],
  ['an unknown key', { at: 'limit', do: 'due', to: 'assignee', by: 'mail' }],
])('a rung with %s is refused', (_, value) => {
  expect(Rung.safeParse(value).success).toBe(false);
});

/** A time of 2026 in Shanghai. */
function at(text: string): Instant {
  return instantAt(Date.parse(`2026-${text}+08:00`));
}

function instantAt(ms: number): Instant {
  return Instant.parse(new Date(ms).toISOString());
}

describe('a rung that repeats', () => {
  const rung = { at: at('11-24T10:45'), repeats: { minutes: 15 } };

  test('comes again after its interval, and what was missed meanwhile is not made up for', () => {
    expect(nextRepeat(rung, at('11-24T10:45'), 1)).toBe(at('11-24T11:00'));
    expect(nextRepeat(rung, at('11-24T10:47'), 1)).toBe(at('11-24T11:00'));
    expect(nextRepeat(rung, at('11-24T13:02'), 1)).toBe(at('11-24T13:15'));
  });

  test('comes once a second at most, however fast a demonstration runs', () => {
    expect(nextRepeat(rung, at('11-24T10:45'), 86_400)).toBe(at('11-24T10:45:01'));
  });

  check.prop([fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 10_000 })])(
    'always comes later than now, by its interval at most, on its own beat',
    (late, minutes) => {
      const now = Date.parse(rung.at) + late;
      const next = Date.parse(nextRepeat({ ...rung, repeats: { minutes } }, instantAt(now), 1));
      expect(next).toBeGreaterThan(now);
      expect(next - now).toBeLessThanOrEqual(minutes * 60_000);
      expect((next - Date.parse(rung.at)) % (minutes * 60_000)).toBe(0);
    },
  );
});

test('a date in a year of which nobody knows the holidays yet is reminded of all the same, in plain time', () => {
  const dueAt = '2099-11-05T16:00:00.000Z' as Instant;
  const rungs = ladderInstants({
    openedAt: at('11-24T10:00'),
    dueAt,
    rungs: [{ before: { workingDays: 5 }, do: 'remind', to: 'assignee' }],
    calendar,
  });
  expect(rungs.map((rung) => rung.at)).toEqual(['2099-10-31T16:00:00.000Z']);
});
