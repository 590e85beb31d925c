import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { API } from '../contract/client.ts';

/** What each kind of change makes old. */
const concerns = {
  case: ['cases', 'case', 'events'],
  task: ['tasks', 'case', 'task', 'events'],
  notification: ['notices'],
} as const;

/** Changes that come together are read once. */
const GATHER_MS = 250;

/** Reads again what others change, as soon as they do. @returns whether the connection stands; the browser mends it by itself */
export function useLiveChanges(): boolean {
  const queries = useQueryClient();
  const [isUp, setUp] = useState(true);

  useEffect(() => {
    const stale = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      for (const key of stale) void queries.invalidateQueries({ queryKey: [key] });
      stale.clear();
    };
    const source = new EventSource(`${API}/stream`);
    let wasDown = false;
    source.onopen = () => {
      setUp(true);
      if (wasDown) void queries.invalidateQueries();
      wasDown = false;
    };
    source.onerror = () => {
      wasDown = true;
      setUp(false);
    };
    for (const [kind, keys] of Object.entries(concerns)) {
      source.addEventListener(kind, () => {
        for (const key of keys) stale.add(key);
        timer ??= setTimeout(flush, GATHER_MS);
      });
    }
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [queries]);

  return isUp;
}
