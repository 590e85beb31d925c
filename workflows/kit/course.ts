import type { z } from 'zod';
import type { TaskId } from '../../domain/ids.ts';
import type { NoticeTarget } from '../../domain/step.ts';
import { attachmentsIn } from './attachments.ts';
import { cancelOpenTasks, closeRun } from './case.ts';
import { countsIn } from './counts.ts';
import { schemaOf } from './define.ts';
import type { Decision } from './fields.ts';
import { openTask, openWait } from './open.ts';
import { invalidForm, type Refusal } from './refusal.ts';
import type { Run } from './run.ts';
import type { Action } from './submission.ts';

/*
 * What changes the course of a whole case: it ends before its time, goes on elsewhere, starts over, or stands still. Nothing of it is done behind the back of those concerned: the record
 * tells everyone whose task it takes away.
 */

type CourseAction = Extract<
  Action,
  { action: 'withdraw' | 'merge' | 'cancel' | 'split' | 'amend' | 'suspend' | 'end-suspension' | 'transfer' }
>;

/** Why the course cannot be changed so now; null where it can. */
export function courseRefusal(run: Run, action: CourseAction): Refusal | null {
  switch (action.action) {
    case 'withdraw':
    case 'merge':
    case 'cancel':
      return null;
    case 'transfer':
      return [...run.tasks.values()].some((task) => task.key === 'approve-transfer') ? { slug: 'not-now' } : null;
    case 'amend':
      return invalidForm(run.definition.intake, action.data);
    case 'split':
      return action.parts.reduce<Refusal | null>(
        (found, { data }, index) => found ?? invalidForm(run.definition.intake, data, `parts.${index}.data`),
        null,
      );
    case 'suspend':
      return run.suspension === null ? null : { slug: 'not-now' };
    case 'end-suspension':
      return run.suspension === null ? { slug: 'not-now' } : null;
  }
}

export function changeCourse(run: Run, action: CourseAction): void {
  switch (action.action) {
    case 'withdraw':
      run.changes.push({ kind: 'event', type: 'withdrawn', data: { reason: action.reason } });
      tell(run, { part: 'handler' }, 'withdrawn');
      return void closeRun(run, 'withdrawn');
    case 'cancel':
      run.changes.push({ kind: 'event', type: 'cancelled', data: { reason: action.reason } });
      tell(run, { part: 'handler' }, 'cancelled');
      return void closeRun(run, 'cancelled');
    case 'merge':
      run.changes.push({ kind: 'merge', into: action.into });
      tell(run, { part: 'appellant' }, 'merged');
      return void closeRun(run, 'merged', { into: action.into });
    case 'split':
      return split(run, action);
    case 'amend':
      return amend(run, action);
    case 'suspend':
      return suspend(run, action);
    case 'end-suspension':
      return endSuspension(run);
    case 'transfer':
      return transfer(run, action);
  }
}

const tell = (run: Run, to: NoticeTarget, notice: string) => void run.changes.push({ kind: 'notify', to, notice });

/** 分解: each part goes on as a case of its own, and this one ends in them. */
function split(run: Run, { parts, reason }: Extract<Action, { action: 'split' }>): void {
  const { id } = run.definition;
  run.changes.push({ kind: 'event', type: 'split', data: { reason, units: parts.map(({ unit }) => unit) } });
  for (const { unit, data } of parts)
    run.changes.push({ kind: 'spawn', process: id, data, relation: 'part', subject: run.input.subject, unit });
  closeRun(run, 'split');
}

/** 变更: what is asked for is another thing now, so the case starts over with it; its dates still count from the first issue. */
function amend(run: Run, { data, reason }: Extract<Action, { action: 'amend' }>): void {
  const intake = schemaOf(run.definition.intake).parse(data) as z.output<ReturnType<typeof run.definition.intake>>;
  const attachments = attachmentsIn(schemaOf(run.definition.intake), intake);
  const counts = countsIn(run.definition.counts, intake);
  run.changes.push({
    kind: 'amend',
    title: run.definition.caseTitle(intake),
    data: intake,
    reason,
    ...(Object.keys(counts).length > 0 && { counts }),
    ...(attachments.length > 0 && { attachments }),
  });
  run.intake = intake;
  startOver(run, 'amended');
}

function transfer(run: Run, { unit, reason, approved }: Extract<Action, { action: 'transfer' }>): void {
  if (!approved) return askForTransfer(run, { unit, reason });
  run.unit = unit;
  run.transfers += 1;
  startOver(run, 'transferred');
  run.changes.push({ kind: 'unit', unit }, { kind: 'event', type: 'transferred', data: { unit, reason } });
  tell(run, { part: 'appellant' }, 'transferred');
}

function askForTransfer(run: Run, asked: Pick<Extract<Action, { action: 'transfer' }>, 'unit' | 'reason'>): void {
  openTask(run, {
    key: 'approve-transfer',
    options: { context: asked },
    beside: [...run.tasks.keys()][0] ?? (`${run.input.number}.0` as TaskId),
    settle: (end) => {
      if (end.how === 'done' && (end.data as Decision).decision === 'approve')
        transfer(run, { action: 'transfer', ...asked, approved: true });
      else run.changes.push({ kind: 'event', type: 'transfer-refused', data: { unit: asked.unit } });
    },
  });
}

/** What the procedure still awaits never comes; take.ts begins it anew. */
function startOver(run: Run, reason: string): void {
  cancelOpenTasks(run, reason);
  run.handler = null;
  run.generation += 1;
}

/** 中止: nothing is asked of anybody until it ends, which it does by itself. */
function suspend(run: Run, { until, reason }: Extract<Action, { action: 'suspend' }>): void {
  run.changes.push({ kind: 'suspend', until, reason });
  run.suspension = openWait(run, 'suspension', { until }, () => {
    run.suspension = null;
    run.changes.push({ kind: 'end-suspension' });
  });
}

function endSuspension(run: Run): void {
  if (run.suspension === null) return;
  run.waits.delete(run.suspension);
  run.changes.push({ kind: 'end-wait', id: run.suspension }, { kind: 'end-suspension' });
  run.suspension = null;
}
