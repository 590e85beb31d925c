import type { Duration, Rung, Text } from './types.ts';

/* The shapes of api.md that the pages of administration use. */

export interface Role {
  readonly id: string;
  readonly title: Text;
  readonly acting: boolean;
}

export interface Imported {
  readonly dryRun: boolean;
  readonly units: { readonly created: number; readonly changed: number };
  readonly people: { readonly created: number; readonly changed: number; readonly left: number };
  readonly roles: { readonly granted: number; readonly ended: number };
  /** The first of each kind by name. */
  readonly changes: {
    readonly units: readonly Written[];
    readonly people: readonly (Written & { readonly left: boolean })[];
    readonly roles: readonly {
      readonly person: string;
      readonly name: string;
      readonly role: string;
      readonly unit: string;
      readonly change: 'granted' | 'changed' | 'ended';
    }[];
  };
}

export interface Written {
  readonly id: string;
  readonly name: string;
  readonly created: boolean;
}

export interface Acting {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly from: string;
  readonly until: string;
  readonly reason: string | null;
}

export interface Leaver {
  readonly id: string;
  readonly name: string;
  readonly unitName: string;
  readonly leftAt: string;
  readonly cases: number;
}

export interface Holdings {
  readonly cases: readonly {
    readonly case: string;
    readonly processTitle: Text;
    readonly stageTitle: Text;
    readonly dueAt: string | null;
    readonly handler: boolean;
    readonly tasks: readonly { readonly id: string; readonly title: Text }[];
  }[];
}

export interface PolicyEntry {
  readonly path: string;
  readonly shipped: Text | null;
  readonly inForce: Text | null;
  readonly differs: boolean;
  readonly note: Text | null;
}

export interface PolicyProcess {
  readonly id: string;
  readonly title: Text;
  readonly tasks: readonly PolicyTask[];
}

export interface PolicyTask {
  readonly key: string;
  readonly title: Text;
  readonly limit: Duration | null;
  /** Further limits by name: tiers, priorities. */
  readonly limits: Readonly<Record<string, Duration>>;
  readonly ladder: string | null;
}

export interface Policy {
  readonly version: string;
  readonly loadedAt: string;
  readonly timeScale: number;
  readonly entries: readonly PolicyEntry[];
  readonly processes: readonly PolicyProcess[];
}

export interface ExplainedDay {
  readonly date: string;
  readonly working: boolean;
  readonly counts: number | null;
  readonly name?: Text;
  readonly provisional?: boolean;
}

export interface Simulated {
  readonly limit: Duration;
  readonly dueAt: string;
  readonly days: readonly ExplainedDay[];
  readonly rungs: readonly (Pick<Rung, 'at' | 'kind' | 'toTitle' | 'level'> & { readonly kindTitle: Text; readonly repeats?: Duration })[];
}

export interface CalendarDay {
  readonly date: string;
  readonly working: boolean;
  readonly name?: Text;
  readonly provisional?: boolean;
}

export interface Delivery {
  readonly id: string;
  readonly person: string;
  readonly channel: string;
  readonly topic: string;
  readonly state: 'queued' | 'sent' | 'failed';
  readonly attempts: number;
  readonly error: string | null;
  readonly queuedAt: string;
  readonly nextAt: string | null;
  readonly endedAt: string | null;
}

export interface Stuck {
  readonly number: string;
  readonly kind: 'missing' | 'ended' | 'failing';
  readonly since: string;
  readonly seenAt: string;
  readonly looks: number;
}

export interface Key {
  readonly id: string;
  readonly inUse: boolean;
  readonly signedFrom: string | null;
  readonly signedUntil: string | null;
}

export interface Checkpoint {
  readonly number: number;
  readonly at: string;
  readonly cases: number;
  readonly root: string;
  readonly hash: string;
  readonly publicKey: string;
}

export interface LatestCheckpoint {
  readonly checkpoint: Checkpoint | null;
  readonly verified: { readonly ours: boolean; readonly follows: boolean; readonly root: boolean } | null;
}
