import { randomBytes } from 'node:crypto';
import { type ChainedEvent, dataHash, eventHash, whoHash } from '../domain/chain.ts';
import type { Tier } from '../domain/checkpoints.ts';
import type { ClockMove } from '../domain/clock.ts';
import type { Duration } from '../domain/duration.ts';
import type { CaseNumber, Instant, PersonId, TaskId, UnitId } from '../domain/ids.ts';
import type { RungTarget } from '../domain/ladder.ts';
import type { Duty } from '../domain/recusal.ts';
import type { ParticipantRole, Reopened } from '../domain/step.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { CountedHere, DoneTask } from './figures/counted.ts';
import type { PolicyInForce } from './policies.ts';

/** A case as one transaction holds it: what was read, and what the step makes of it. Written by write-step.ts. */
export interface CaseFile {
  readonly id: string;
  readonly number: CaseNumber;
  readonly process: string;
  readonly policy: PolicyInForce;
  readonly openedBy: PersonId | null;
  readonly confidentiality: string;
  readonly subject: PersonId | null;
  /** A new case is inserted, a known one updated. */
  readonly isNew: boolean;
  readonly intake: {
    readonly title: string;
    readonly data: unknown;
    readonly confidentiality: string;
    readonly nameWithheld: boolean;
  } | null;
  readonly openedAt: Instant;
  /** What an amendment puts in the place of the intake. */
  amended: { readonly title: string; readonly data: unknown } | null;
  /** When its clocks stood still, in order; the last may still last. */
  readonly suspensions: { readonly from: Instant; to: Instant | null }[];
  /** Its clocks are rung by the bell. */
  bell: boolean;
  state: 'accepted' | 'open' | 'closed';
  stage: string;
  outcome: string | null;
  closedAt: Instant | null;
  unit: UnitId;
  handler: PersonId | null;
  transfers: number;
  runs: number;
  /** The engine is known to have its workflow. */
  begun: boolean;
  /** How many steps its workflow has taken. */
  steps: number;
  /** Kept for each run after the first; later steps change what it tells of. */
  reopened: Reopened | null;
  /** Sealed with this step, whatever its confidentiality was. */
  isSealed: boolean;
  headSeq: number;
  headHash: string;
  /** Open tasks, and those that the step is about. */
  readonly tasks: Map<TaskId, TaskRow>;
  /** What forms said that is counted by, by its name. */
  readonly labels: Map<string, CaseLabel>;
  /** What it counted as before the step. */
  readonly countedBefore: CountedHere[];
  /** Done tasks besides those in `tasks`, where they are to be counted anew. */
  readonly doneBefore: DoneTask[];
  readonly participants: { person: PersonId; role: ParticipantRole; isNew?: boolean }[];
  readonly relatives: { readonly person: PersonId; readonly relative: PersonId }[];
  readonly events: EventRow[];
}

export interface CaseLabel {
  readonly value: string;
  readonly at: Instant;
  readonly isNew?: true;
}

export interface TaskRow {
  readonly id: TaskId;
  readonly ordinal: number;
  readonly key: string;
  readonly round: number;
  readonly duty: Duty;
  readonly role: string;
  readonly openedAt: Instant;
  /** When its limit began, where that was not when it opened. */
  readonly clockFrom: Instant | null;
  /** What has moved its date since, in order. */
  moves: ClockMove[];
  /** The day of the tier that it is for. */
  readonly checkpoint: Tier | null;
  readonly limit: Duration | null;
  /** Its rungs are rung in a lane of their own. */
  readonly urgent: boolean;
  /** Ends at its limit. */
  lapses: boolean;
  state: 'open' | 'done' | 'cancelled';
  unit: UnitId;
  assignee: PersonId | null;
  excluded: PersonId[];
  dueAt: Instant | null;
  pausedAt: Instant | null;
  /** When a paused clock goes on by itself. */
  resumesAt: Instant | null;
  level: number;
  ladder: LadderRow[];
  readonly judges: TaskId | null;
  claimedAt: Instant | null;
  closedAt: Instant | null;
  closedBy: PersonId | null;
  closedFor: PersonId | null;
  /** Not kept: told to the workflow with the step that opens it. */
  protects?: boolean;
  /** Sealed when written. */
  context?: unknown;
  answer?: unknown;
  isChanged: boolean;
}

export interface LadderRow {
  readonly at: Instant;
  readonly kind: 'remind' | 'due' | 'escalate' | 'inspect';
  readonly to: RungTarget;
  readonly level: number;
  readonly firedAt: Instant | null;
  /** Comes again so long after it has fired. */
  readonly repeats?: Duration;
}

export interface EventRow extends Omit<ChainedEvent, 'number'> {
  readonly whoSalt: string | null;
  readonly hash: string;
  readonly sealed: Uint8Array | null;
}

export interface NewEvent {
  readonly at: Instant;
  readonly type: string;
  readonly actor?: PersonId | null;
  readonly actorFor?: PersonId | null;
  readonly task?: TaskId | null;
  readonly data?: unknown;
}

/**
 * Adds an event to the end of the case's chain. None is older than its case, by whose opening its events are looked for: of two that come at once the one
 * whose request began first may be written second, and the clocks of two nodes are never quite the same.
 */
export function appendEvent(file: CaseFile, ring: KeyRing, { at, type, actor = null, actorFor = null, task = null, data }: NewEvent): void {
  const seq = file.headSeq + 1;
  const salt = data === undefined ? '' : newSalt();
  const whoSalt = actor === null ? null : newSalt();
  const chained = {
    number: file.number,
    seq,
    at: at < file.openedAt ? file.openedAt : at,
    type,
    actor,
    actorFor,
    whoHash: actor === null || whoSalt === null ? '' : whoHash(whoSalt, actor, actorFor),
    task,
    dataHash: data === undefined ? '' : dataHash(salt, data),
    prevHash: file.headHash,
  };
  const hash = eventHash(chained);
  const sealed = data === undefined ? null : ring.sealJson('database', { salt, data }, eventContext(file.number, seq));
  file.events.push({ ...chained, whoSalt, hash, sealed });
  file.headSeq = seq;
  file.headHash = hash;
}

const newSalt = (): string => randomBytes(16).toString('base64url');

/** What binds sealed values to their place: they open only there. */
export const eventContext = (number: CaseNumber, seq: number): string => `event ${number}/${seq}`;
export const titleContext = (number: CaseNumber): string => `title ${number}`;
export const dataContext = (number: CaseNumber): string => `data ${number}`;
export const taskContext = (task: TaskId): string => `context ${task}`;
export const answerContext = (task: TaskId): string => `answer ${task}`;
export const stepContext = (number: CaseNumber, cause: string): string => `step ${number} ${cause}`;

/** Since when its clocks stand still; null while they run. */
export const suspendedSince = ({ suspensions }: CaseFile): Instant | null => {
  const last = suspensions.at(-1);
  return last && last.to === null ? last.from : null;
};

export const openTasks = (file: CaseFile): TaskRow[] => [...file.tasks.values()].filter((task) => task.state === 'open');

export function addParticipant(file: CaseFile, person: PersonId, role: ParticipantRole): boolean {
  if (file.participants.some((known) => known.person === person && known.role === role)) return false;
  file.participants.push({ person, role, isNew: true });
  return true;
}
