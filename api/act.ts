import type { CaseNumber } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Change } from '../domain/step.ts';
import { startInput } from '../store/start-input.ts';
import { note, stepOf } from '../store/steps.ts';
import type { Action, Submission } from '../workflows/kit/submission.ts';
import { type Asking, currentView, type Granted } from './case-for.ts';
import { catchUp } from './catch-up.ts';
import { onceDone } from './database-away.ts';
import type { ApiDeps } from './deps.ts';

/** A request that changes a case, under its idempotency key. */
export interface Acting extends Asking {
  readonly key: string;
  readonly bodyHash: string;
  readonly requestId: string;
}

/** What makes an act happen once: the person and the key. Also the id of the update that carries it. */
export const causeOf = ({ actor, key }: Acting): string => `${actor.id}:${key}`;

/**
 * Does something to a case once for each key, and answers with the case as it is then. A repeated request is recognised before it is judged: its own effect would
 * refuse it. Whoever repeats one may have had no answer because the engine died, so the workflow is brought to where the record is. An attempt that is refused
 * because the person must not take part stands in the case's record.
 * @throws Problem `idempotency-conflict` where the key was used for something else
 */
export async function once(deps: ApiDeps, acting: Acting, number: CaseNumber, act: () => Promise<void>) {
  await doOnce(deps, acting, number, act);
  return onceDone(currentView(deps, { ...acting, at: new Date() }, number));
}

/** The same for whoever needs no answer. */
export async function doOnce(deps: ApiDeps, acting: Acting, number: CaseNumber, act: () => Promise<void>): Promise<void> {
  if (await isDone(deps, acting, number)) await catchUp(deps, deps.engine, number).catch(whileEngineIsAway);
  else {
    await act().catch(async (error: unknown) => {
      // The same request at the same moment: what refused this one is the effect of the other.
      if (error instanceof Problem && error.status < 500 && (await isDone(deps, acting, number))) return;
      if (isConflictOfInterest(error)) await noteRefusal(deps, acting, { number, reason: error.slug });
      throw error;
    });
  }
}

/** Whether the record has this very request already. @throws Problem `idempotency-conflict` */
async function isDone(deps: ApiDeps, acting: Acting, number: CaseNumber): Promise<boolean> {
  const earlier = await stepOf(deps, causeOf(acting));
  if (earlier !== null && (earlier.number !== number || earlier.bodyHash !== acting.bodyHash)) throw new Problem('idempotency-conflict');
  return earlier !== null;
}

/** What a request does to a case, judged and not yet done: a bulk preview shows it, a request carries it out. */
export type Plan = { readonly number: CaseNumber; readonly decision: Granted } & (
  | { readonly action: Action }
  | { readonly changes: readonly Change[] }
);

export const carryOut = (deps: ApiDeps, acting: Acting, plan: Plan): Promise<void> =>
  'action' in plan ? submit(deps, acting, plan) : noteChanges(deps, acting, plan);

/** Hands an action to the case's workflow. @throws Problem: the case's refusal, `engine-unavailable`, `outcome-unknown`, `idempotency-conflict` */
export async function submit(
  deps: ApiDeps,
  acting: Acting,
  { number, action, decision }: { number: CaseNumber; action: Action; decision: Granted },
): Promise<void> {
  const submission: Submission = {
    ...action,
    by: acting.actor.id,
    bodyHash: acting.bodyHash,
    ...(decision.for !== null && { for: decision.for }),
  };
  const send = () => deps.engine.submit(number, submission, { id: causeOf(acting), input: () => startInput(deps, number) });
  const result = await send().catch(async (error: unknown) => {
    if (!isBehind(error)) throw error;
    // The record, by which the request was judged, had the task open.
    await catchUp(deps, deps.engine, number);
    return send();
  });
  // Temporal gives the first result for the same id whatever the body: the hash tells whether that was ours.
  if (result.bodyHash !== acting.bodyHash) throw new Problem('idempotency-conflict');
}

/** Writes what does not go through the workflow. */
export const noteChanges = (
  deps: ApiDeps,
  acting: Acting,
  { number, changes, decision }: { number: CaseNumber; changes: readonly Change[]; decision: Granted },
): Promise<void> =>
  note(deps, {
    case: number,
    cause: causeOf(acting),
    at: acting.at,
    by: acting.actor.id,
    for: decision.for,
    bodyHash: acting.bodyHash,
    changes,
  });

const isBehind = (error: unknown): boolean => error instanceof Problem && (error.slug === 'task-not-open' || error.slug === 'not-now');

const isConflictOfInterest = (error: unknown): error is Problem =>
  error instanceof Problem && (error.slug === 'recused' || error.slug === 'needs-second-person');

/** The record answers without the engine; the next request finds it again. */
function whileEngineIsAway(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}

const noteRefusal = (
  deps: ApiDeps,
  { actor, at, requestId }: Acting,
  { number, reason }: { number: CaseNumber; reason: string },
): Promise<void> =>
  note(deps, {
    case: number,
    cause: `refused:${actor.id}:${requestId}`,
    at,
    by: actor.id,
    for: null,
    bodyHash: null,
    changes: [{ kind: 'event', type: 'refused-attempt', data: { reason } }],
  });
