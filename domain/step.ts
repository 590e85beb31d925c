import type { LeaveAct, LeaveStanding } from './annual-leave.ts';
import type { AttachmentId } from './attachments.ts';
import type { Tier } from './checkpoints.ts';
import type { DocumentId, DocumentKindId } from './documents.ts';
import type { Duration } from './duration.ts';
import type { DutyAdvice } from './duty-advice.ts';
import type { RestrictionKind } from './eligibility.ts';
import type { CaseBooking } from './fund-booking.ts';
import type { CaseNumber, Instant, ItemId, PersonId, PlainDate, TaskId, UnitId } from './ids.ts';
import type { FilingOfRecord, Inquiry } from './investigation.ts';
import type { Role } from './roles.ts';
import type { Coverage, ItemRule } from './round-item.ts';
import type { Rhythm } from './round-period.ts';
import type { Citation } from './rules.ts';

/**
 * All changes that one cause makes to a case: what the workflow asks `record` to write in one transaction.
 * Repeating a step with the same (case, cause) changes nothing and gives the first result again.
 */
export interface CaseStep {
  readonly case: CaseNumber;
  /** `start`, `<person>:<idempotency key>`, `rung:<task>:<index>`, `wait:<id>`; a follow-up of the same cause adds `+1`. */
  readonly cause: string;
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly for: PersonId | null;
  readonly bodyHash: string | null;
  /** Of a step that the case's workflow takes: how many of its steps it knows the record to have. */
  readonly known?: number;
  /** What set the step off, kept sealed: what a workflow that lost it is told again. */
  readonly input?: unknown;
  readonly changes: readonly Change[];
}

export type Change =
  | { readonly kind: 'event'; readonly type: string; readonly task?: TaskId; readonly data?: unknown }
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'handler'; readonly person: PersonId }
  | { readonly kind: 'unit'; readonly unit: UnitId }
  | ({ readonly kind: 'open-task' } & TaskOpening)
  | {
      readonly kind: 'complete-task';
      readonly task: TaskId;
      readonly data: unknown;
      /** What of it is counted by: kept in the clear (`counts` of its definition). */
      readonly counts?: Readonly<Record<string, string>>;
      readonly cites?: readonly Citation[];
      readonly attachments?: readonly AttachmentId[];
      /** Whoever must have been heard before (domain.md §4.3). */
      readonly afterHearing?: readonly PersonId[];
      /** Every allegation of this investigation must have its finding before. */
      readonly afterFindings?: Inquiry;
      /** Nobody whom the round covers may be left. */
      readonly afterCoverage?: true;
      /** What is booked with it. */
      readonly books?: CaseBooking;
    }
  | { readonly kind: 'cancel-task'; readonly task: TaskId; readonly reason: string }
  /** Takes back its completion. */
  | { readonly kind: 'reopen-task'; readonly task: TaskId; readonly reason: string }
  | { readonly kind: 'lapse-task'; readonly task: TaskId }
  | { readonly kind: 'rung'; readonly task: TaskId; readonly index: number; readonly at: Instant }
  | { readonly kind: 'pause-task'; readonly task: TaskId; readonly reason: string; readonly until?: Instant }
  | { readonly kind: 'resume-task'; readonly task: TaskId }
  /** Reckons its date anew by the calendar now in force. */
  | { readonly kind: 'recompute-task'; readonly task: TaskId }
  | { readonly kind: 'extend-task'; readonly task: TaskId; readonly by: Duration }
  | {
      readonly kind: 'open-wait';
      readonly id: string;
      readonly key: string;
      readonly limit?: Duration;
      readonly until?: Instant;
      /** Name of the process's setting in the policy that says how long. */
      readonly setting?: string;
      /** From when, where that is not now. */
      readonly since?: Instant;
      readonly on?: CaseNumber;
    }
  | { readonly kind: 'end-wait'; readonly id: string }
  | { readonly kind: 'participant'; readonly person: PersonId; readonly role: ParticipantRole }
  /** The facts are about to be shown to this person, who sees an extract of the case from now on. */
  | { readonly kind: 'show-facts'; readonly person: PersonId }
  /** 听取意见: the person stated their view, waived that in writing, or let the time pass that ran from the service. */
  | { readonly kind: 'heard'; readonly person: PersonId; readonly how: HowHeard; readonly servedAt: Instant; readonly statement?: string }
  /** An entry in the file of an investigation, or one that corrects an earlier one. */
  | ({ readonly kind: 'file-record' } & FilingOfRecord)
  | { readonly kind: 'notify'; readonly to: NoticeTarget; readonly notice: string; readonly task?: TaskId }
  | {
      readonly kind: 'spawn';
      readonly process: string;
      readonly data: unknown;
      readonly relation: string;
      readonly subject: PersonId | null;
      readonly unit?: UnitId;
      /** In the bureau's own unit, where that of this case would tell who raised it. */
      readonly atBureau?: true;
      /** Against the unit that has this task, instead of a unit by name. */
      readonly unitOfTask?: TaskId;
    }
  | ({ readonly kind: 'tell-case'; readonly case: CaseNumber } & NewsOfCase)
  | { readonly kind: 'answer-task'; readonly task: TaskId; readonly data: unknown }
  /** Completes a task of another case by its key, if it is open there. */
  | { readonly kind: 'answer-open'; readonly case: CaseNumber; readonly key: string; readonly data: unknown }
  | { readonly kind: 'ask-open'; readonly tasks: readonly TaskId[] }
  | { readonly kind: 'claim-task'; readonly task: TaskId }
  | { readonly kind: 'reassign-task'; readonly task: TaskId; readonly to: PersonId; readonly reason: string }
  | { readonly kind: 'circulate'; readonly people: readonly PersonId[]; readonly note?: string; readonly readBy?: Instant }
  | { readonly kind: 'hand-over'; readonly from: PersonId; readonly to: PersonId; readonly reason: string }
  | { readonly kind: 'recuse'; readonly person: PersonId; readonly reason: string }
  | { readonly kind: 'break-glass'; readonly until: Instant; readonly reason: string }
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'release'; readonly reason: string }
  | { readonly kind: 'reopen'; readonly reason: string }
  | {
      readonly kind: 'amend';
      readonly title: string;
      readonly data: unknown;
      readonly counts?: Readonly<Record<string, string>>;
      readonly reason: string;
      readonly attachments?: readonly AttachmentId[];
    }
  /** 制发文书, under the next number of its kind and year. */
  | {
      readonly kind: 'issue-document';
      readonly id: DocumentId;
      readonly document: DocumentKindId;
      /** What it says, but for number and day. */
      readonly letter: object;
      /** A document of the case that it corrects, and why. */
      readonly replaces?: DocumentId;
      readonly reason?: string;
    }
  | { readonly kind: 'file-document'; readonly id: DocumentId; readonly docx: AttachmentId; readonly pdf: AttachmentId }
  /** Leaves a file out of what the person heard is shown, or shows it again. */
  | { readonly kind: 'withhold'; readonly attachment: AttachmentId; readonly withheld: boolean; readonly reason: string }
  /** Every clock of the case stands still from now on. */
  | { readonly kind: 'suspend'; readonly until: Instant; readonly reason: string }
  | { readonly kind: 'end-suspension' }
  | { readonly kind: 'merge'; readonly into: CaseNumber }
  | { readonly kind: 'mark'; readonly mark: string; readonly setting: string }
  | ({ readonly kind: 'restrict' } & Restricting)
  | ({ readonly kind: 'leave' } & LeaveAct)
  | { readonly kind: 'lift'; readonly restriction: RestrictionKind; readonly person?: PersonId }
  /** Puts everyone whom a round covers on its list, by the one of the policy's limits that is named. */
  | { readonly kind: 'cover'; readonly items: readonly ItemRule[]; readonly limit?: string }
  | { readonly kind: 'ask-coverage' }
  /** Brings the list up to date with who has joined, left or moved. */
  | { readonly kind: 'follow-roster'; readonly items: readonly ItemRule[] }
  | ({ readonly kind: 'complete-item' } & CompletedItem & {
        /** A need is in it, which the person is asked about. */
        readonly raisesNeed?: true;
        /** Whoever was met on the same occasion. */
        readonly met?: readonly CompletedItem[];
      })
  | { readonly kind: 'reassign-item'; readonly item: ItemId; readonly to: PersonId; readonly reason: string }
  | { readonly kind: 'strike-item'; readonly item: ItemId; readonly reason: string }
  /** 本人的答复: the appeal that the person opened about a need, or null where they want none. */
  | { readonly kind: 'answer-need'; readonly item: ItemId; readonly opened: CaseNumber | null }
  | { readonly kind: 'end-items'; readonly as: 'missed' | 'cancelled' }
  /** Tells the subject's unit what it may know. */
  | { readonly kind: 'advise-unit'; readonly advice: DutyAdvice }
  | { readonly kind: 'close'; readonly outcome: string; readonly data?: unknown; readonly seals?: true };

export type ChangeKind = Change['kind'];

/** What was recorded of one whom a round covers. */
export interface CompletedItem {
  readonly item: ItemId;
  readonly data: unknown;
}

export type HowHeard = 'stated' | 'waived' | 'lapsed';

export interface TaskOpening extends FirstTask {
  readonly task: TaskId;
  readonly ordinal: number;
  readonly round: number;
  /** Ends at its limit instead of climbing on. */
  readonly lapses?: boolean;
  /** Where to look for the role; the case's unit unless stated. The nearest holder above counts. */
  readonly unit?: UnitId;
  /** Looks for the role in this person's unit instead. */
  readonly unitOf?: PersonId;
  /** Looks for the role from the parent of the unit on: a superior unit's review. */
  readonly above?: boolean;
  /** One of several limits of the task that policy holds, such as its tier: `3` or `urgent`. */
  readonly limit?: string;
  /** Goes on with what was left of this earlier task's time when it closed: a fact request paused it. */
  readonly continues?: TaskId;
  /** Keeps the date of this earlier task, extensions included: what lay between counts. */
  readonly keepsDateOf?: TaskId;
  /** From when the limit runs, where that is not when it opens. */
  readonly since?: Instant;
  readonly dueAt?: Instant;
  /** The done task whose submission this one judges. */
  readonly judges?: TaskId;
  readonly context?: unknown;
}

/** Limits a right of a person, of the case's subject unless stated, for a time, or gives such a limit another end. */
export interface Restricting {
  readonly person?: PersonId;
  readonly restriction: RestrictionKind;
  /** The rule that allows it. */
  readonly ground: string;
  /** Whole days, both included · so long from now · so much longer than it lasts already. */
  readonly term: { readonly from: PlainDate; readonly until: PlainDate } | { readonly lasts: Duration } | { readonly longerBy: Duration };
}

/** From when until when a restriction is in force. */
export interface Term {
  readonly from: Instant;
  readonly until: Instant;
}

/** What another case learns of this one: an event in its record, with a link both ways where one is named, and notices to its people. */
export interface NewsOfCase {
  readonly event: string;
  readonly data?: unknown;
  /** What the two are to each other: the other case as seen from here, and this one as seen from there. */
  readonly link?: { readonly here: string; readonly there: string };
  readonly notice?: { readonly kind: string; readonly to: readonly ('opener' | ParticipantRole)[] };
}

/** What is known of a task before it has a case. */
export interface FirstTask {
  readonly key: string;
  readonly duty: 'handle' | 'investigate' | 'investigate-conduct' | 'investigate-leadership' | 'decide' | 'review' | 'inform';
  readonly role: Role | 'subject';
  readonly assignee?: PersonId;
  /** Days of the process's tiers, counted from the acceptance of the case: it is due on the first that is still to come (checkpoints.ts). */
  readonly checkpoints?: readonly Tier[];
  /** Decides something adverse about the subject: the record says whether a no-retaliation mark protects them. */
  readonly adverse?: true;
  /** Who did an earlier step, such as the proposal that it decides, and may not do this one. */
  readonly notBy?: readonly PersonId[];
}

/** All that it takes to accept a case; made from the process's definition and the intake form (workflows/kit/acceptance.ts). */
export interface Acceptance {
  readonly process: string;
  readonly prefix: string;
  readonly title: string;
  readonly data: unknown;
  readonly confidentiality: 'open' | 'internal' | 'confidential' | 'sealed';
  readonly nameWithheld: boolean;
  readonly subject: PersonId | null;
  readonly unit: UnitId;
  /** Null where the bureau itself opens it. */
  readonly by: PersonId | null;
  readonly for: PersonId | null;
  readonly parties: readonly { readonly person: PersonId; readonly role: ParticipantRole }[];
  /** Reports about the same person join the case of the first, for so long: name of the policy's setting (store/join-case.ts). */
  readonly oneWithin?: string;
  /** One case for each person and period (store/case-periods.ts): of the current one, or of the next. */
  readonly ownPeriod?: { readonly rhythm: Rhythm; readonly ahead: boolean };
  readonly cites: readonly Citation[];
  readonly attachments: readonly AttachmentId[];
  /** Where the case stands with its first tasks. */
  readonly stage: string;
  readonly first: readonly FirstTask[];
  /** What of its intake is counted by: kept in the clear. */
  readonly counts?: Readonly<Record<string, string>>;
}

/** What a case's workflow starts from. */
export interface StartInput {
  readonly number: CaseNumber;
  readonly process: string;
  readonly policyVersion: string;
  readonly data: unknown;
  readonly subject: PersonId | null;
  readonly unit: UnitId;
  readonly openedBy: PersonId | null;
  /** The case whose decision opened it; nothing where people did. */
  readonly spawnedBy?: CaseNumber;
  /** Whether the bell rings its clocks; without, its workflow has timers of its own, as in release 0.1. */
  readonly bell?: boolean;
  /** 1 for the first run, then one more for each reopening. */
  readonly run: number;
  readonly reopened?: Reopened;
}

/** What the earlier runs of a reopened case came to, as it was when the case was reopened: how many tasks and waits were opened and steps taken. */
export interface Reopened {
  readonly handler: PersonId | null;
  readonly tasks: number;
  /** Release 0.1 did not count them. */
  readonly waits?: number;
  readonly steps: number;
}

/**
 * A person's part in a case. Everyone here sees the case; parties, relatives and the recused act in nothing but what is asked of the subject. Whoever is `heard`, or is the `reporter` of a clue, sees an extract:
 * what was shown to them, what is asked of them and what became of it. So does the `caller` of an emergency, who is no party: whoever found a colleague hurt may also help.
 */
export type ParticipantRole =
  | 'appellant'
  | 'subject'
  | 'reporter'
  | 'caller'
  | 'reported'
  | 'heard'
  | 'witness'
  | 'handler'
  | 'investigator'
  | 'conduct-investigator'
  | 'leadership-investigator'
  | 'decider'
  | 'reviewer'
  | 'recused'
  | 'informed'
  | 'reader'
  | 'consulted';

export type NoticeTarget =
  /** Whoever has the open task now, substitutes included. */
  | { readonly bearersOf: TaskId }
  | { readonly person: PersonId }
  | { readonly part: ParticipantRole }
  | { readonly role: Role; readonly unit?: UnitId };

/** What `record` answers: the facts that only the database, the calendar and the policy know. */
export interface Recorded {
  readonly tasks: Readonly<Record<TaskId, RecordedTask>>;
  readonly waits: Readonly<Record<string, { readonly endsAt: Instant | null }>>;
  readonly spawned: readonly CaseNumber[];
  /** By kind, and by `<kind> <person>` where a step restricts someone by name. */
  readonly restrictions?: Readonly<Record<string, Term>>;
  /** Which of the other cases' tasks that the step asked about are open. */
  readonly open?: readonly TaskId[];
  /** How far the round has come. */
  readonly coverage?: Coverage;
  readonly leave?: LeaveStanding;
  /** None any more: the post sends them. Steps that release 0.1 recorded name those that the case itself had to have sent. */
  readonly deliveries: readonly string[];
}

/** What `record` answers a workflow that lost steps with the machines that ran it: what set off the first of them. Without a result beside it nothing was written. */
export interface Ahead {
  readonly ahead: { readonly at: Instant; readonly cause: unknown };
}

export interface RecordedTask {
  readonly key: string;
  /** The day of the tier that it is for. */
  readonly checkpoint?: Tier;
  /** A no-retaliation mark from another case protected the subject when it was opened. */
  readonly protects?: true;
  readonly dueAt: Instant | null;
  readonly pausedAt: Instant | null;
  readonly rungs: readonly { readonly at: Instant; readonly kind: 'remind' | 'due' | 'escalate' | 'inspect'; readonly fired: boolean }[];
}
