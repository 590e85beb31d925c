/*
 * Where the record is ahead of a workflow (store/lost-steps.ts), the workflow finds out with its next step. Where none comes, because the lost step left nothing open in the record, or
 * because the workflow refuses what it can't know, a submission that it lost is given to it again under the same id. What the workflow has already is answered at once.
 */
import type { CaseNumber } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Logger } from '../platform/log.ts';
import type { Bureau } from '../store/bureau.ts';
import { lastCauses, lastTouched } from '../store/lost-steps.ts';
import { startInput } from '../store/start-input.ts';
import type { Cause } from '../workflows/kit/submission.ts';
import type { Engine } from './engine.ts';

/** More steps than one case takes in the ten seconds until a dead worker's task is given to another. */
const STEPS = 8;
const CRASH_SECONDS = 60;

/** Gives the case's last submissions to its workflow again. @throws Problem `engine-unavailable`, `outcome-unknown` */
export async function catchUp(bureau: Bureau, engine: Engine, number: CaseNumber): Promise<void> {
  for (const cause of (await lastCauses(bureau, number, STEPS)) as Cause[]) {
    if (cause.kind !== 'submission') continue;
    await engine.submit(number, cause.submission, { id: cause.id, input: () => startInput(bureau, number) }).catch(unlessAway);
  }
}

/** The same for all cases that were being worked on when everything stopped; for the start of a worker. */
export async function catchUpAll(bureau: Bureau, engine: Engine, log: Logger): Promise<void> {
  for (const number of await lastTouched(bureau, CRASH_SECONDS)) {
    await catchUp(bureau, engine, number).catch(() => log.warn({ case: number }, 'the case could not be compared with its workflow'));
  }
}

/** A refusal means that the workflow is past that step, or will come to it by itself. */
function unlessAway(error: unknown): void {
  if (!(error instanceof Problem) || error.status === 503) throw error;
}
