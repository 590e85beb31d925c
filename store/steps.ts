import type { CaseNumber, PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Change } from '../domain/step.ts';
import { instantOf } from '../domain/time-zone.ts';
import type { Bureau } from './bureau.ts';
import { type AcceptanceOfSpawn, record } from './record.ts';

export interface TakenStep {
  readonly number: CaseNumber;
  readonly bodyHash: string | null;
}

/** What was done under this cause, if anything was. Uses case_step_by_cause. */
export async function stepOf({ db }: Pick<Bureau, 'db'>, cause: string): Promise<TakenStep | null> {
  const [row] = await db.$queryRaw<TakenStep[]>`
    select c.number, s.body_hash as "bodyHash" from case_step s join "case" c on c.id = s.case_id where s.cause = ${cause} limit 1`;
  return row ?? null;
}

export interface Note {
  readonly case: CaseNumber;
  readonly cause: string;
  readonly at: Date;
  /** Null where the system itself notes something. */
  readonly by: PersonId | null;
  readonly for: PersonId | null;
  readonly bodyHash: string | null;
  readonly changes: readonly Change[];
}

/**
 * Records what does not go through the case's workflow: a comment, a copy, who has a task, who stands down. Once for each cause.
 * @throws Problem `idempotency-conflict` where the cause was used for something else at the same moment
 */
export async function note(bureau: Bureau, { at, ...rest }: Note): Promise<void> {
  await record(bureau, { ...rest, at: instantOf(at.getTime()) }, spawnsNothing);
  const taken = await stepOf(bureau, rest.cause);
  if (taken !== null && taken.bodyHash !== rest.bodyHash) throw new Problem('idempotency-conflict');
}

const spawnsNothing: AcceptanceOfSpawn = () => {
  throw new Error('a note opens no case');
};
