/* The shapes of api.md that the pages use. */

export type Locale = 'zh' | 'en';
export type Text = Readonly<Record<Locale, string>>;

export interface User {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly roles: readonly { readonly role: string; readonly unit: string }[];
  readonly standsInFor: readonly { readonly person: string; readonly processes: readonly string[] | null }[];
  readonly substitute?: { readonly to: string; readonly from: string; readonly until: string } | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total?: number;
}

/** JSON Schema as `/processes` and tasks give it, with titles in both languages and what an id refers to. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly title?: string;
  readonly 'x-title'?: Text;
  readonly 'x-values'?: Readonly<Record<string, Text>>;
  readonly 'x-ref'?: 'person' | 'unit' | 'rule' | 'case' | 'attachment';
  readonly 'x-role'?: string;
  readonly 'x-multiline'?: boolean;
  readonly 'x-in-force-on'?: string;
  readonly enum?: readonly string[];
  readonly const?: string | number | boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

export interface Process {
  readonly id: string;
  readonly prefix: string;
  readonly group: string;
  readonly shape: 'R' | 'D' | 'I' | 'S' | 'C' | 'E';
  readonly title: Text;
  readonly confidentiality: Confidentiality;
  readonly startable: boolean;
  readonly startableBy: readonly string[];
  readonly forOthers: boolean;
  readonly intake: Schema;
  readonly stages: Readonly<Record<string, Text>>;
  readonly tasks: readonly {
    readonly key: string;
    readonly title: Text;
    readonly role: string;
    readonly stage: string;
    readonly form: Schema;
    readonly limit: Duration | null;
  }[];
  /** The usual way through it, each step by one of these tasks. */
  readonly course: readonly (readonly string[])[];
  /** Whom a round covers, and what is recorded of each. */
  readonly items: readonly { readonly key: string; readonly title: Text; readonly form: Schema }[];
  readonly outcomes: readonly { readonly key: string; readonly title: Text }[];
  readonly commands: readonly string[];
}

export type Duration = Readonly<Record<string, number>>;
export type Confidentiality = 'open' | 'internal' | 'confidential' | 'sealed';

export interface Rung {
  readonly at: string;
  readonly kind: 'remind' | 'due' | 'escalate' | 'inspect';
  readonly to: string;
  readonly toTitle: Text;
  readonly level: number;
  readonly firedAt: string | null;
}

export interface Task {
  readonly id: string;
  readonly case: string;
  readonly process: string;
  readonly key: string;
  readonly round: number;
  readonly title: Text;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly assignee: string | null;
  readonly assigneeName?: string;
  readonly role: string;
  readonly roleTitle: Text;
  readonly unit: string;
  readonly unitName: string;
  readonly candidates?: readonly string[];
  readonly openedAt: string;
  readonly dueAt: string | null;
  readonly pausedAt: string | null;
  readonly closedAt: string | null;
  readonly closedBy?: string | null;
  readonly overdue: boolean;
  readonly escalationLevel: number;
  readonly limit?: Duration | null;
  readonly ladder: readonly Rung[];
  readonly form?: Schema;
  readonly context?: unknown;
  readonly answer?: unknown;
  /** What the reader may do with it; only where the whole case is shown. */
  readonly may?: readonly TaskAction[];
}

export type TaskAction = 'complete' | 'claim' | 'pause' | 'resume' | 'extend' | 'consult' | 'reassign' | 'recall' | 'panel' | 'stand-down';

export interface CaseHead {
  readonly number: string;
  readonly process: string;
  readonly processTitle: Text;
  readonly title?: string;
  readonly state: 'accepted' | 'open' | 'closed';
  readonly stage: string;
  readonly stageTitle: Text;
  readonly outcome: string | null;
  readonly outcomeTitle: Text | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly escalationLevel: number;
  readonly subject?: string | null;
  readonly unit: string;
  readonly handler: string | null;
  readonly confidentiality: Confidentiality;
  readonly redacted: readonly string[];
}

export interface CaseRow extends CaseHead {
  readonly subjectName?: string;
  readonly unitName: string;
  readonly handlerName: string | null;
}

export interface Case extends CaseHead {
  readonly data?: unknown;
  readonly openedBy: string | null;
  readonly tasks: readonly Task[];
  readonly links: readonly { readonly relation: string; readonly relationTitle: Text; readonly number: string }[];
  readonly waits: readonly { readonly key: string; readonly since: string; readonly endsAt: string | null; readonly on: string | null }[];
  readonly participants: readonly { readonly person: string; readonly role: string; readonly roleTitle: Text }[];
  readonly people: Readonly<Record<string, { readonly username: string; readonly name: string }>>;
  readonly units: Readonly<Record<string, string>>;
  readonly hold: { readonly by: string; readonly at: string } | null;
  readonly anonymisedAt: string | null;
  readonly policyVersion: string;
  readonly version: number;
  /** What the reader may do with it now. */
  readonly may: readonly string[];
}

/** What the start of a case says beside its form. */
export interface Beside {
  readonly unit?: string;
  readonly onBehalfOf?: string;
}

/** A form that the reader has begun. */
export interface Draft {
  readonly target: string;
  readonly savedAt: string;
}

export interface CaseEvent {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly actor: string | null;
  readonly task?: string;
  readonly summary: Text;
  readonly data?: unknown;
  readonly hash: string;
}

export interface Notice {
  readonly id: string;
  readonly kind: string;
  readonly case: string | null;
  readonly task: string | null;
  readonly text: Text;
  readonly at: string;
  readonly readAt: string | null;
}

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly badge: string;
  readonly unit: string;
  readonly unitName: string;
  readonly post: string | null;
  readonly rank: string | null;
  readonly roles: readonly { readonly role: string; readonly unit: string; readonly acting: boolean; readonly until: string | null }[];
  readonly leftAt: string | null;
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly leader: string | null;
  readonly leaderName: string | null;
}

export interface Rule {
  readonly id: string;
  readonly regulation: Text;
  readonly article: string;
  readonly kind: string;
  readonly text: Text;
  readonly inForceFrom: string;
  readonly inForceTo: string | null;
}
