import type { Calendar } from './calendar.ts';
import { dueAt, type ExplainedDay, explainDue } from './clock.ts';
import type { Duration } from './duration.ts';
import type { Instant, Text } from './ids.ts';
import { type LadderInstant, ladderInstants } from './ladder.ts';
import { limitOf, type Policy } from './policy.ts';
import { Problem } from './problems.ts';

export interface LimitQuestion {
  readonly process: string;
  readonly task: string;
  /** When the task opens. */
  readonly from: Instant;
  /** One of the task's further limits (a tier, a priority) instead of its usual one. */
  readonly limit?: string | undefined;
}

export interface SimulatedLimit {
  readonly limit: Duration;
  readonly dueAt: Instant;
  readonly days: readonly ExplainedDay[];
  readonly rungs: readonly LadderInstant[];
}

/**
 * What would be due when: the date of a task that opened at `from`, day by day, and every rung of its ladder, as a case would have them that started today.
 * @throws Problem `malformed` for a task or limit that the policy does not have, and for a task whose date its procedure sets; `calendar-gap`
 * @source domain.md §2 "Clock", "Ladder"
 */
export function simulateLimit(policy: Policy, calendar: Calendar, { process, task, from, limit: chosen }: LimitQuestion): SimulatedLimit {
  const known = tasksOf(policy, process).get(task);
  if (known === undefined) throw refused(noSuchTask);
  if (chosen !== undefined && !Object.hasOwn(known.limits, chosen)) throw refused(noSuchLimit);
  const { limit, rungs } = limitOf(policy, process, task, chosen);
  if (limit === null) throw refused(noLimit);
  const due = dueAt(from, limit, calendar, policy.timeScale);
  return {
    limit,
    dueAt: due,
    days: explainDue(from, limit, calendar, policy.timeScale),
    rungs: ladderInstants({ openedAt: from, dueAt: due, rungs, calendar, timeScale: policy.timeScale }),
  };
}

export interface LimitChoices {
  /** Null where the procedure sets the date, or the task has none. */
  readonly limit: Duration | null;
  /** Further limits by name. */
  readonly limits: Readonly<Record<string, Duration>>;
  readonly ladder: string | null;
}

/** The tasks of a process, those that every process has included, with the limits to choose from. */
export function tasksOf(policy: Policy, process: string): ReadonlyMap<string, LimitChoices> {
  const own = Object.hasOwn(policy.processes, process) ? policy.processes[process]?.tasks : undefined;
  if (own === undefined) return new Map();
  const tasks = { ...own, ...Object.fromEntries(Object.entries(policy.common.tasks).filter(([key]) => !Object.hasOwn(own, key))) };
  return new Map(Object.entries(tasks).map(([key, { limit = null, limits = {}, ladder = null }]) => [key, { limit, limits, ladder }]));
}

const refused = (detail: Text) => new Problem('malformed', { detail });
const noSuchTask = { zh: '政策中没有这项任务。', en: 'The policy has no such task.' };
const noSuchLimit = { zh: '这项任务没有这一档时限。', en: 'The task has no such limit.' };
const noLimit = {
  zh: '这项任务没有通常时限：请选一档，或其到期日由办理程序确定。',
  en: 'The task has no usual limit: choose one of its own, or its date is set by the procedure.',
};
