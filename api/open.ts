import type { Client } from '@temporalio/client';
import type { Express } from 'express';
import type { Logger } from '../platform/log.ts';
import type { Bureau } from '../store/bureau.ts';
import { openFeedBell } from '../store/feed.ts';
import { openBulkRunner } from './bulk/runner.ts';
import type { ApiDeps } from './deps.ts';
import { engineOf } from './engine.ts';
import { intakeQueue } from './intake-queue.ts';
import { createApi } from './server.ts';
import { openStarter } from './starter.ts';
import { openWatches } from './watches.ts';

export interface ApiOptions {
  readonly bureau: Bureau;
  /** For the one connection that listens for changes. */
  readonly databaseUrl: string;
  readonly temporal: Client;
  readonly log: Logger;
  readonly secureCookies: boolean;
  readonly requestsPerWindow?: number;
  /** False where the Temporal server does not know Fivefold's search attributes. */
  readonly hasSearchAttributes?: boolean;
}

export interface OpenApi {
  readonly app: Express;
  /** Ends what would go on for ever, so that the server can stop. */
  endStreams(): void;
  /** Ends what runs beside the requests; call it when the server has stopped and before the database closes. */
  close(): Promise<void>;
}

/** The API with everything that runs beside its requests: the starter of accepted cases, the runner of bulk operations, the watches over leavers and readers, and the bell of the feed. */
export function openApi(options: ApiOptions): OpenApi {
  const { bureau, databaseUrl, temporal, log, secureCookies, requestsPerWindow, hasSearchAttributes } = options;
  const stopping = new AbortController();
  const engine = engineOf(temporal, hasSearchAttributes);
  const starter = openStarter(bureau, engine, log);
  const bell = openFeedBell(databaseUrl, log);
  const deps: ApiDeps = {
    ...bureau,
    temporal,
    log,
    engine,
    starter,
    intake: intakeQueue(bureau),
    bell,
    secureCookies,
    stopping: stopping.signal,
    ...(requestsPerWindow !== undefined && { requestsPerWindow }),
  };
  const beside = [openBulkRunner(deps), openWatches(bureau)];
  return {
    app: createApi(deps),
    endStreams: () => stopping.abort(),
    close: async () => {
      stopping.abort();
      await Promise.all(beside.map((each) => each.stop()));
      await Promise.all([starter.stop(), bell.close()]);
    },
  };
}
