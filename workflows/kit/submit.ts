import { z } from 'zod';
import type { FieldError, ProblemSlug } from '../../domain/problems.ts';
import { cancelSideTasks } from './cancel.ts';
import { cancelOpenTasks, closeRun } from './case.ts';
import { citationsIn } from './citations.ts';
import { schemaOf } from './define.ts';
import type { Decision } from './fields.ts';
import { openTask } from './open.ts';
import type { OpenTask, Run } from './run.ts';
import type { Action, Submission } from './submission.ts';

export interface Refusal {
  readonly slug: ProblemSlug;
  readonly errors?: readonly FieldError[];
}

/**
 * Whether the case can take the submission now. Synchronous, changes nothing: it is the update's validator, and is asked again
 * when the submission's turn comes, since another may have come first. Who may act is the API's question.
 */
export function refusal(run: Run, submission: Submission): Refusal | null {
  if (run.closed) return { slug: 'case-not-open' };
  switch (submission.action) {
    case 'withdraw':
    case 'merge':
      return null;
    case 'transfer':
      return [...run.tasks.values()].some((task) => task.key === 'approve-transfer') ? { slug: 'not-now' } : null;
    case 'recall':
      return judgeOf(run, submission) ? null : { slug: 'not-now' };
    default:
      return taskRefusal(run, submission);
  }
}

function taskRefusal(run: Run, submission: Extract<Action, { task: string }>): Refusal | null {
  const task = run.tasks.get(submission.task);
  if (!task) return { slug: 'task-not-open' };
  switch (submission.action) {
    case 'complete': {
      if ([...run.tasks.values()].some((side) => side.beside === task.id && side.holds)) return { slug: 'not-now' };
      const form = schemaOf(task.form).safeParse(submission.data);
      if (form.success)
        return task.adverse && task.protects && lacksStatement(form.data) ? { slug: 'invalid-form', errors: [unrelated] } : null;
      return {
        slug: 'invalid-form',
        errors: form.error.issues.map(({ path, message }) => ({ path: ['data', ...path].join('.'), message })),
      };
    }
    case 'pause':
      return task.pausedAt === null && task.dueAt !== null ? null : { slug: 'not-now' };
    case 'resume':
      return task.pausedAt === null ? { slug: 'not-now' } : null;
    case 'extend':
      if (task.dueAt === null || task.pausedAt !== null) return { slug: 'not-now' };
      if (Date.parse(task.dueAt) <= Date.now()) return { slug: 'limit-passed' };
      return [...run.tasks.values()].some((side) => side.beside === task.id && side.key === 'approve-extension')
        ? { slug: 'not-now' }
        : null;
    default:
      return null;
  }
}

const Against = z.looseObject({ decision: z.string().optional(), unrelated: z.string().optional() });

/** Whether a decision against the subject lacks the decider's written statement (fields.ts, `unrelated`). To refuse what would harm them takes none. */
function lacksStatement(data: unknown): boolean {
  const { decision, unrelated: statement } = Against.parse(data);
  return decision !== 'refuse' && statement === undefined;
}

const unrelated = {
  path: 'data.unrelated',
  message:
    '当事人受防打击报复保护，须书面说明本决定与其无关 / a no-retaliation mark protects this person: state why this has nothing to do with it',
};

/** Carries the submission out: changes the run's state and says what to record. The procedure goes on by itself where a task was completed. */
export function apply(run: Run, submission: Submission): void {
  switch (submission.action) {
    case 'complete':
      return complete(run, taskOf(run, submission.task), submission);
    case 'withdraw':
      run.changes.push({ kind: 'event', type: 'withdrawn', data: { reason: submission.reason } });
      tell(run, 'handler', 'withdrawn');
      return void closeRun(run, 'withdrawn');
    case 'merge':
      run.changes.push({ kind: 'merge', into: submission.into });
      tell(run, 'appellant', 'merged');
      return void closeRun(run, 'merged', { into: submission.into });
    case 'transfer':
      return transfer(run, submission);
    case 'pause':
      return pause(run, submission);
    case 'resume':
      return void run.changes.push({ kind: 'resume-task', task: submission.task });
    case 'extend':
      return extend(run, submission);
    case 'consult':
      return consult(run, submission);
    case 'recall':
      return recall(run, submission);
  }
}

/** Nothing is done behind the back of those concerned. */
const tell = (run: Run, part: 'appellant' | 'handler', notice: string) => void run.changes.push({ kind: 'notify', to: { part }, notice });

function complete(run: Run, task: OpenTask, submission: Extract<Submission, { action: 'complete' }>): void {
  const data = schemaOf(task.form).parse(submission.data);
  run.tasks.delete(task.id);
  run.doneBy.set(task.key, submission.for ? [submission.by, submission.for] : [submission.by]);
  const cites = citationsIn(schemaOf(task.form), data, run.input.data).map(({ rule, on }) => ({ rule, on }));
  run.changes.push({ kind: 'complete-task', task: task.id, data, ...(cites.length > 0 && { cites }) });
  cancelSideTasks(run, task.id);
  task.settle({ how: 'done', data });
}

function transfer(run: Run, { unit, reason, approved }: Extract<Action, { action: 'transfer' }>): void {
  if (!approved) {
    openTask(run, {
      key: 'approve-transfer',
      options: { context: { unit, reason } },
      beside: [...run.tasks.keys()][0] ?? (`${run.input.number}.0` as OpenTask['id']),
      settle: (end) => {
        if (end.how === 'done' && (end.data as Decision).decision === 'approve')
          transfer(run, { action: 'transfer', unit, reason, approved: true });
        else run.changes.push({ kind: 'event', type: 'transfer-refused', data: { unit } });
      },
    });
    return;
  }
  cancelOpenTasks(run, 'transferred');
  run.unit = unit;
  run.transfers += 1;
  run.handler = null;
  run.generation += 1;
  run.changes.push({ kind: 'unit', unit }, { kind: 'event', type: 'transferred', data: { unit, reason } });
  tell(run, 'appellant', 'transferred');
}

function pause(run: Run, { task: id, reason, until }: Extract<Action, { action: 'pause' }>): void {
  const { resumesAt: _, ...task } = taskOf(run, id);
  run.tasks.set(id, { ...task, pausedAt: run.at, ...(until === undefined ? {} : { resumesAt: until }) });
  run.changes.push({ kind: 'pause-task', task: id, reason });
}

function extend(run: Run, { task, extendBy, reason, decide }: Extract<Action, { action: 'extend' }>): void {
  const grant = () => void run.changes.push({ kind: 'extend-task', task, by: extendBy });
  run.changes.push({ kind: 'event', type: 'extension-asked', task, data: { by: extendBy, reason } });
  if (decide) return grant();
  openTask(run, {
    key: 'approve-extension',
    options: { context: { by: extendBy, reason }, notBy: run.acting ? [run.acting.by] : [] },
    beside: task,
    settle: (end) => {
      if (end.how === 'done' && (end.data as Decision).decision === 'approve') grant();
      else run.changes.push({ kind: 'event', type: 'extension-refused', task });
    },
  });
}

function consult(run: Run, { task, to, question, wait }: Extract<Action, { action: 'consult' }>): void {
  run.changes.push({ kind: 'participant', person: to, role: 'consulted' });
  openTask(run, { key: 'consult', options: { assignee: to, context: { question } }, beside: task, holds: wait, settle: () => undefined });
}

function recall(run: Run, submission: Extract<Submission, { action: 'recall' }>): void {
  const judge = judgeOf(run, submission);
  if (!judge) throw new Error('recall was not refused though nothing judges the submission');
  run.tasks.delete(judge.id);
  run.changes.push({ kind: 'event', type: 'recalled', task: submission.task, data: { reason: submission.reason } });
  run.changes.push({ kind: 'cancel-task', task: judge.id, reason: 'recalled' });
  cancelSideTasks(run, judge.id);
  judge.settle({ how: 'recalled' });
}

const judgeOf = (run: Run, { task }: { readonly task: string }) => [...run.tasks.values()].find(({ judges }) => judges === task);

function taskOf(run: Run, id: OpenTask['id']): OpenTask {
  const task = run.tasks.get(id);
  if (!task) throw new Error(`task ${id} is not open`);
  return task;
}
