import { condition, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { DeliverActivities } from '../../activities/deliver.ts';
import type { RecordActivities } from '../../activities/record.ts';
import type { Instant, TaskId } from '../../domain/ids.ts';
import type { CaseStep, Recorded } from '../../domain/step.ts';
import { nextBell, type Run } from './run.ts';
import type { Cause, JournalEntry, Submission } from './submission.ts';
import { apply } from './submit.ts';

const store = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' },
});
const outside = proxyActivities<DeliverActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 hour', maximumAttempts: 12 },
});

export function clockCause(run: Run): Cause | undefined {
  const bell = nextBell(run);
  if (!bell || bell.at > Date.now()) return undefined;
  return bell.cause;
}

/** Takes one cause: live, or again from the journal with what the record answered then. @returns the tasks that it opened */
export async function take(run: Run, begin: () => void, { cause, ...past }: { cause: Cause } & Partial<JournalEntry>): Promise<TaskId[]> {
  const generation = run.generation;
  run.replaysJournal = past.recorded !== undefined;
  for (const patch of past.patches ?? []) run.patches.add(patch);
  run.at = past.at ?? (new Date(Date.now()).toISOString() as Instant);
  run.acting =
    cause.kind === 'submission'
      ? { by: cause.submission.by, for: cause.submission.for ?? null, bodyHash: cause.submission.bodyHash }
      : null;

  if (cause.kind === 'lapse' && !run.replaysJournal && !(await store.areOpen([cause.task]))) return waitForLostSubmission(run, cause.task);
  const id = causeId(run, cause);
  applyCause(run, begin, cause);
  if (run.generation !== generation) begin();

  const recorded: Recorded[] = [];
  const opened: TaskId[] = [];
  for (let part = 0; await changesSettled(run); part++) {
    const step = draftStep(
      run,
      part === 0 ? id : `${id}+${part}`,
      part === 0 && cause.kind === 'submission' ? cause.submission : undefined,
    );
    const answer = past.recorded?.[part] ?? (await store.record(step).catch(asFault));
    recorded.push(answer);
    for (const change of step.changes) if (change.kind === 'open-task') opened.push(change.task);
    absorb(run, answer);
  }
  if (recorded.length > 0) run.journal.push({ cause, at: run.at, recorded, patches: [...run.patches] });
  return opened;
}

function applyCause(run: Run, begin: () => void, cause: Cause): void {
  switch (cause.kind) {
    case 'start':
      return begin();
    case 'submission':
      return apply(run, cause.submission);
    case 'rung':
      return climb(run, cause.task, cause.index);
    case 'lapse':
      return lapse(run, cause.task);
    case 'resume':
      return void run.changes.push({ kind: 'resume-task', task: cause.task });
    case 'wait-ended': {
      const wait = run.waits.get(cause.id);
      run.waits.delete(cause.id);
      if (wait) run.changes.push({ kind: 'end-wait', id: cause.id });
      return wait?.settle();
    }
  }
}

/** A rung of a task's ladder: tells, and climbs on. */
function climb(run: Run, id: TaskId, index: number): void {
  const task = run.tasks.get(id);
  const rung = task?.rungs[index];
  if (!task || !rung) return;
  run.tasks.set(id, { ...task, rungs: task.rungs.map((each) => (each === rung ? { ...rung, fired: true } : each)) });
  run.changes.push({ kind: 'rung', task: id, index, at: rung.at });
  if (rung.kind === 'escalate' || rung.kind === 'inspect') run.level += 1;
}

function lapse(run: Run, id: TaskId): void {
  const task = run.tasks.get(id);
  if (!task) return;
  run.tasks.delete(id);
  run.changes.push({ kind: 'lapse-task', task: id });
  task.settle({ how: 'lapsed' });
}

/** The record has this task closed: a submission was committed just before a crash and comes again. The task's clock is of no use any more. */
function waitForLostSubmission(run: Run, id: TaskId): TaskId[] {
  const task = run.tasks.get(id);
  if (task) run.tasks.set(id, { ...task, lapses: false, rungs: [] });
  return [];
}

/** What makes a step happen once: stable across replays and redeliveries, whatever came between. */
function causeId(run: Run, cause: Cause): string {
  switch (cause.kind) {
    case 'start':
      return run.input.run === 1 ? 'start' : `start:${run.input.run}`;
    case 'submission':
      return cause.id;
    case 'rung':
      return `rung:${cause.task}:${cause.index}:${run.tasks.get(cause.task)?.rungs[cause.index]?.at}`;
    case 'lapse':
      return `lapse:${cause.task}:${run.tasks.get(cause.task)?.dueAt}`;
    case 'resume':
      return `resume:${cause.task}:${run.tasks.get(cause.task)?.resumesAt}`;
    case 'wait-ended':
      return `wait:${cause.id}`;
  }
}

/** Waits until the procedure has gone as far as it can. @returns whether it changed anything */
async function changesSettled(run: Run): Promise<boolean> {
  // The SDK asks blocked conditions once nothing else in the workflow can run: the second time means that everything has come to rest.
  let asked = false;
  await condition(() => {
    const atRest = asked;
    asked = true;
    return atRest;
  });
  if (run.fault) throw run.fault;
  return run.changes.length > 0;
}

function draftStep(run: Run, cause: string, input: Submission | undefined): CaseStep {
  const { acting, at } = run;
  const changes = run.changes.splice(0);
  const step = {
    case: run.input.number,
    cause,
    at,
    by: acting?.by ?? null,
    for: acting?.for ?? null,
    bodyHash: acting?.bodyHash ?? null,
    changes,
  };
  return input ? { ...step, input } : step;
}

/** What the record refuses is a fault of the build or of the data: it fails the workflow task, which is tried again, and never the case. */
function asFault(refused: unknown): never {
  throw new Error('the record refused the step', { cause: refused });
}

/** Takes in what only the record knows. */
function absorb(run: Run, recorded: Recorded): void {
  for (const [id, facts] of Object.entries(recorded.tasks)) {
    const task = run.tasks.get(id as TaskId);
    if (task) run.tasks.set(task.id, { ...task, ...facts });
  }
  for (const [id, facts] of Object.entries(recorded.waits)) {
    const wait = run.waits.get(id);
    if (wait) run.waits.set(id, { ...wait, ...facts });
  }
  for (const opened of run.spawning.splice(0)) opened(recorded);
  if (recorded.deliveries.length > 0 && !run.replaysJournal) run.deliveries.push(outside.deliver(recorded.deliveries));
}
