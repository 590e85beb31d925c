import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../app/session.tsx';
import { get, send } from '../contract/client.ts';
import { ProblemError } from '../contract/problem.ts';
import type { Beside, Draft } from '../contract/types.ts';
import { dateAndTime } from '../time/instants.ts';

const SAVE_AFTER_MS = 800;

/** What is filled in, and of a start also what is chosen beside the form. */
export interface Drafted extends Beside {
  readonly data: unknown;
}

interface Kept extends Drafted {
  readonly savedAt: string;
}

/**
 * Keeps what is typed on the server, so that it survives a reload and another device; in this browser too, for when the server is away.
 * @param target a task's id, or `start:<process>`; null for what is not kept
 */
export function useDraft(target: string | null, restore: (kept: Drafted) => void) {
  const queries = useQueryClient();
  const me = useMe();
  const [state, setState] = useState<'idle' | 'saving' | 'saved' | 'unsaved'>('idle');
  const [restoredAt, setRestoredAt] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isPaused = useRef(false);
  const restoring = useRef(restore);
  restoring.current = restore;
  const path = `/me/drafts/${encodeURIComponent(target ?? '')}`;
  const local = `fivefold.draft.${me.id}.${target}`;
  const unsent = useRef<Drafted | null>(null);

  useEffect(() => {
    if (target === null) return;
    const reading = new AbortController();
    void newest(local, { target, path, signal: reading.signal }).then((kept) => {
      if (kept === null || reading.signal.aborted) return;
      restoring.current(kept);
      setRestoredAt(dateAndTime(kept.savedAt));
    });
    return () => {
      reading.abort();
      clearTimeout(timer.current);
      if (unsent.current !== null) void send('PUT', path, { body: unsent.current }).catch(() => undefined);
    };
  }, [target, path, local]);

  const save = (drafted: Drafted) => {
    if (isPaused.current || target === null) return;
    sessionStorage.setItem(local, JSON.stringify({ ...drafted, savedAt: new Date().toISOString() }));
    clearTimeout(timer.current);
    setState('saving');
    unsent.current = drafted;
    timer.current = setTimeout(async () => {
      unsent.current = null;
      const isKept = await send('PUT', path, { body: drafted }).then(
        () => true,
        () => false,
      );
      setState(isKept ? 'saved' : 'unsaved');
      void queries.invalidateQueries({ queryKey: ['drafts'] });
    }, SAVE_AFTER_MS);
  };

  return {
    state,
    restoredAt,
    save,
    /** While a submission is under way nothing may bring the draft back. */
    pause: () => {
      isPaused.current = true;
      unsent.current = null;
      clearTimeout(timer.current);
    },
    goOn: () => {
      isPaused.current = false;
    },
    drop: () => {
      if (target === null) return;
      clearTimeout(timer.current);
      sessionStorage.removeItem(local);
      setRestoredAt(null);
      setState('idle');
      void send('DELETE', path)
        .catch(() => undefined)
        .finally(() => queries.invalidateQueries({ queryKey: ['drafts'] }));
    },
  };
}

interface Place {
  readonly target: string;
  readonly path: string;
  readonly signal: AbortSignal;
}

async function newest(local: string, { target, path, signal }: Place): Promise<Kept | null> {
  const here: Kept | null = JSON.parse(sessionStorage.getItem(local) ?? 'null');
  const there = await onServer({ target, path, signal }).catch((error: unknown) => {
    if (error instanceof ProblemError || signal.aborted) return null;
    throw error;
  });
  if (here === null || there === null) return here ?? there;
  return here.savedAt > there.savedAt ? here : there;
}

async function onServer({ target, path, signal }: Place): Promise<Kept | null> {
  const { items } = await get<{ items: readonly Draft[] }>('/me/drafts', signal);
  return items.some((draft) => draft.target === target) ? get<Kept>(path, signal) : null;
}
