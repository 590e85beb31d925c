import type { CaseNumber, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import type { Duration } from '../../domain/duration.ts';

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
  | { readonly action: 'pause'; readonly task: TaskId; readonly reason: string }
  | { readonly action: 'resume'; readonly task: TaskId }
  /** `decide: true` when policy lets the asker extend without asking anyone. */
  | { readonly action: 'extend'; readonly task: TaskId; readonly extendBy: Duration; readonly reason: string; readonly decide: boolean }
  | { readonly action: 'consult'; readonly task: TaskId; readonly to: PersonId; readonly question: string; readonly wait: boolean }
  | { readonly action: 'recall'; readonly task: TaskId; readonly reason: string };

export type ActionName = Action['action'];

/** What the update answers. `bodyHash` is that of the submission that took effect under this id. */
export interface SubmissionResult {
  readonly bodyHash: string;
  /** Tasks opened by this step. */
  readonly opened: readonly TaskId[];
}

/** The workflow's input. */
export interface CaseInput {
  readonly number: CaseNumber;
  readonly process: string;
  readonly policyVersion: string;
  readonly data: unknown;
  readonly subject: PersonId | null;
  readonly unit: UnitId;
  readonly openedBy: PersonId;
  /** 1 for the first run, then one more for each reopening. */
  readonly run: number;
  readonly reopened?: { readonly by: PersonId; readonly reason: string; readonly handler: PersonId | null; readonly tasks: number };
}

export const submitUpdate = 'submit';
export const stateQuery = 'state';
export const caseTaskQueue = 'cases';
/** A process's workflow type: its id in camel case, as its procedure is exported (`upward-report` → `upwardReport`). */
export const workflowType = (process: string): string => process.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
