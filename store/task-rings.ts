import type { Instant } from '../domain/ids.ts';
import type { CaseFile, TaskRow } from './case-file.ts';

/** When the bell looks at a task; null: not at all. */
export interface TaskRings {
  /** The next rung, where it only tells. */
  readonly ringAt: Instant | null;
  /** What the case's workflow decides: a rung that calls inspection, the limit of a task that lapses, the end of a pause. */
  readonly wakeAt: Instant | null;
}

const silent: TaskRings = { ringAt: null, wakeAt: null };

/** Rungs ring in their order: those after an inspection wait for it, those after a lapse never come. A paused clock does nothing but go on. */
export function ringsOf({ bell }: Pick<CaseFile, 'bell'>, task: TaskRow): TaskRings {
  if (!bell || task.state !== 'open') return silent;
  if (task.pausedAt !== null) return { ringAt: null, wakeAt: task.resumesAt };
  const lapsesAt = task.lapses ? task.dueAt : null;
  const left = task.ladder.filter(({ firedAt }) => firedAt === null);
  const [next] = left;
  const inspectedAt = left.find(({ kind }) => kind === 'inspect')?.at ?? null;
  const tells = next !== undefined && next.kind !== 'inspect' && (lapsesAt === null || Date.parse(next.at) <= Date.parse(lapsesAt));
  return { ringAt: tells ? next.at : null, wakeAt: earlier(inspectedAt, lapsesAt) };
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null => {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a) <= Date.parse(b) ? a : b;
};
