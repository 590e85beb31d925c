import type { Client } from '@temporalio/client';
import type { CaseNumber } from '../domain/ids.ts';
import type { Logger } from '../platform/log.ts';
import type { Bureau } from '../store/bureau.ts';
import type { Channels } from './carry.ts';

/** What activities stand on; given by the worker. */
export interface ActivityDeps {
  readonly bureau: Bureau;
  readonly temporal: Client;
  readonly log: Logger;
  readonly channels: Channels;
  /** Starts the workflow of an accepted case soon; where the engine does not answer, the next sweep does. */
  readonly startSoon: (number: CaseNumber) => void;
  /** Aborted when the worker ends: what goes on without end hands over to another one. */
  readonly stopping: AbortSignal;
}
