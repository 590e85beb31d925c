import type { CaseNumber } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { note, stepOf } from '../store/steps.ts';
import { forgetStuck, stuckCases } from '../store/stuck-cases.ts';
import { type Acting, causeOf } from './act.ts';
import type { ApiDeps } from './deps.ts';

/**
 * Ends the workflow of a case that is known to be stuck, and starts one in its place, which takes every step from the record. The record says who did it and why; of the case nothing changes.
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
  if (stuck !== undefined) {
    const changes = [{ kind: 'event', type: 'workflow-restarted', data: { reason } }] as const;
    await note(deps, { case: number, cause, at: acting.at, by: acting.actor.id, for: null, bodyHash: acting.bodyHash, changes });
    await deps.engine.end(number);
    await forgetStuck(deps.db, number);
  }
  return { started: await deps.starter.startNow(number) };
}
