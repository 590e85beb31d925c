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
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Instant, TaskId } from '../../domain/ids.ts';
import { type Case, caseOf } from './case.ts';
import type { ProcessDefinition } from './define.ts';
import { type Closed, newRun, nextBell, type Run } from './run.ts';
import {
  type CaseInput,
  type Cause,
  type Submission,
  type SubmissionResult,
  stateQuery,
  submitUpdate,
  waitEndedSignal,
} from './submission.ts';
import { type Refusal, refusal } from './submit.ts';
import { clockCause, take } from './take.ts';

const submit = defineUpdate<SubmissionResult, [Submission]>(submitUpdate);
const state = defineQuery<LiveState>(stateQuery);
const waitEnded = defineSignal<[string]>(waitEndedSignal);

/** A case's history after which it goes on in a new run, though Temporal would allow 51,200. */
const usualLongHistory = 4000;

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
    for (const entry of input.journal ?? []) await take(run, begin, entry);
    // Opens the first tasks at once and is recorded below: the handlers must be there before this activation ends, or early submissions are refused.
    const started = input.journal ? null : take(run, begin, { cause: { kind: 'start' } });

    const queue: Waiting[] = [];
    setHandler(state, () => liveState(run));
    setHandler(waitEnded, (id) => void queue.push({ cause: { kind: 'wait-ended', id } }));
    setHandler(submit, (submission) => queued(queue, submission), { validator: (submission) => refuse(refusal(run, submission)) });

    await started;
    while (!run.closed) {
      await untilCause(run, queue);
      await takeNext(run, begin, queue);
      if (!run.closed && isLong(input)) await goOn(run, queue);
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

const isLong = ({ longHistory = usualLongHistory }: CaseInput): boolean =>
  workflowInfo().historyLength > longHistory || workflowInfo().continueAsNewSuggested;

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
