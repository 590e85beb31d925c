import { readFileSync } from 'node:fs';
import { officialCalendar } from './calendar.ts';
import { Instant } from './ids.ts';
import { simulateLimit, tasksOf } from './limit-simulation.ts';
import { parsePolicy } from './policy.ts';

const text = readFileSync(new URL('../policy/default.yaml', import.meta.url), 'utf8');
const policy = parsePolicy([{ name: 'policy/default.yaml', text }], { demo: false });
const calendar = officialCalendar({ timeZone: policy.timeZone });
const at = (local: string) => Instant.parse(new Date(`2026-${local}:00+08:00`).toISOString());
const ask = (question: { process: string; task: string; limit?: string }, from = '09-30T10:00') =>
  simulateLimit(policy, calendar, { ...question, from: at(from) });

test('one working day from the eve of the national holiday ends after the holiday, and the rungs stand around that date', () => {
  const { dueAt, days, rungs } = ask({ process: 'appeal', task: 'accept' });
  expect(dueAt).toBe(at('10-09T00:00'));
  expect(days.map(({ date, counts }) => [date.slice(5), counts])).toEqual([
    ['09-30', null],
    ...['10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07'].map((day) => [day, null]),
    ['10-08', 1],
  ]);
  expect(rungs.map(({ at: when, kind }) => [when, kind])).toEqual([
    [at('10-08T11:30'), 'remind'],
    [at('10-09T00:00'), 'due'],
    [at('10-10T00:00'), 'escalate'],
    [at('10-11T00:00'), 'escalate'],
    [at('10-12T00:00'), 'inspect'],
  ]);
});

test('a chosen tier stands in for the usual limit', () => {
  expect(ask({ process: 'appeal', task: 'handle', limit: '3' }).dueAt).toBe(at('10-03T10:00'));
  expect(ask({ process: 'appeal', task: 'handle' }).dueAt).toBe(at('10-15T10:00'));
});

test('a side task has its limit in every process', () => {
  expect(tasksOf(policy, 'appeal').get('consult')).toMatchObject({ limit: { workingDays: 2 } });
  expect(ask({ process: 'rectification', task: 'consult' }).limit).toEqual({ workingDays: 2 });
});

test.each([
  ['a task that is not there', { process: 'appeal', task: 'constructor' }],
  ['a process that is not there', { process: 'nothing', task: 'accept' }],
  ['a tier that is not there', { process: 'appeal', task: 'handle', limit: '4' }],
  ['a task whose date its procedure sets', { process: 'supervision', task: 'plan' }],
])('%s is refused rather than guessed', (_what, question) => {
  expect(() => ask(question)).toThrow(expect.objectContaining({ slug: 'malformed' }));
});
