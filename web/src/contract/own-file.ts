import type { Text } from './types.ts';

/** A stretch of time in which something stands for or against someone. */
export interface Term {
  readonly kind: string;
  readonly from: string;
  readonly until: string;
  readonly case: string | null;
}

export interface OwnLook {
  readonly case: string;
  readonly person: string;
  readonly name: string;
  readonly what: string;
  readonly at: string;
}

/** A year's annual leave. */
export interface OwnLeave {
  readonly year: number;
  readonly case: string;
  readonly state: 'accepted' | 'open' | 'closed';
  /** The task by which one plans, asks or withdraws. */
  readonly task: string | null;
  readonly decidedBy: string | null;
  readonly account: {
    readonly entitled: number;
    readonly taken: number;
    readonly asked: number;
    readonly planned: number;
    readonly left: number;
    readonly until: string;
    readonly carriedOver: boolean;
    readonly periods: readonly {
      readonly from: string;
      readonly until: string;
      readonly days: number;
      readonly state: 'planned' | 'asked' | 'approved';
    }[];
  } | null;
}

/** A year's health check. */
export interface OwnCheck {
  readonly year: number;
  readonly case: string;
  readonly state: 'accepted' | 'open' | 'closed';
  readonly standing: Text;
  /** The task by which one registers, or asks for another appointment. */
  readonly task: string | null;
  readonly appointment: { readonly at: string; readonly hospital: string; readonly preparation?: string } | null;
}

/** Of `GET /me/file`, what the page shows. */
export interface OwnFile {
  readonly at: string;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly badge: string | null;
    readonly unit: string;
    readonly post: string | null;
    readonly rank: string | null;
  };
  readonly marks: readonly Term[];
  readonly restrictions: readonly Term[];
  readonly leave: readonly OwnLeave[];
  readonly checks: readonly OwnCheck[];
  readonly looks: readonly OwnLook[];
  readonly exports: readonly { readonly at: string; readonly cases: number }[];
}

/** Someone whom a round covers. */
export interface RoundItem {
  readonly id: string;
  readonly case: string;
  readonly process: string;
  readonly key: string;
  readonly title: Text;
  readonly person: string | null;
  readonly personName: string | null;
  readonly unitName: string;
  readonly assignee: string | null;
  readonly assigneeName: string | null;
  readonly state: 'open' | 'done' | 'struck' | 'missed' | 'cancelled';
  readonly dueAt: string;
  readonly overdue: boolean;
  readonly escalationLevel: number;
  readonly closedAt: string | null;
  readonly need?: 'asked' | 'agreed' | 'declined' | null;
  readonly data?: unknown;
  /** What was recorded is not for the reader. */
  readonly redacted?: boolean;
  /** What the reader may do with it; where its round is shown. */
  readonly may?: readonly ('complete' | 'reassign' | 'strike' | 'answer-need')[];
}
