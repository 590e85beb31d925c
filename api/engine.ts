/*
 * The only place where the API talks to Temporal.
 *
 * - Every call has a deadline, and a time-out is not a refusal: what may have reached the engine ends in `outcome-unknown` (the same key may be sent again and joins the first try),
 *   what never left us in `engine-unavailable`.
 * - A case is the workflow whose id is its number; a submission is the update whose id is `<person>:<idempotency key>`. Both may be sent any number of times.
 * - A circuit breaker answers at once while the engine is known to be away.
 */
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { z } from 'zod';
import type { CaseNumber } from '../domain/ids.ts';
import { Problem, type ProblemSlug, problems } from '../domain/problems.ts';
import { engineError, taskQueue, withDeadline } from '../platform/temporal.ts';
import { healthOf, type WorkflowHealth } from '../platform/workflow-health.ts';
import {
  type CaseInput,
  type Submission,
  type SubmissionResult,
  stateQuery,
  submitUpdate,
  workflowType,
} from '../workflows/kit/submission.ts';
import { type CircuitBreaker, circuitBreaker } from './circuit-breaker.ts';

const START_MS = 10_000;
const SUBMIT_MS = 5_000;
const QUERY_MS = 3_000;

export interface Engine {
  /** Whether it is believed to answer. */
  readonly isUp: boolean;
  /** Starts the case's workflow; one that runs already is left alone. @throws Problem `engine-unavailable`, `outcome-unknown` */
  start(input: CaseInput): Promise<void>;
  /** @param input of the case, asked for if its workflow has not begun. @throws Problem: the case's refusal, `engine-unavailable`, `outcome-unknown` */
  submit(number: CaseNumber, submission: Submission, begun: { id: string; input: () => Promise<CaseInput> }): Promise<SubmissionResult>;
  /** Whether the case's workflow goes on. @throws Problem `engine-unavailable`, `outcome-unknown` */
  health(number: CaseNumber): Promise<WorkflowHealth>;
  /** Ends the case's workflow where it is, if there is one: the case is as it was, and a workflow started anew takes it from the record. @throws Problem `engine-unavailable`, `outcome-unknown` */
  end(number: CaseNumber): Promise<void>;
  /** The workflow's own state of the case. @throws Problem `not-found`, `engine-unavailable` */
  live(number: CaseNumber): Promise<unknown>;
}

/** @param hasSearchAttributes false where the server does not know Fivefold's (the time-skipping one) */
export function engineOf(client: Client, hasSearchAttributes = true): Engine {
  const breaker = circuitBreaker();
  const start = (input: CaseInput) =>
    call(breaker, () => withDeadline(client, START_MS, () => startRun(client, input, hasSearchAttributes)));
  const update = (number: CaseNumber, submission: Submission, id: string) =>
    call(breaker, () =>
      withDeadline(client, SUBMIT_MS, () =>
        client.workflow.getHandle(number).executeUpdate<SubmissionResult, [Submission]>(submitUpdate, { updateId: id, args: [submission] }),
      ),
    );
  return {
    get isUp() {
      return breaker.isClosed;
    },
    start,
    submit: async (number, submission, { id, input }) => {
      try {
        return await update(number, submission, id);
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw refusalOf(error);
      }
      await start(await input());
      return update(number, submission, id).catch((error: unknown) => {
        throw refusalOf(error);
      });
    },
    health: (number) => call(breaker, () => healthOf(client, number)),
    end: async (number) => {
      try {
        await call(breaker, () => withDeadline(client, SUBMIT_MS, () => client.workflow.getHandle(number).terminate('started anew')));
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
    live: async (number) => {
      try {
        return await call(breaker, () =>
          withDeadline(client, QUERY_MS, () => client.workflow.getHandle(number).query<unknown>(stateQuery)),
        );
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) throw new Problem('not-found');
        throw error instanceof Problem && error.slug === 'outcome-unknown' ? new Problem('engine-unavailable') : error;
      }
    },
  };
}

const attributes = {
  process: defineSearchAttributeKey('FivefoldProcess', 'KEYWORD'),
  unit: defineSearchAttributeKey('FivefoldUnit', 'KEYWORD'),
};

async function startWorkflow(client: Client, input: CaseInput, hasSearchAttributes: boolean): Promise<void> {
  const typedSearchAttributes = new TypedSearchAttributes([
    { key: attributes.process, value: input.process },
    { key: attributes.unit, value: input.unit },
  ]);
  await client.workflow.start(workflowType(input.process), {
    workflowId: input.number,
    taskQueue,
    workflowIdConflictPolicy: input.run > 1 ? 'FAIL' : 'USE_EXISTING',
    // A start that comes late must not set a case going again that has closed meanwhile.
    workflowIdReusePolicy: input.run > 1 ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
    memo: { run: input.run },
    args: [input],
    ...(hasSearchAttributes && { typedSearchAttributes }),
  });
}

/**
 * A reopened case has the workflow id of its earlier run, which may still be sending notices out: only the workflow of this very run will do, and until the earlier one has
 * ended the case waits.
 */
async function startRun(client: Client, input: CaseInput, hasSearchAttributes: boolean): Promise<void> {
  try {
    await startWorkflow(client, input, hasSearchAttributes);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const { memo } = await client.workflow.getHandle(input.number).describe();
    if (memo?.run !== input.run) throw new Problem('engine-unavailable');
  }
}

/** Sends one call unless the engine is known to be away, and says honestly what its failure means. */
async function call<T>(breaker: CircuitBreaker, send: () => Promise<T>): Promise<T> {
  if (!breaker.allows()) throw new Problem('engine-unavailable');
  try {
    const result = await send();
    breaker.succeeded();
    return result;
  } catch (error) {
    const kind = engineError(error);
    if (kind === undefined || kind === 'turned-away') breaker.succeeded();
    else breaker.failed();
    if (kind === undefined) throw error;
    throw new Problem(kind === 'unknown' ? 'outcome-unknown' : 'engine-unavailable');
  }
}

/** A refused update as the case meant it. */
function refusalOf(error: unknown): unknown {
  const failure = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (!(failure instanceof ApplicationFailure) || !isSlug(failure.type)) return error;
  const details = RefusalDetails.safeParse(failure.details?.[0]);
  const errors = details.success ? details.data.errors : [];
  return new Problem(failure.type, errors.length > 0 ? { errors } : {});
}

const RefusalDetails = z.object({ errors: z.array(z.object({ path: z.string(), message: z.string() })) });

const isSlug = (type: unknown): type is ProblemSlug => typeof type === 'string' && Object.hasOwn(problems, type);
