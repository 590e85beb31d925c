import type { Client } from '@temporalio/client';
import type { Logger } from '../platform/log.ts';
import type { Bureau } from '../store/bureau.ts';
import type { FeedBell } from '../store/feed.ts';
import type { Engine } from './engine.ts';
import type { IntakeQueue } from './intake-queue.ts';
import type { Starter } from './starter.ts';

/** What the API stands on. Made by the entry points, given to each file of routes. */
export interface ApiDeps extends Bureau {
  readonly temporal: Client;
  readonly log: Logger;
  readonly engine: Engine;
  readonly starter: Starter;
  readonly intake: IntakeQueue;
  readonly bell: FeedBell;
  /** Cookies carry `Secure` only where the pages come over HTTPS. */
  readonly secureCookies: boolean;
  /** Requests that one account may send within ten seconds; 2,000 unless stated. */
  readonly requestsPerWindow?: number;
  /** Aborted when the server stops: ends what would go on for ever. */
  readonly stopping: AbortSignal;
}
