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

/** More submissions than one case takes in the ten seconds until a dead worker's task is given to another. */
const SUBMISSIONS = 8;
const CRASH_SECONDS = 60;

/**
 * Gives the case's workflow one of the last submissions again: the last one that it takes. If it has that one already it has lost nothing; if not, it learns with it of all that
 * follow. @throws Problem `engine-unavailable`, `outcome-unknown`
 */
export async function catchUp(bureau: Bureau, engine: Engine, number: CaseNumber): Promise<void> {
  const causes = (await lastCauses(bureau, number, SUBMISSIONS)) as Cause[];
  for (const cause of causes) {
    if (cause.kind !== 'submission') continue;
    const sent = engine.submit(number, cause.submission, { id: cause.id, input: () => startInput(bureau, number) });
    if (await sent.then(() => true, isRefusal)) return;
  }
}

interface CatchingUp {
  readonly bureau: Bureau;
  readonly engine: Engine;
  readonly log: Logger;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/** The same for all cases that were being worked on when everything stopped; for the start of a worker. */
export async function catchUpAll({ bureau, engine, log, signal }: CatchingUp): Promise<void> {
  for (const number of await lastTouched(bureau, CRASH_SECONDS)) {
    if (signal.aborted) return;
    await catchUp(bureau, engine, number).catch(() => log.warn({ case: number }, 'the case could not be compared with its workflow'));
  }
}

/** A refusal means that the workflow lost an earlier one too, or will come to this step by itself. @returns false; throws what is no refusal */
function isRefusal(error: unknown): false {
  if (!(error instanceof Problem) || error.status === 503) throw error;
  return false;
}
