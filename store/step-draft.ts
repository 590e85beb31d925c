import type { LeaveStanding } from '../domain/annual-leave.ts';
import type { AttachmentId } from '../domain/attachments.ts';
import type { CaselessNotice } from '../domain/caseless-notices.ts';
import type { DocumentId, DocumentKindId } from '../domain/documents.ts';
import type { RestrictionKind } from '../domain/eligibility.ts';
import type { CaseNumber, Instant, PersonId, TaskId } from '../domain/ids.ts';
import type { RungKind } from '../domain/ladder.ts';
import { Problem } from '../domain/problems.ts';
import type { Coverage } from '../domain/round-item.ts';
import type { CaseStep, RecordedTask, Term } from '../domain/step.ts';
import type { StepContext } from './bureau.ts';
import { appendEvent, type CaseFile, openTasks, type TaskRow } from './case-file.ts';

/** A restriction of the case's subject as the step leaves it. */
export interface RestrictionDraft extends Term {
  readonly kind: RestrictionKind;
  readonly person: PersonId;
  readonly ground: string;
}

/** A rung that the step fires. */
export interface FiredRung {
  readonly kind: RungKind;
  /** When it was due. */
  readonly at: Instant;
  readonly urgent: boolean;
}

/** Everything that one transaction will write: the files that it touches and the rows beside them. */
export interface StepDraft {
  readonly context: StepContext;
  readonly step: CaseStep;
  readonly file: CaseFile;
  /** Spawned cases, and the one that this case is merged into. */
  readonly others: CaseFile[];
  readonly notices: { readonly file: CaseFile; readonly person: PersonId; readonly task: TaskId | null; readonly kind: string }[];
  /** Told to people in no connection with the case. */
  readonly apart: { readonly person: PersonId; readonly notice: CaselessNotice }[];
  readonly waits: { readonly id: string; readonly key: string; readonly endsAt: Instant | null; readonly on: CaseNumber | null }[];
  readonly endedWaits: string[];
  readonly links: { readonly from: CaseFile; readonly relation: string; readonly to: CaseFile }[];
  readonly marks: { readonly person: PersonId; readonly kind: string; readonly endsAt: Instant }[];
  readonly restrictions: RestrictionDraft[];
  /** A legal hold placed, or the one in force lifted, by whoever takes the step. */
  readonly holds: { readonly lifted: boolean }[];
  readonly glass: { readonly person: PersonId; readonly until: Instant }[];
  /** Files that the case has from now on. */
  readonly attachments: { readonly id: AttachmentId; readonly task: TaskId | null }[];
  readonly withheld: { readonly id: AttachmentId; readonly withheld: boolean }[];
  readonly documents: {
    readonly id: DocumentId;
    readonly kind: DocumentKindId;
    readonly number: string;
    readonly replaces: DocumentId | null;
    readonly letter: Uint8Array;
  }[];
  readonly documentFiles: { readonly id: DocumentId; readonly docx: AttachmentId; readonly pdf: AttachmentId }[];
  readonly spawned: CaseNumber[];
  readonly fired: FiredRung[];
  /** Tasks of other cases that the step asked about and that are open. */
  readonly open: TaskId[];
  /** How far the round had come when the step asked. */
  readonly coverage: Coverage[];
  /** How the account of leave stands after the step. */
  readonly leave: LeaveStanding[];
  /** Who held each open task before the step: what the kept counters move by. */
  readonly heldBefore: ReadonlyMap<TaskId, string>;
}

export const newDraft = (context: StepContext, step: CaseStep, file: CaseFile): StepDraft => ({
  context,
  step,
  file,
  others: [],
  notices: [],
  apart: [],
  waits: [],
  endedWaits: [],
  links: [],
  marks: [],
  restrictions: [],
  holds: [],
  glass: [],
  attachments: [],
  withheld: [],
  documents: [],
  documentFiles: [],
  spawned: [],
  fired: [],
  open: [],
  coverage: [],
  leave: [],
  heldBefore: new Map(file.isNew ? [] : openTasks(file).map((task) => [task.id, holder(task)])),
});

/** Under what the kept counters count an open task: the person who has it, or the role that has it in common. */
export const holder = (task: Pick<TaskRow, 'assignee' | 'role' | 'unit'>): string =>
  task.assignee === null ? `r:${task.role}@${task.unit}` : `p:${task.assignee}`;

/** By how much each counter moves. */
export function counterMoves(draft: StepDraft): Map<string, number> {
  const moves = new Map<string, number>();
  const move = (key: string, by: number) => moves.set(key, (moves.get(key) ?? 0) + by);
  for (const key of draft.heldBefore.values()) move(key, -1);
  for (const file of [draft.file, ...draft.others.filter((other) => other.isNew)])
    for (const task of openTasks(file)) move(holder(task), 1);
  return new Map([...moves].filter(([, by]) => by !== 0));
}

/** Adds an event of the step: at its time, by whoever gave the submission. */
export function tell(draft: StepDraft, type: string, data?: unknown, task?: TaskId): void {
  const { by, for: actorFor, at } = draft.step;
  appendEvent(draft.file, draft.context.ring, {
    at,
    type,
    actor: by,
    actorFor,
    ...(task ? { task } : {}),
    ...(data === undefined ? {} : { data }),
  });
}

export function taskOf(draft: StepDraft, id: TaskId): TaskRow {
  const task = draft.file.tasks.get(id);
  if (!task) throw new Error(`the record has no task ${id}`);
  return task;
}

export function openTaskOf(draft: StepDraft, id: TaskId): TaskRow {
  const task = openTasks(draft.file).find((open) => open.id === id);
  if (!task) throw new Problem('task-not-open');
  return task;
}

export function actor(draft: StepDraft): PersonId {
  if (!draft.step.by) throw new Error(`step ${draft.step.cause} has no actor`);
  return draft.step.by;
}

export const recordedTask = (task: TaskRow): RecordedTask => ({
  key: task.key,
  ...(task.checkpoint === null ? {} : { checkpoint: task.checkpoint }),
  ...(task.protects ? { protects: true as const } : {}),
  dueAt: task.dueAt,
  pausedAt: task.pausedAt,
  rungs: task.ladder.map(({ at, kind, firedAt }) => ({ at, kind, fired: firedAt !== null })),
});
