import type { PersonId, UnitId } from './ids.ts';
import type { ProblemSlug } from './problems.ts';
import type { Duty, Participant } from './recusal.ts';
import type { Role } from './roles.ts';

/** Who may know of a case: everyone signed in, its circle with leaders, its circle with the overseeing desks, its circle alone (domain.md §4.6). */
export const confidentialities = ['open', 'internal', 'confidential', 'sealed'] as const;
export type Confidentiality = (typeof confidentialities)[number];

/** What decides who may do what with a case. */
export interface CaseFacts {
  readonly process: string;
  readonly confidentiality: Confidentiality;
  readonly nameWithheld: boolean;
  readonly state: 'accepted' | 'open' | 'closed';
  readonly stage: string;
  readonly subject: PersonId | null;
  readonly unitPath: string;
  readonly handler: PersonId | null;
  /** Null once the case is anonymised. */
  readonly openedBy: PersonId | null;
  readonly participants: readonly Participant[];
  readonly openTasks: readonly TaskFacts[];
  /** The asking person has broken the glass and the hour is not over. */
  readonly glassBroken: boolean;
  /** Contents and persons were removed by rule: nothing is left to see but the skeleton, and nothing can be done. */
  readonly isAnonymised: boolean;
  /** Who placed the legal hold that is in force. */
  readonly heldBy: PersonId | null;
  /** From the process's definition. */
  readonly overseenBy: readonly Role[];
  readonly medicalFor: readonly Role[];
  readonly commands: Readonly<Partial<Record<CaseCommand, CommandRule>>>;
}

/** What the rows alone say of a case. */
export type StoredCaseFacts = Omit<CaseFacts, 'overseenBy' | 'medicalFor' | 'commands'>;

export type CaseCommand = 'withdraw' | 'transfer' | 'merge' | 'reopen' | 'cancel' | 'amend' | 'split' | 'suspend';

export interface CommandRule {
  /** `opener`: whoever started the case, whose order it is. */
  readonly by: readonly (Role | 'subject' | 'handler' | 'opener')[];
  readonly stages?: readonly string[];
}

export interface TaskFacts {
  readonly duty: Duty;
  readonly role: Role | 'subject';
  /** Where the role is held. */
  readonly unit: UnitId;
  readonly unitPath: string;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly assignee: PersonId | null;
  readonly excluded: readonly PersonId[];
  /** An emergency: it does not wait for whoever is away. */
  readonly urgent: boolean;
  readonly closedBy: PersonId | null;
}

export interface TaskInCase {
  readonly case: CaseFacts;
  readonly task: TaskFacts;
}

export interface PersonFacts {
  readonly id: PersonId;
  readonly unitPath: string;
}

export type Refusal = Extract<
  ProblemSlug,
  'not-found' | 'forbidden' | 'recused' | 'needs-second-person' | 'case-not-open' | 'task-not-open' | 'not-now'
>;

/** `extract`: what concerns the actor, who is heard in it. `skeleton`: number, process, state, stage, tasks and events without their contents. `for`: the absent person in whose place the actor acts. */
export type Decision =
  | { readonly granted: true; readonly sight: 'full' | 'extract' | 'skeleton'; readonly for: PersonId | null }
  | { readonly granted: false; readonly problem: Refusal };

export const grant = (sight: 'full' | 'extract' | 'skeleton' = 'full', absent: PersonId | null = null): Decision => ({
  granted: true,
  sight,
  for: absent,
});

export const refuse = (problem: Refusal): Decision => ({ granted: false, problem });
