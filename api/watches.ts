import { setTimeout as sleep } from 'node:timers/promises';
import { cancelStale } from '../store/bulk.ts';
import type { Bureau } from '../store/bureau.ts';
import { remindReaders } from './late-readers.ts';
import { noteLeavers } from './leavers.ts';

const LOOK_EVERY_MS = 30_000;

const endPreviews = ({ db }: Bureau, at: Date): Promise<unknown> => cancelStale(db, at);

/** Looks from time to time for what nobody's request brings about: people who have left, copies that were not read, previews that nobody runs. */
export function openWatches(bureau: Bureau): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      // With the database away there is nothing to be done; readiness says so, and the next look comes by itself.
      for (const look of [noteLeavers, remindReaders, endPreviews]) await look(bureau, new Date()).catch(() => undefined);
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
