import type { Client } from '@temporalio/client';
import type { Database } from '../platform/database.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import type { Logger } from '../platform/log.ts';

/** What the API stands on. Made by the entry points, given to each file of routes. */
export interface ApiDeps {
  readonly db: Database;
  /** For the one connection that listens for changes. */
  readonly databaseUrl: string;
  readonly ring: KeyRing;
  readonly temporal: Client;
  readonly log: Logger;
  /** Cookies carry `Secure` only where the pages come over HTTPS. */
  readonly secureCookies: boolean;
  /** Requests that one account may send within ten seconds; 2,000 unless stated. */
  readonly requestsPerWindow?: number;
  /** Aborted when the server stops: ends what would go on for ever. */
  readonly stopping: AbortSignal;
}
