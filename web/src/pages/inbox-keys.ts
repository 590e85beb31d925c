import { type RefObject, useEffect, useState } from 'react';
import type { Task } from '../contract/types.ts';

interface Keys {
  readonly rows: readonly Task[];
  readonly list: RefObject<HTMLDivElement | null>;
  readonly open: (task: Task) => void;
  readonly toggle: (id: string) => void;
}

/** J and K move, Enter opens, X selects, `/` searches. Keys typed into a field mean what they say. @returns the row at which one is, -1 for none */
export function useInboxKeys({ rows, list, open, toggle }: Keys): number {
  const [at, setAt] = useState(-1);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      const row = rows[at];
      const move = (to: number) => {
        const next = Math.max(0, Math.min(rows.length - 1, to));
        setAt(next);
        list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
      };
      if (event.key === 'j') move(at + 1);
      else if (event.key === 'k') move(at - 1);
      else if (event.key === 'x' && row) toggle(row.id);
      else if (event.key === 'Enter' && row && document.activeElement?.tagName !== 'A') open(row);
      else if (event.key === '/') document.getElementById('case-search')?.focus();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return Math.min(at, rows.length - 1);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON'].includes(target.tagName));
