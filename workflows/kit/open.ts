import type { Duration } from '../../domain/duration.ts';
import type { CaseNumber, Instant, PersonId, TaskId } from '../../domain/ids.ts';
import { inquiryOf } from '../../domain/investigation.ts';
import type { TaskOptions } from './case.ts';
import type { TaskDefinition } from './define.ts';
import { lineOf, type OpenTask, type Run } from './run.ts';
import { taskDefinition } from './tasks.ts';

interface Opening {
  readonly key: string;
  readonly options: TaskOptions;
  readonly lapses?: boolean;
  readonly beside?: TaskId;
  readonly holds?: boolean;
  readonly panel?: string;
  readonly settle: OpenTask['settle'];
}

/** Opens a task in the step in hand; the record answers who has it and when it is due. */
export function openTask(run: Run, { key, options, lapses = false, beside, holds = false, panel, settle }: Opening): TaskId {
  const definition = taskDefinition(run.definition, key);
  run.opened += 1;
  const id = `${run.input.number}.${run.opened}` as TaskId;
  const { series } = options;
  const line = lineOf(key, series);
  const round = (run.rounds.get(line) ?? 0) + 1;
  const earlier = run.lastOf.get(line);
  const judges = options.judges === undefined ? undefined : run.lastOf.get(lineOf(options.judges, series));
  run.rounds.set(line, round);
  run.lastOf.set(line, id);
  run.tasks.set(id, {
    id,
    key,
    ...(series !== undefined && { series }),
    form: definition.form,
    ...(definition.adverse ? { adverse: true as const } : {}),
    ...demands(run, definition, options),
    ...(options.books && { books: options.books }),
    lapses,
    holds,
    dueAt: null,
    pausedAt: null,
    rungs: [],
    settle,
    ...(beside ? { beside } : {}),
    ...(judges ? { judges } : {}),
    ...(panel ? { panel } : {}),
  });

  const stage = definition.stage ?? key;
  if (beside === undefined && !definition.standing && stage !== run.stage) {
    run.stage = stage;
    run.changes.push({ kind: 'stage', stage });
  }
  const { assignee, unit, leaderOf, above, notBy = [], limit, since, dueAt, context, resumes, keepsDate } = options;
  const { checkpoints = definition.checkpoints } = options;
  run.changes.push({
    kind: 'open-task',
    task: id,
    ordinal: run.opened,
    key,
    round,
    duty: options.duty ?? definition.duty,
    role: definition.role,
    notBy,
    ...subjectOr(run, definition.role, assignee),
    ...(lapses ? { lapses } : {}),
    ...(unit ? { unit } : {}),
    ...(leaderOf ? { unitOf: leaderOf } : {}),
    ...(above ? { above } : {}),
    ...(limit ? { limit } : {}),
    ...(since ? { since } : {}),
    ...(dueAt ? { dueAt } : {}),
    ...(checkpoints ? { checkpoints } : {}),
    ...(definition.adverse ? { adverse: true as const } : {}),
    ...(keepsDate && earlier ? { keepsDateOf: earlier } : {}),
    ...(resumes && earlier ? { continues: earlier } : {}),
    ...(judges ? { judges } : {}),
    ...(context === undefined ? {} : { context }),
  });
  return id;
}

/** What the record looks for before it takes the task's completion. @throws Error where it is not said who was to be heard */
function demands({ input }: Run, { afterHearing, afterFindings, afterCoverage, duty }: TaskDefinition, options: TaskOptions) {
  const { about } = options;
  const people = [about ?? input.subject ?? []].flat();
  if (afterHearing && people.length === 0) throw new Error(`${input.number} decides about nobody`);
  return {
    ...(afterHearing && { afterHearing: people }),
    ...(afterFindings && { afterFindings: inquiryOf(options.duty ?? duty) }),
    ...(afterCoverage && { afterCoverage }),
  };
}

interface WaitUntil {
  readonly limit?: Duration;
  readonly setting?: string;
  readonly since?: Instant;
  readonly until?: Instant;
  readonly on?: CaseNumber;
}

/** @returns its id */
export function openWait(run: Run, key: string, until: WaitUntil, settle: () => void): string {
  run.waited += 1;
  const id = `${run.input.number}/${run.waited}`;
  run.waits.set(id, { id, key, endsAt: null, settle });
  run.changes.push({ kind: 'open-wait', id, key, ...until });
  return id;
}

const subjectOr = (run: Run, role: string, assignee?: PersonId) => {
  const person = assignee ?? (role === 'subject' ? (run.input.subject ?? run.input.openedBy) : null);
  return person ? { assignee: person } : {};
};
