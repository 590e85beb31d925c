/*
 * A case's workflow. Everything that happens to a case is a *cause*: its start, a submission, a clock. The workflow takes one cause at a time:
 *
 *   apply the cause → let the procedure run until it waits again → write all that changed as one step (one local activity, one transaction)
 *
 * Invariants
 * - The first tasks are open before the update handler is registered, so that no early submission is refused.
 * - A cause that the record already has (the worker died after the commit and before Temporal knew) changes nothing there and gives the same answer again.
 * - What only the database, the calendar or the policy know (due dates, rungs) enters through the record's answer and nowhere else.
 * - A limit that changes the case's course (lapse) first asks the record whether the task is still open: a submission committed just before a crash wins.
 *
 * A run that grows too long goes on as a new one that takes the same causes again from the journal, with the answers of then, without writing anything.
 */
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeliverActivities } from '../../activities/deliver.ts';
import type { RecordActivities } from '../../activities/record.ts';
import type { Instant, TaskId } from '../../domain/ids.ts';
import type { CaseStep, Recorded } from '../../domain/step.ts';
import { type Case, caseOf } from './case.ts';
import type { ProcessDefinition } from './define.ts';
import { type Closed, newRun, nextBell, type OpenTask, type Run } from './run.ts';
import {
  type CaseInput,
  type Cause,
  type JournalEntry,
  type Submission,
  type SubmissionResult,
  stateQuery,
  submitUpdate,
  waitEndedSignal,
} from './submission.ts';
import { apply, type Refusal, refusal } from './submit.ts';

const store = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' },
});
const outside = proxyActivities<DeliverActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 hour', maximumAttempts: 12 },
});

const submit = defineUpdate<SubmissionResult, [Submission]>(submitUpdate);
const state = defineQuery<LiveState>(stateQuery);
const waitEnded = defineSignal<[string]>(waitEndedSignal);

/** A case's history after which it goes on in a new run, though Temporal would allow 51,200. */
const longHistory = 4000;

/** The workflow's own view of its case. */
export interface LiveState {
  readonly stage: string;
  readonly unit: string;
  readonly handler: string | null;
  readonly level: number;
  readonly outcome: string | null;
  readonly tasks: readonly { id: TaskId; key: string; dueAt: Instant | null; pausedAt: Instant | null; nextRungAt: Instant | null }[];
  readonly waits: readonly { key: string; endsAt: Instant | null }[];
}

interface Waiting {
  readonly cause: Cause;
  readonly answer?: (result: SubmissionResult) => void;
  readonly refuse?: (failure: ApplicationFailure) => void;
}

/** Makes the workflow of a process out of its definition and its procedure. */
export const procedure =
  <D extends ProcessDefinition>(definition: D, carryOut: (c: Case<D>) => Promise<Closed>) =>
  async (input: CaseInput): Promise<Closed> => {
    const run = newRun(definition, input);
    const begin = () => {
      carryOut(caseOf(run, definition)).catch((fault: unknown) => {
        run.fault = fault ?? new Error('the procedure failed');
      });
    };
    if (!input.journal) await take(run, begin, { cause: { kind: 'start' } });
    for (const entry of input.journal ?? []) await take(run, begin, entry);

    const queue: Waiting[] = [];
    setHandler(state, () => liveState(run));
    setHandler(waitEnded, (id) => void queue.push({ cause: { kind: 'wait-ended', id } }));
    setHandler(submit, (submission) => queued(queue, submission), { validator: (submission) => refuse(refusal(run, submission)) });

    while (!run.closed) {
      await untilCause(run, queue);
      await takeNext(run, begin, queue);
      if (!run.closed && isLong()) await goOn(run, queue);
    }
    for (const { refuse: refused } of queue.splice(0)) refused?.(failure({ slug: 'case-not-open' }));
    await condition(allHandlersFinished);
    await Promise.allSettled(run.deliveries);
    return run.closed;
  };

const queued = (queue: Waiting[], submission: Submission): Promise<SubmissionResult> =>
  new Promise((answer, refused) => {
    queue.push({ cause: { kind: 'submission', id: updateId(), submission }, answer, refuse: refused });
  });

/** Sleeps until a submission comes or a clock of the case wants something. */
async function untilCause(run: Run, queue: readonly Waiting[]): Promise<void> {
  const bell = nextBell(run);
  if (queue.length > 0) return;
  if (!bell) await condition(() => queue.length > 0);
  else if (bell.at > Date.now()) await condition(() => queue.length > 0, bell.at - Date.now());
}

async function takeNext(run: Run, begin: () => void, queue: Waiting[]): Promise<void> {
  const { cause, answer, refuse: refused } = queue.shift() ?? { cause: clockCause(run) };
  if (!cause) return;
  if (cause.kind !== 'submission') return void (await take(run, begin, { cause }));

  // Another submission may have come between this one's validation and its turn.
  const refusedNow = refusal(run, cause.submission);
  if (refusedNow) return refused?.(failure(refusedNow));
  const opened = await take(run, begin, { cause });
  answer?.({ bodyHash: cause.submission.bodyHash, opened });
}

function clockCause(run: Run): Cause | undefined {
  const bell = nextBell(run);
  if (!bell || bell.at > Date.now()) return undefined;
  return bell.wait === undefined ? { kind: 'rung', task: bell.task, index: bell.index } : { kind: 'wait-ended', id: bell.wait };
}

/** Takes one cause: live, or again from the journal with what the record answered then. @returns the tasks that it opened */
async function take(run: Run, begin: () => void, { cause, ...past }: { cause: Cause } & Partial<JournalEntry>): Promise<TaskId[]> {
  const generation = run.generation;
  run.replaysJournal = past.recorded !== undefined;
  for (const patch of past.patches ?? []) run.patches.add(patch);
  run.at = past.at ?? (new Date(Date.now()).toISOString() as Instant);
  run.acting =
    cause.kind === 'submission'
      ? { by: cause.submission.by, for: cause.submission.for ?? null, bodyHash: cause.submission.bodyHash }
      : null;

  if (isLapse(run, cause) && !run.replaysJournal && !(await store.areOpen([cause.task]))) {
    fired(run, cause.task, cause.index);
    return [];
  }
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
    const answer = past.recorded?.[part] ?? (await store.record(step));
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
    case 'wait-ended': {
      const wait = run.waits.get(cause.id);
      run.waits.delete(cause.id);
      if (wait) run.changes.push({ kind: 'end-wait', id: cause.id });
      return wait?.settle();
    }
  }
}

/** A rung of a task's ladder: tells, and at the limit of a task that lapses, ends it. */
function climb(run: Run, id: TaskId, index: number): void {
  const task = fired(run, id, index);
  const rung = task?.rungs[index];
  if (!task || !rung) return;
  if (rung.kind === 'due' && task.lapses) {
    run.tasks.delete(id);
    run.changes.push({ kind: 'lapse-task', task: id });
    return task.settle({ how: 'lapsed' });
  }
  run.changes.push({ kind: 'rung', task: id, index, at: rung.at });
  if (rung.kind === 'escalate' || rung.kind === 'inspect') run.level += 1;
}

function fired(run: Run, id: TaskId, index: number): OpenTask | undefined {
  const task = run.tasks.get(id);
  if (task) run.tasks.set(id, { ...task, rungs: task.rungs.map((rung, at) => (at === index ? { ...rung, fired: true } : rung)) });
  return task;
}

const isLapse = (run: Run, cause: Cause): cause is Extract<Cause, { kind: 'rung' }> => {
  if (cause.kind !== 'rung') return false;
  const task = run.tasks.get(cause.task);
  return task?.lapses === true && task.rungs[cause.index]?.kind === 'due';
};

/** What makes a step happen once: stable across replays and redeliveries, whatever came between. */
function causeId(run: Run, cause: Cause): string {
  switch (cause.kind) {
    case 'start':
      return run.input.run === 1 ? 'start' : `start:${run.input.run}`;
    case 'submission':
      return cause.id;
    case 'rung':
      return `rung:${cause.task}:${cause.index}:${run.tasks.get(cause.task)?.rungs[cause.index]?.at}`;
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

const isLong = (): boolean => workflowInfo().historyLength > longHistory || workflowInfo().continueAsNewSuggested;

/** Goes on in a new run, once nobody waits for an answer of this one. */
async function goOn(run: Run, queue: readonly Waiting[]): Promise<void> {
  await condition(() => allHandlersFinished() || queue.length > 0);
  if (queue.length > 0) return;
  await Promise.allSettled(run.deliveries);
  if (queue.length === 0) await continueAsNew<(input: CaseInput) => Promise<Closed>>({ ...run.input, journal: run.journal });
}

const failure = ({ slug, errors = [] }: Refusal): ApplicationFailure =>
  ApplicationFailure.create({ type: slug, message: slug, nonRetryable: true, details: [{ errors }] });

const refuse = (refused: Refusal | null): void => {
  if (refused) throw failure(refused);
};

function updateId(): string {
  const update = currentUpdateInfo();
  if (!update) throw new Error('submissions come as updates only');
  return update.id;
}

const liveState = (run: Run): LiveState => ({
  stage: run.stage,
  unit: run.unit,
  handler: run.handler,
  level: run.level,
  outcome: run.closed?.outcome ?? null,
  tasks: [...run.tasks.values()].map(({ id, key, dueAt, pausedAt, rungs }) => ({
    id,
    key,
    dueAt,
    pausedAt,
    nextRungAt: rungs.find((rung) => !rung.fired)?.at ?? null,
  })),
  waits: [...run.waits.values()].map(({ key, endsAt }) => ({ key, endsAt })),
});
