/*
 * A case's workflow. Everything that happens to a case is a *cause*: its start, a submission, a clock. The workflow takes one cause at a time:
 *
 *   apply the cause → let the procedure run until it waits again → write all that changed as one step (one local activity, one transaction)
 *
 * Invariants
 * - The first tasks are open before the update handler is registered, so that no early submission is refused.
 * - A cause that the record already has (the worker died after the commit and before Temporal knew) changes nothing there and gives the same answer again.
 * - What only the database, the calendar or the policy know (due dates, rungs) enters through the record's answer and nowhere else.
 * - Where the record is ahead (worker and engine died together after a commit), the cause in hand is undone and what was lost is taken first: a submission that was committed just
 *   before a crash wins over a limit that ran out meanwhile.
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
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Instant, TaskId } from '../../domain/ids.ts';
import { type Case, caseOf } from './case.ts';
import type { ProcessDefinition } from './define.ts';
import { type Course, takeCause, takeOrRecover, type Waiting } from './recover.ts';
import type { Refusal } from './refusal.ts';
import { type Closed, newRun, nextBell, type Run } from './run.ts';
import {
  answeredSignal,
  type CaseInput,
  type Submission,
  type SubmissionResult,
  stateQuery,
  submitUpdate,
  waitEndedSignal,
  wakeSignal,
} from './submission.ts';
import { refusal } from './submit.ts';
import { clockCause, take } from './take.ts';

const submit = defineUpdate<SubmissionResult, [Submission]>(submitUpdate);
const state = defineQuery<LiveState>(stateQuery);
const waitEnded = defineSignal<[string]>(waitEndedSignal);
const wake = defineSignal(wakeSignal);
const answered = defineSignal<[TaskId, unknown]>(answeredSignal);

/** A case's history after which it goes on in a new run, though Temporal would allow 51,200. */
const usualLongHistory = 4000;

/** The workflow's own view of its case. */
export interface LiveState {
  readonly stage: string;
  readonly unit: string;
  readonly handler: string | null;
  readonly outcome: string | null;
  readonly tasks: readonly {
    id: TaskId;
    key: string;
    /** The task that a side task belongs to. */
    beside: TaskId | null;
    dueAt: Instant | null;
    pausedAt: Instant | null;
  }[];
  readonly waits: readonly { key: string; endsAt: Instant | null }[];
  /** When the workflow itself has something to do: call inspection, let a task lapse, go on after a pause or a wait. Reminders and escalations are the bell's. */
  readonly nextAt: Instant | null;
}

/** Makes the workflow of a process out of its definition and its procedure. */
export const procedure =
  <D extends ProcessDefinition>(definition: D, carryOut: (c: Case<D>) => Promise<Closed>) =>
  async (input: CaseInput): Promise<Closed> => {
    const begin = (run: Run) => {
      carryOut(caseOf(run, definition)).catch((fault: unknown) => {
        run.fault = fault ?? new Error('the procedure failed');
      });
    };
    const course: Course = { run: newRun(definition, input), isRecovering: false, isWoken: false, begin, queue: [] };
    for (const entry of input.journal ?? []) await take(course.run, begin, entry);
    // Opens the first tasks at once and is recorded below: the handlers must be there before this activation ends, or early submissions are refused.
    const started = input.journal ? null : take(course.run, begin, { cause: { kind: 'start' } });

    setHandler(state, () => liveState(course.run));
    setHandler(wake, () => {
      course.isWoken = true;
    });
    setHandler(waitEnded, (id) => void course.queue.push({ cause: { kind: 'wait-ended', id } }));
    setHandler(answered, (task, data) => void course.queue.push({ cause: { kind: 'answered', task, data } }));
    setHandler(submit, (submission) => submitted(course, submission), { validator: (submission) => validate(course, submission) });

    if (started) await takeOrRecover(course, started);
    while (!course.run.closed) {
      await untilCause(course);
      await takeNext(course);
      if (!course.run.closed && isLong(input)) await goOn(course);
    }
    for (const { refuse } of course.queue.splice(0)) refuse?.(failure({ slug: 'case-not-open' }));
    await condition(allHandlersFinished);
    await Promise.allSettled(course.run.deliveries);
    return course.run.closed;
  };

function validate({ run, isRecovering }: Course, submission: Submission): void {
  if (isRecovering || resultOf(run, updateId())) return;
  const refused = refusal(run, submission);
  if (refused) throw failure(refused);
}

function submitted({ run, queue, isRecovering }: Course, submission: Submission): SubmissionResult | Promise<SubmissionResult> {
  const id = updateId();
  const waiting = { cause: { kind: 'submission', id, submission }, fits: !isRecovering } as const;
  return resultOf(run, id) ?? new Promise((answer, refuse) => queue.push({ ...waiting, answer, refuse }));
}

/** What came of a submission that has been taken already: by an earlier run of a long case, or from the record after a crash. */
function resultOf({ journal }: Run, id: string): SubmissionResult | null {
  const earlier = journal.find(({ cause }) => cause.kind === 'submission' && cause.id === id);
  return earlier?.cause.kind === 'submission' ? { bodyHash: earlier.cause.submission.bodyHash } : null;
}

/**
 * Sleeps until a submission comes or a clock of the case wants something. The bell wakes a case when it does, so that no step has a timer to start and to cancel; a case of release
 * 0.1 has a timer of its own.
 */
async function untilCause(course: Course): Promise<void> {
  const { run, queue, isWoken } = course;
  const bell = nextBell(run);
  course.isWoken = false;
  if (queue.length > 0) return;
  const inMs = bell ? bell.at - Date.now() : null;
  if (inMs !== null && inMs <= 0) return;
  // Woken a little early: the clocks of the database's and the engine's machines differ.
  const hasTimer = !run.input.bell || (isWoken && inMs !== null && inMs < clockSkewMs);
  if (hasTimer && inMs !== null) await condition(() => queue.length > 0, inMs);
  else await condition(() => queue.length > 0 || course.isWoken);
}

/** By how much the clocks of machines may differ, in milliseconds; a case that is woken earlier than that is woken again. */
const clockSkewMs = 10_000;

async function takeNext(course: Course): Promise<void> {
  const waiting = course.queue.shift();
  const cause = waiting?.cause ?? clockCause(course.run);
  if (!cause || (waiting && isSettled(course.run, waiting))) return;

  const before = [...course.run.journal];
  const taken = await takeOrRecover(course, takeCause(course, { cause }), before);
  if (!waiting) return;
  if (taken.how === 'behind') course.queue.unshift(waiting);
  else if (taken.how === 'refused') waiting.refuse?.(failure(taken));
  else if (cause.kind === 'submission') waiting.answer?.({ bodyHash: cause.submission.bodyHash });
}

/** Whether a submission needs to be taken no more: another one may have come between its validation and its turn. */
function isSettled(run: Run, { cause, fits, answer, refuse }: Waiting): boolean {
  if (cause.kind !== 'submission') return false;
  const result = resultOf(run, cause.id);
  if (result) answer?.(result);
  const refused = result ? null : refusal(run, cause.submission, fits);
  if (refused) refuse?.(failure(refused));
  return result !== null || refused !== null;
}

const isLong = ({ longHistory = usualLongHistory }: CaseInput): boolean =>
  workflowInfo().historyLength > longHistory || workflowInfo().continueAsNewSuggested;

/** Goes on in a new run, once nobody waits for an answer of this one. */
async function goOn({ run, queue }: Course): Promise<void> {
  await condition(() => allHandlersFinished() || queue.length > 0);
  if (queue.length > 0) return;
  await Promise.allSettled(run.deliveries);
  if (queue.length === 0) await continueAsNew<(input: CaseInput) => Promise<Closed>>({ ...run.input, journal: run.journal });
}

const failure = ({ slug, errors = [] }: Refusal): ApplicationFailure =>
  ApplicationFailure.create({ type: slug, message: slug, nonRetryable: true, details: [{ errors }] });

function updateId(): string {
  const update = currentUpdateInfo();
  if (!update) throw new Error('submissions come as updates only');
  return update.id;
}

const liveState = (run: Run): LiveState => ({
  stage: run.stage,
  unit: run.unit,
  handler: run.handler,
  outcome: run.closed?.outcome ?? null,
  tasks: [...run.tasks.values()].map(({ id, key, beside = null, dueAt, pausedAt }) => ({ id, key, beside, dueAt, pausedAt })),
  waits: [...run.waits.values()].map(({ key, endsAt }) => ({ key, endsAt })),
  nextAt: instantOf(nextBell(run)),
});

const instantOf = (bell: { readonly at: number } | null): Instant | null => bell && (new Date(bell.at).toISOString() as Instant);
