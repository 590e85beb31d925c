import type { ApplicationFailure } from '@temporalio/workflow';
import { newRun, type Run } from './run.ts';
import type { Cause, SubmissionResult } from './submission.ts';
import { type Begin, type Taken, take } from './take.ts';

/** A case under way: as it stands, and what waits for its turn. */
export interface Course {
  run: Run;
  /** Under way through what the case lost: what it can take is seen only when that is over. */
  isRecovering: boolean;
  /** Asked to look at its clocks. */
  isWoken: boolean;
  readonly begin: Begin;
  readonly queue: Waiting[];
}

export interface Waiting {
  readonly cause: Cause;
  readonly answer?: (result: SubmissionResult) => void;
  readonly refuse?: (failure: ApplicationFailure) => void;
}

/**
 * Takes back what was not taken after all. Where the record turned out to be ahead of the case, the case goes through all that it lost, in order; a cause that is `behind` has then
 * still to come.
 */
export async function takeOrRecover(course: Course, taking: Promise<Taken>): Promise<Taken> {
  const taken = await taking;
  let lost = taken.how === 'refused' ? null : taken.lost;
  course.isRecovering = lost !== null;
  if (taken.how !== 'taken') course.run = await undone(course);
  while (lost) {
    const again = await take(course.run, course.begin, lost);
    if (again.how !== 'taken') throw new Error('the record does not know a step that it told of');
    lost = again.lost;
  }
  course.isRecovering = false;
  return taken;
}

/** The case as the causes that it took before the one in hand have made it. */
async function undone({ run, begin }: Course): Promise<Run> {
  const fresh = newRun(run.definition, run.input);
  for (const entry of run.journal) await take(fresh, begin, entry);
  fresh.deliveries.push(...run.deliveries);
  return fresh;
}
