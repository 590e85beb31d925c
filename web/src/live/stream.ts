import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { API, get } from '../contract/client.ts';

/** What changed: the content is read by the ordinary routes. */
interface Change {
  readonly case: string | null;
  readonly task: string | null;
}

/** What each kind of change makes old. */
const concerns: Readonly<Record<string, (change: Change) => readonly QueryKey[]>> = {
  case: (change) => [['cases'], ['case', change.case], ['events', change.case]],
  task: (change) => [['tasks'], ['case', change.case], ['events', change.case], ['task', change.task]],
  notification: () => [['notices']],
};

/** Changes that come together are read once. */
const GATHER_MS = 250;
const TRY_AGAIN_MS = 5000;

/** Reads again what others change, as soon as they do. @returns whether the connection stands */
export function useLiveChanges(): boolean {
  const queries = useQueryClient();
  const [isUp, setUp] = useState(true);

  useEffect(() => {
    const stale = new Map<string, QueryKey>();
    const timers = { flush: 0, again: 0 };
    let source: EventSource;
    let wasDown = false;
    let isGone = false;
    const flush = () => {
      timers.flush = 0;
      for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey });
      stale.clear();
    };
    const open = () => {
      if (isGone) return;
      source = new EventSource(`${API}/stream`);
      source.onopen = () => {
        setUp(true);
        if (wasDown) void queries.invalidateQueries();
        wasDown = false;
      };
      source.onerror = () => {
        wasDown = true;
        setUp(false);
        // The browser mends a lost line by itself, but not one that was refused, as after the end of a session.
        if (source.readyState === EventSource.CLOSED) again();
      };
      for (const [kind, keysOf] of Object.entries(concerns)) {
        source.addEventListener(kind, ({ data }) => {
          for (const key of keysOf(JSON.parse(data))) stale.set(JSON.stringify(key), key);
          timers.flush ||= window.setTimeout(flush, GATHER_MS);
        });
      }
    };
    const again = () => {
      void get('/me').then(open, () => {
        timers.again = window.setTimeout(again, TRY_AGAIN_MS);
      });
    };
    open();
    return () => {
      isGone = true;
      source.close();
      for (const timer of Object.values(timers)) clearTimeout(timer);
    };
  }, [queries]);

  return isUp;
}
