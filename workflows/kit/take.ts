import { ActivityFailure, ApplicationFailure, condition, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { DeliverActivities } from '../../activities/deliver.ts';
import type { RecordActivities } from '../../activities/record.ts';
import type { Instant, TaskId } from '../../domain/ids.ts';
import type { ProblemSlug } from '../../domain/problems.ts';
import type { CaseStep, ChangeKind, Recorded } from '../../domain/step.ts';
import { cancelSideTasks } from './cancel.ts';
import { isHandingOn } from './rewind.ts';
import { nextBell, type OpenTask, type Run } from './run.ts';
import type { Cause, JournalEntry } from './submission.ts';
import { answered, apply } from './submit.ts';
import { taskDefinition } from './tasks.ts';

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

/** Sets the procedure going. */
export type Begin = (run: Run) => void;

/** What set off a step that the record has and the workflow lost. */
type Lost = Pick<JournalEntry, 'cause' | 'at'>;

/** What came of a cause. Where it is `behind`, the record being ahead of the workflow, or `refused`, nothing was written, and the run has gone wrong. */
export type Taken =
  | { readonly how: 'taken'; readonly lost: Lost | null }
  | { readonly how: 'behind'; readonly lost: Lost }
  | { readonly how: 'refused'; readonly slug: ProblemSlug };

/** Takes one cause: live, or again from the journal with what the record answered then. */
export async function take(
  run: Run,
  begin: Begin,
  { cause, ...past }: Pick<JournalEntry, 'cause'> & Partial<JournalEntry>,
): Promise<Taken> {
  const generation = run.generation;
  run.replaysJournal = past.recorded !== undefined;
  for (const patch of past.patches ?? []) run.patches.add(patch);
  run.at = past.at ?? (new Date(Date.now()).toISOString() as Instant);
  run.acting =
    cause.kind === 'submission'
      ? { by: cause.submission.by, for: cause.submission.for ?? null, bodyHash: cause.submission.bodyHash }
      : null;

  const id = causeId(run, cause);
  applyCause(run, begin, cause);
  if (run.generation !== generation) begin(run);

  const recorded: Recorded[] = [];
  const kinds: ChangeKind[] = [];
  let lost: Lost | null = null;
  for (let part = 0; await changesSettled(run); part++) {
    const step = draftStep(run, part === 0 ? { cause: id, input: cause } : { cause: `${id}+${part}` });
    kinds.push(...step.changes.map(({ kind }) => kind));
    const answer = past.recorded?.[part] ?? (await store.record(step).catch(refusalOf));
    if ('slug' in answer) {
      // A clock can't be told: the workflow task fails and is tried again.
      if (part > 0 || cause.kind !== 'submission') throw new Error(`the record refused the step ${step.cause}: ${answer.slug}`);
      return { how: 'refused', slug: answer.slug };
    }
    lost = 'ahead' in answer ? (answer.ahead as Lost) : null;
    if (!('tasks' in answer)) return { how: 'behind', lost: answer.ahead as Lost };
    run.steps += 1;
    recorded.push(resultOf(answer));
    absorb(run, answer);
  }
  const handsOn = cause.kind === 'submission' && cause.submission.action === 'complete' && isHandingOn(kinds);
  if (recorded.length > 0) run.journal.push({ cause, at: run.at, recorded, patches: [...run.patches], ...(handsOn && { handsOn }) });
  return { how: 'taken', lost };
}

const resultOf = ({ tasks, waits, spawned, restrictions, open, coverage, leave, deliveries }: Recorded): Recorded => ({
  tasks,
  waits,
  spawned,
  ...(restrictions && { restrictions }),
  ...(open && { open }),
  ...(coverage && { coverage }),
  ...(leave && { leave }),
  deliveries,
});

function applyCause(run: Run, begin: Begin, cause: Cause): void {
  switch (cause.kind) {
    case 'start':
      return begin(run);
    case 'submission':
      return apply(run, cause.submission, cause.rewinds);
    case 'rung':
      return climb(run, cause.task, cause.index);
    case 'lapse':
      return lapse(run, cause.task);
    case 'resume':
      return goOnWith(run, cause.task);
    case 'answered':
      return answered(run, cause.task, cause.data);
    case 'wait-ended': {
      const wait = run.waits.get(cause.id);
      run.waits.delete(cause.id);
      if (wait) run.changes.push({ kind: 'end-wait', id: cause.id });
      return wait?.settle();
    }
  }
}

/** A rung of a task's ladder: tells, and climbs on. The first that calls inspection opens an order against the unit of the task. */
function climb(run: Run, id: TaskId, index: number): void {
  const task = run.tasks.get(id);
  const rung = task?.rungs[index];
  if (!task || !rung) return;
  run.tasks.set(id, { ...task, rungs: task.rungs.map((each) => (each === rung ? { ...rung, fired: true } : each)) });
  run.changes.push({ kind: 'rung', task: id, index, at: rung.at });
  const wasInspected = task.rungs.some(({ kind, fired }) => fired && kind === 'inspect');
  if (rung.kind === 'inspect' && !wasInspected) callInspection(run, task);
}

/** The end of a pause. In a suspended case the clock stands still all the same, and the end of the suspension lets it go on. */
function goOnWith(run: Run, id: TaskId): void {
  const task = run.tasks.get(id);
  if (!task) return;
  const { resumesAt: _, ...rest } = task;
  run.tasks.set(id, rest);
  run.changes.push({ kind: 'resume-task', task: id });
}

/** 先督办、后督察. What inspection itself fails to do goes to the leaders only. */
function callInspection(run: Run, { id, key }: OpenTask): void {
  if (run.definition.id === 'inspection-order') return;
  const { zh } = taskDefinition(run.definition, key).title;
  run.changes.push({
    kind: 'spawn',
    process: 'inspection-order',
    relation: 'inspection',
    data: { about: run.input.number, reasons: `${run.input.number}的“${zh}”逾期，逐级督办未果。` },
    subject: null,
    unitOfTask: id,
  });
}

function lapse(run: Run, id: TaskId): void {
  const task = run.tasks.get(id);
  if (!task) return;
  run.tasks.delete(id);
  run.changes.push({ kind: 'lapse-task', task: id });
  cancelSideTasks(run, id);
  task.settle({ how: 'lapsed' });
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
    case 'answered':
      return `answered:${cause.task}`;
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

function draftStep({ input, at, acting, steps, changes }: Run, cause: Pick<CaseStep, 'cause' | 'input'>): CaseStep {
  const { by = null, for: actorFor = null, bodyHash = null } = acting ?? {};
  return { case: input.number, ...cause, at, by, for: actorFor, bodyHash, known: steps, changes: changes.splice(0) };
}

/** Why the record can't take a step, such as a date beyond the calendar. Nothing else ends the tries; should it, the workflow task fails and is tried again, never the case. */
function refusalOf(error: unknown): { slug: ProblemSlug } {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  if (!(failure instanceof ApplicationFailure) || !failure.nonRetryable)
    throw new Error('the step could not be recorded', { cause: error });
  return { slug: failure.type as ProblemSlug };
}

/** Takes in what only the record knows. The engine compares only how many steps a case took: that a changed procedure opens other tasks is seen here. */
function absorb(run: Run, recorded: Recorded): void {
  for (const [id, facts] of Object.entries(recorded.tasks)) {
    const task = run.tasks.get(id as TaskId);
    if (task && task.key !== facts.key) throw new Error(`${id} was opened as ${facts.key}, and this procedure opens it as ${task.key}`);
    if (task) run.tasks.set(task.id, { ...task, ...facts });
    if (facts.protects) run.protecting.add(facts.key);
    if (facts.checkpoint) run.checkpoints.set(facts.key, facts.checkpoint);
  }
  for (const [id, facts] of Object.entries(recorded.waits)) {
    const wait = run.waits.get(id);
    if (wait) run.waits.set(id, { ...wait, ...facts });
  }
  for (const answer of run.asking.splice(0)) answer(recorded);
  if (recorded.deliveries.length > 0 && !run.replaysJournal) run.deliveries.push(outside.deliver(recorded.deliveries));
}
