import { attachmentsIn } from './attachments.ts';
import { cancelSideTasks } from './cancel.ts';
import { citationsIn } from './citations.ts';
import { countsIn } from './counts.ts';
import { changeCourse, courseRefusal } from './course.ts';
import { schemaOf } from './define.ts';
import type { Decision } from './fields.ts';
import { openTask } from './open.ts';
import { addMember, hasVoted, panelOf, standDown } from './panel.ts';
import { invalidForm, type Refusal, withoutStatement } from './refusal.ts';
import { isRecallable, judgeOf, reopenRecalled } from './rewind.ts';
import { lineOf, type OpenTask, type Run } from './run.ts';
import type { Action, Rewinding, Submission } from './submission.ts';
import { taskDefinition } from './tasks.ts';

/**
 * Whether the case can take the submission now. Synchronous, changes nothing: it is the update's validator, and is asked again
 * when the submission's turn comes, since another may have come first. Who may act is the API's question.
 * @param fits its form was looked at when it came: what a wider form let in goes on when the history is taken up under a narrower one
 */
export function refusal(run: Run, submission: Submission, fits = false): Refusal | null {
  if (run.closed) return { slug: 'case-not-open' };
  switch (submission.action) {
    case 'withdraw':
    case 'merge':
    case 'cancel':
    case 'split':
    case 'amend':
    case 'suspend':
    case 'end-suspension':
    case 'transfer':
      return courseRefusal(run, submission);
    case 'recall':
      return judgeOf(run, submission) || isRecallable(run, submission) ? null : { slug: 'not-now' };
    default:
      return taskRefusal(run, submission, fits);
  }
}

function taskRefusal(run: Run, submission: Extract<Submission, { task: string }>, fits: boolean): Refusal | null {
  const task = run.tasks.get(submission.task);
  if (!task) return { slug: 'task-not-open' };
  switch (submission.action) {
    case 'complete': {
      if ([...run.tasks.values()].some((side) => side.beside === task.id && side.holds)) return { slug: 'not-now' };
      if (hasVoted(run, task, submission.by)) return { slug: 'needs-second-person' };
      return (fits ? null : invalidForm(task.form, submission.data)) ?? withoutStatement(task, submission.data);
    }
    case 'recompute':
      return task.dueAt === null ? { slug: 'not-now' } : null;
    case 'panel-add': {
      const panel = panelOf(run, task);
      if (!panel) return { slug: 'not-now' };
      return panel.members.includes(submission.person) ? { slug: 'already-seated' } : null;
    }
    case 'stand-down': {
      const panel = panelOf(run, task);
      if (!panel) return { slug: 'not-now' };
      return panel.members.length > panel.atLeast ? null : { slug: 'panel-too-small' };
    }
    case 'pause':
      return task.pausedAt === null && task.dueAt !== null ? null : { slug: 'not-now' };
    case 'resume':
      return task.pausedAt === null ? { slug: 'not-now' } : null;
    case 'extend':
      if (task.dueAt === null || task.pausedAt !== null) return { slug: 'not-now' };
      if (Date.parse(task.dueAt) <= Date.now()) return { slug: 'limit-passed' };
      if (submission.most !== undefined && (run.extensions.get(task.key) ?? 0) >= submission.most) return { slug: 'no-more-extensions' };
      return [...run.tasks.values()].some((side) => side.beside === task.id && side.key === 'approve-extension')
        ? { slug: 'not-now' }
        : null;
    default:
      return null;
  }
}

/** Carries the submission out: changes the run's state and says what to record. The procedure goes on by itself where a task was completed. */
export function apply(run: Run, submission: Submission, rewinds?: Rewinding): void {
  switch (submission.action) {
    case 'complete':
      return complete(run, taskOf(run, submission.task), submission);
    case 'withdraw':
    case 'merge':
    case 'cancel':
    case 'split':
    case 'amend':
    case 'suspend':
    case 'end-suspension':
    case 'transfer':
      return changeCourse(run, submission);
    case 'pause':
      return pause(run, submission);
    case 'resume':
      return void run.changes.push({ kind: 'resume-task', task: submission.task });
    case 'extend':
      return extend(run, submission);
    case 'consult':
      return consult(run, submission);
    case 'recompute':
      return void run.changes.push({ kind: 'recompute-task', task: submission.task });
    case 'panel-add':
      return addMember(run, taskOf(run, submission.task), submission);
    case 'stand-down':
      return standDown(run, taskOf(run, submission.task), submission.reason);
    case 'recall':
      return rewinds ? reopenRecalled(run, submission, rewinds) : recall(run, submission);
  }
}

function complete(run: Run, task: OpenTask, submission: Extract<Submission, { action: 'complete' }>): void {
  const who = submission.for ? ([submission.by, submission.for] as const) : ([submission.by] as const);
  for (const line of new Set([task.key, lineOf(task.key, task.series)])) run.doneBy.set(line, who);
  completeWith(run, task, submission.data);
}

/** What another case brings: a task that was done by hand or fell away meanwhile stays as it is, and what does not fit its form is left to people. */
export function answered(run: Run, id: OpenTask['id'], data: unknown): void {
  const task = run.tasks.get(id);
  if (task && schemaOf(task.form).safeParse(data).success) completeWith(run, task, data);
}

function completeWith(run: Run, task: OpenTask, submitted: unknown): void {
  const form = schemaOf(task.form);
  const data = form.safeParse(submitted).data ?? submitted;
  run.tasks.delete(task.id);
  const cites = citationsIn(form, data, run.intake).map(({ rule, on }) => ({ rule, on }));
  const attachments = attachmentsIn(form, data);
  const counts = countsIn(taskDefinition(run.definition, task.key).counts, data);
  run.changes.push({
    kind: 'complete-task',
    task: task.id,
    data,
    ...(Object.keys(counts).length > 0 && { counts }),
    ...(cites.length > 0 && { cites }),
    ...(attachments.length > 0 && { attachments }),
    ...(task.afterHearing && { afterHearing: task.afterHearing }),
    ...(task.afterFindings && { afterFindings: task.afterFindings }),
    ...(task.afterCoverage && !givesReasons(data) && { afterCoverage: task.afterCoverage }),
    ...(task.books && findingOf(data) === task.books.when && { books: task.books.entry }),
  });
  cancelSideTasks(run, task.id);
  task.settle({ how: 'done', data });
}

const givesReasons = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'reasons' in data && data.reasons !== undefined;

const findingOf = (data: unknown): unknown => (typeof data === 'object' && data !== null && 'finding' in data ? data.finding : undefined);

function pause(run: Run, { task: id, reason, until }: Extract<Action, { action: 'pause' }>): void {
  const { resumesAt: _, ...task } = taskOf(run, id);
  run.tasks.set(id, { ...task, pausedAt: run.at, ...(until === undefined ? {} : { resumesAt: until }) });
  run.changes.push({ kind: 'pause-task', task: id, reason, ...(until === undefined ? {} : { until }) });
}

function extend(run: Run, { task, extendBy, reason, decide }: Extract<Action, { action: 'extend' }>): void {
  const { key } = taskOf(run, task);
  const grant = () => {
    run.extensions.set(key, (run.extensions.get(key) ?? 0) + 1);
    run.changes.push({ kind: 'extend-task', task, by: extendBy });
  };
  run.changes.push({ kind: 'event', type: 'extension-asked', task, data: { by: extendBy, reason } });
  if (decide) return grant();
  openTask(run, {
    key: 'approve-extension',
    options: { context: { by: extendBy, reason }, notBy: run.acting ? [run.acting.by] : [], ...deciderOfExtension(run) },
    beside: task,
    settle: (end) => {
      if (end.how === 'done' && (end.data as Decision).decision === 'approve') grant();
      else run.changes.push({ kind: 'event', type: 'extension-refused', task });
    },
  });
}

/** Whose directive it is decides on more time for it, unless the opener asks for it. */
function deciderOfExtension({ definition, input, acting }: Run) {
  return definition.extendedBy === 'opener' && input.openedBy !== null && acting?.by !== input.openedBy ? { assignee: input.openedBy } : {};
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

function taskOf(run: Run, id: OpenTask['id']): OpenTask {
  const task = run.tasks.get(id);
  if (!task) throw new Error(`task ${id} is not open`);
  return task;
}
