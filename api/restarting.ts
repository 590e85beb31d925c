import type { CaseNumber } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { note, stepOf } from '../store/steps.ts';
import { forgetStuck, stuckCases } from '../store/stuck-cases.ts';
import { type Acting, causeOf } from './act.ts';
import type { ApiDeps } from './deps.ts';

/**
 * Starts the workflow of a case that is known to be stuck anew: what can't go on is ended first, and the new one takes every step from the record. One that has recovered since it was looked at is left alone. The record says who asked
 * for it and why; of the case nothing changes.
 * @returns whether the case's workflow runs now. One that does not stays listed, and the reconciler tries at its next look
 * @throws Problem `not-found` where the case is not known to be stuck, `case-not-open`, `engine-unavailable`, `outcome-unknown`, `idempotency-conflict`
 */
export async function restart(
  deps: ApiDeps,
  acting: Acting,
  { number, reason }: { number: CaseNumber; reason: string },
): Promise<{ started: boolean }> {
  const cause = causeOf(acting);
  const earlier = await stepOf(deps, cause);
  if (earlier !== null && (earlier.number !== number || earlier.bodyHash !== acting.bodyHash)) throw new Problem('idempotency-conflict');
  const [stuck] = await stuckCases(deps.db, { number, limit: 1 });
  if (stuck === undefined && earlier === null) throw new Problem('not-found');
  const health = await deps.engine.health(number);
  if (health !== 'running') {
    const changes = [{ kind: 'event', type: 'restart-asked', data: { reason } }] as const;
    await note(deps, { case: number, cause, at: acting.at, by: acting.actor.id, for: null, bodyHash: acting.bodyHash, changes });
    if (health === 'failing') await deps.engine.end(number);
    await deps.starter.startNow(number);
  }
  // The engine takes a start for done where it holds the case to be over.
  const started = (await deps.engine.health(number)) === 'running';
  if (started) await forgetStuck(deps.db, number);
  return { started };
}
