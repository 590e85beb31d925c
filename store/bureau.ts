import type { Database, Transaction } from '../platform/database.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { Policies } from './policies.ts';

/** What the store stands on: rows, keys, and the policies that cases were started under. */
export interface Bureau {
  readonly db: Database;
  readonly ring: KeyRing;
  readonly policies: Policies;
}

/** A step's transaction: one connection, everything or nothing. */
export interface StepContext extends Bureau {
  readonly tx: Transaction;
}
