import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { CaseNumber, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import { Appeal } from '../interests/appeal.definition.ts';
import { people, person } from './fields.ts';
import { newRun, type TaskEnd } from './run.ts';
import type { Submission } from './submission.ts';
import { apply, refusal } from './submit.ts';

const task = TaskId.parse('SQ-2026-000001.1');
const title = { zh: '人员', en: 'Person' };
const narrower = () => z.strictObject({ named: people(title, person(title), 2, 3) });
const twice = { named: ['zhao', 'zhao'] };
const submission: Submission = { action: 'complete', task, data: twice, by: PersonId.parse('li'), bodyHash: 'x' };

function runWithTask() {
  const ends: TaskEnd[] = [];
  const run = newRun(Appeal, {
    number: CaseNumber.parse('SQ-2026-000001'),
    process: 'appeal',
    policyVersion: 'v',
    data: {},
    subject: null,
    unit: UnitId.parse('station-1'),
    openedBy: null,
    run: 1,
  });
  const opened = { key: 'accept', dueAt: null, pausedAt: null, rungs: [], lapses: false, holds: false };
  run.tasks.set(task, { ...opened, id: task, form: narrower, settle: (end) => void ends.push(end) });
  return { run, ends };
}

test('a submission is held to its form when it comes', () => {
  expect(refusal(runWithTask().run, submission)).toMatchObject({ slug: 'invalid-form', errors: [{ path: 'data.named' }] });
});

test('what a wider form let in goes on, as it was, when the history is taken up under a narrower one', () => {
  const { run, ends } = runWithTask();
  expect(refusal(run, submission, true)).toBeNull();
  apply(run, submission);
  expect(ends).toEqual([{ how: 'done', data: twice }]);
  expect(run.changes).toContainEqual({ kind: 'complete-task', task, data: twice });
});
