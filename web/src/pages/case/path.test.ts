import { expect, test } from '@jest/globals';
import type { Task } from '../../contract/types.ts';
import { pathOf } from './path.ts';

const text = (word: string) => ({ zh: word, en: word });
const keys = ['accept', 'classify', 'handle', 'study', 'reply'];
const process = {
  tasks: keys.map((key) => ({ key, title: text(key), role: 'r', stage: key, form: {}, limit: null })),
  course: [['accept'], ['classify'], ['handle', 'study'], ['reply']],
};
const task = (key: string, state: Task['state'], closedAt: string | null = null): Task => ({
  ...{
    id: `${key}.${closedAt}`,
    case: 'SQ-2026-000001',
    process: 'appeal',
    round: 1,
    assignee: null,
    role: 'r',
    roleTitle: text('r'),
    unit: 'u',
  },
  ...{ unitName: 'u', openedAt: '', dueAt: null, pausedAt: null, overdue: false, escalationLevel: 0, ladder: [] },
  ...{ key, title: text(key), state, closedAt },
});
const shown = (tasks: readonly Task[], state: 'open' | 'closed' = 'open') =>
  pathOf({ tasks, state, stageTitle: text('stage') }, process).map((step) => `${step.state} ${step.titles.map(({ zh }) => zh).join('/')}`);

test('what was done comes in the order in which it was done, and what usually follows after what is open', () => {
  expect(shown([task('classify', 'done', '2'), task('accept', 'done', '1'), task('handle', 'open')])).toEqual([
    'done accept',
    'done classify',
    'now handle',
    'next reply',
  ]);
});

test('where the way is not decided, each task that may come is named', () => {
  expect(shown([task('accept', 'done', '1'), task('classify', 'open')])).toEqual([
    'done accept',
    'now classify',
    'next handle/study',
    'next reply',
  ]);
});

test('a draft that was returned is one step, until something else lies between, and is judged again', () => {
  const again = [task('handle', 'done', '1'), task('handle', 'done', '2'), task('reply', 'done', '3'), task('handle', 'open')];
  expect(shown(again)).toEqual(['done handle', 'done reply', 'now handle', 'next reply']);
});

test('a case that waits shows its stage, and one that is closed has nothing to come', () => {
  expect(shown([task('accept', 'done', '1')])).toEqual(['done accept', 'now stage', 'next classify', 'next handle/study', 'next reply']);
  expect(shown([task('accept', 'done', '1'), task('classify', 'cancelled')], 'closed')).toEqual(['done accept']);
});
