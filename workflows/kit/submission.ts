import type { Duration } from '../../domain/duration.ts';
import type { CaseNumber, Instant, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import type { Recorded, StartInput } from '../../domain/step.ts';

/** What a person does to a case, as the update `submit` carries it. The update's id is `<person>:<idempotency key>`. */
export type Submission = SubmissionBy & Action;

interface SubmissionBy {
  readonly by: PersonId;
  /** The absent person for whom a substitute acts. */
  readonly for?: PersonId;
  /** Hash of the request's body; the API compares it when a key is used again. */
  readonly bodyHash: string;
}

export type Action =
  | { readonly action: 'complete'; readonly task: TaskId; readonly data: unknown }
  | { readonly action: 'withdraw'; readonly reason: string }
  | { readonly action: 'transfer'; readonly unit: UnitId; readonly reason: string; readonly approved: boolean }
  | { readonly action: 'merge'; readonly into: CaseNumber }
  /** With `until` the clock goes on by itself. */
  | { readonly action: 'pause'; readonly task: TaskId; readonly reason: string; readonly until?: Instant }
  | { readonly action: 'resume'; readonly task: TaskId }
  /** `decide: true` when policy lets the asker extend without asking anyone; `most`: how many grants policy allows. */
  | {
      readonly action: 'extend';
      readonly task: TaskId;
      readonly extendBy: Duration;
      readonly reason: string;
      readonly decide: boolean;
      readonly most?: number;
    }
  /** 撤销: the issuer takes it back. */
  | { readonly action: 'cancel'; readonly reason: string }
  /** A new intake form instead of the old one: the procedure starts over. */
  | { readonly action: 'amend'; readonly data: unknown; readonly reason: string }
  | { readonly action: 'split'; readonly parts: readonly SplitPart[]; readonly reason: string }
  | { readonly action: 'suspend'; readonly until: Instant; readonly reason: string }
  | { readonly action: 'end-suspension' }
  | { readonly action: 'consult'; readonly task: TaskId; readonly to: PersonId; readonly question: string; readonly wait: boolean }
  /** Reckons the task's date anew: the calendar has changed while it ran. */
  | { readonly action: 'recompute'; readonly task: TaskId }
  /** A further member of the panel in which the task is a seat. */
  | { readonly action: 'panel-add'; readonly task: TaskId; readonly person: PersonId; readonly reason: string }
  /** The member whose seat it is leaves the panel. */
  | { readonly action: 'stand-down'; readonly task: TaskId; readonly reason: string }
  | { readonly action: 'recall'; readonly task: TaskId; readonly reason: string };

/** A case that one which is split goes on as. */
export interface SplitPart {
  readonly unit: UnitId;
  readonly data: unknown;
}

export type ActionName = Action['action'];

/** What the update answers. `bodyHash` is that of the submission that took effect under this id. */
export interface SubmissionResult {
  readonly bodyHash: string;
}

/** The workflow's input. */
export interface CaseInput extends StartInput {
  /** Events of its history after which a run goes on in a new one, instead of the usual 4,000. */
  readonly longHistory?: number;
  /** What a run that grew too long hands to the next one (see procedure.ts). */
  readonly journal?: readonly JournalEntry[];
}

/** One cause that a case has taken, and what the record answered: taking all of them again brings a new run to the same point. */
export interface JournalEntry {
  readonly cause: Cause;
  readonly at: Instant;
  readonly recorded: readonly Recorded[];
  readonly patches: readonly string[];
  /** A submission that did nothing but hand on, which its author may take back. */
  readonly handsOn?: boolean;
}

/** What the run before knows and the one that goes back does not. */
export interface Rewinding {
  readonly steps: number;
  readonly opened: number;
  readonly rounds: readonly (readonly [key: string, round: number])[];
  readonly stage: string;
  /** The tasks that the submission had opened. */
  readonly gone: readonly TaskId[];
}

/** What sets a case in motion. */
export type Cause =
  | { readonly kind: 'start' }
  | { readonly kind: 'submission'; readonly id: string; readonly submission: Submission; readonly rewinds?: Rewinding }
  | { readonly kind: 'rung'; readonly task: TaskId; readonly index: number }
  | { readonly kind: 'lapse'; readonly task: TaskId }
  | { readonly kind: 'resume'; readonly task: TaskId }
  | { readonly kind: 'wait-ended'; readonly id: string }
  /** Another case brings what a task here asks for. */
  | { readonly kind: 'answered'; readonly task: TaskId; readonly data: unknown };

export const submitUpdate = 'submit';
export const stateQuery = 'state';
/** Tells a case that another one it waits for has ended: `{ wait: id }`. */
export const waitEndedSignal = 'wait-ended';
/** Asks a case to look at its clocks: something may be due. */
export const wakeSignal = 'wake';
/** Brings a case what one of its tasks asks for: `[task, data]`. */
export const answeredSignal = 'answered';
/** A process's workflow type: its id in camel case, as its procedure is exported (`upward-report` → `upwardReport`). */
export const workflowType = (process: string): string => process.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
