import type { ApplicationFailure } from '@temporalio/workflow';
import { isRecallable, judgeOf } from './rewind.ts';
import { newRun, type Run } from './run.ts';
import type { Cause, JournalEntry, SubmissionResult } from './submission.ts';
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
  /** Its form was looked at when it came. */
  readonly fits?: boolean;
  readonly answer?: (result: SubmissionResult) => void;
  readonly refuse?: (failure: ApplicationFailure) => void;
}

/**
 * Takes back what was not taken after all: the case is as the causes `before` had made it. Where the record turned out to be ahead of the case, the case goes through all that it lost, in order; a cause that is `behind` has then
 * still to come.
 */
export async function takeOrRecover(course: Course, taking: Promise<Taken>, before: readonly JournalEntry[] = []): Promise<Taken> {
  const taken = await taking;
  let lost = taken.how === 'refused' ? null : taken.lost;
  course.isRecovering = lost !== null;
  if (taken.how !== 'taken') course.run = await retaken(course.run, course.begin, before);
  while (lost) {
    const again = await takeCause(course, lost);
    if (again.how !== 'taken') throw new Error('the record does not know a step that it told of');
    lost = again.lost;
  }
  course.isRecovering = false;
  return taken;
}

/** Takes a cause, after going back where it asks for that. */
export async function takeCause(course: Course, { cause, ...past }: Pick<JournalEntry, 'cause'> & Partial<JournalEntry>): Promise<Taken> {
  const from = await rewound(course.run, course.begin, cause);
  course.run = from.run;
  return take(from.run, course.begin, { ...past, cause: from.cause });
}

/** Takes the case back to before its last cause, if this is what the cause in hand asks for. */
async function rewound(run: Run, begin: Begin, cause: Cause): Promise<{ run: Run; cause: Cause }> {
  if (cause.kind !== 'submission' || cause.submission.action !== 'recall') return { run, cause };
  if (judgeOf(run, cause.submission) || !isRecallable(run, cause.submission)) return { run, cause };
  const fresh = await retaken(run, begin, run.journal.slice(0, -1));
  const gone = [...run.tasks.keys()].filter((id) => !fresh.tasks.has(id));
  const { steps, opened, rounds, stage } = run;
  return { run: fresh, cause: { ...cause, rewinds: { steps, opened, rounds: [...rounds], stage, gone } } };
}

/** The case as these causes have made it. */
async function retaken(run: Run, begin: Begin, journal: readonly JournalEntry[]): Promise<Run> {
  const fresh = newRun(run.definition, run.input);
  for (const entry of journal) await take(fresh, begin, entry);
  fresh.deliveries.push(...run.deliveries);
  return fresh;
}
