import { plainDateOf } from '../../domain/calendar.ts';
import { bucketOf, type Counted, type FigureMeasure, monthOf, weekOf } from '../../domain/figures.ts';
import type { Instant } from '../../domain/ids.ts';
import { type ZoneClock, zoneClock } from '../../domain/time-zone.ts';
import type { Transaction } from '../../platform/database.ts';
import { type CaseFile, openTasks, type TaskRow } from '../case-file.ts';
import { earliestDue, highestLevel } from '../case-rows.ts';

/** What is counted, and where. */
export interface CountedHere extends Counted {
  readonly process: string;
  readonly unit: string;
  readonly confidentiality: string;
}

/** By how much a counter moves. */
export interface FigureMove extends CountedHere {
  readonly n: number;
}

/** A done task as far as it is counted. */
export type DoneTask = Pick<TaskRow, 'key' | 'unit' | 'checkpoint' | 'openedAt' | 'closedAt' | 'dueAt'>;

/**
 * All that a case counts as, with those of its tasks that are at hand: the counters move by the difference between what it counts as after a step and before. `figures_recounted` counts the same of
 * all cases at once.
 */
export function countedOf(file: CaseFile): CountedHere[] {
  const date = dates(file);
  const here = (measure: FigureMeasure, day: string, key = ''): CountedHere => ({ measure, day, key, bucket: 0, ...place(file) });
  const opened = date(file.openedAt);
  const done = [...file.doneBefore, ...[...file.tasks.values()].filter(({ state }) => state === 'done')];
  const held = openTasks(file).filter(({ assignee, role }) => assignee !== null && role !== 'subject');
  const due = earliestDue(file);
  return [
    here('opened-week', weekOf(opened)),
    here('opened-month', monthOf(opened)),
    ...(file.runs > 1 ? [here('reopened', monthOf(opened))] : []),
    ...(file.closedAt === null
      ? [
          here('open', 'infinity', String(highestLevel(file))),
          here('open-since', weekOf(opened)),
          ...(due === null ? [] : [here('due', date(dayBefore24(due)))]),
        ]
      : [here('closed-week', weekOf(date(file.closedAt))), here('closed-month', monthOf(date(file.closedAt)), file.outcome ?? '')]),
    ...[...file.labels].map(([key, { value, at }]) => here('label', monthOf(date(at)), `${key}=${value}`)),
    ...held.map((task) => ({ ...here('held', heldUntil(task, date), task.assignee ?? ''), unit: task.unit })),
    ...done.map((task) => countedTask(file, task)),
  ];
}

/** 24:00 belongs to the day that ends (domain/due-window.ts). */
const dayBefore24 = (due: string): string => new Date(Date.parse(due) - 1).toISOString();

const heldUntil = ({ dueAt, pausedAt }: TaskRow, date: (at: string) => string): string =>
  dueAt === null || pausedAt !== null ? 'infinity' : date(dayBefore24(dueAt));

const place = ({ process, unit, isSealed, confidentiality }: CaseFile) => ({
  process,
  unit,
  confidentiality: isSealed ? 'sealed' : confidentiality,
});

function countedTask(file: CaseFile, { key, unit, checkpoint, openedAt, dueAt, closedAt }: DoneTask): CountedHere {
  const at = closedAt ?? openedAt;
  const isLate = dueAt !== null && Date.parse(dueAt) < Date.parse(at);
  return {
    ...place(file),
    unit,
    measure: isLate ? 'done-late' : 'done-in-time',
    day: monthOf(dates(file)(at)),
    key: checkpoint === null ? key : `${key}@${checkpoint}`,
    bucket: bucketOf(Date.parse(at) - Date.parse(openedAt)),
  };
}

/** Has done tasks that a step does not load counted anew, where all that a case counts as changes. Uses task_by_case. */
export async function countAnew(tx: Transaction, file: CaseFile): Promise<void> {
  const done = await tx.$queryRaw<
    (Omit<DoneTask, 'openedAt' | 'closedAt' | 'dueAt'> & { openedAt: Date; closedAt: Date; dueAt: Date | null })[]
  >`
    select key, unit_id as unit, checkpoint, opened_at as "openedAt", closed_at as "closedAt", due_at as "dueAt"
      from task where case_id = ${file.id}::bigint and state = 'done' and id <> all (${[...file.tasks.keys()]})`;
  const instant = (at: Date) => at.toISOString() as Instant;
  file.doneBefore.push(
    ...done.map((task) => ({
      ...task,
      openedAt: instant(task.openedAt),
      closedAt: instant(task.closedAt),
      dueAt: task.dueAt && instant(task.dueAt),
    })),
  );
  const { countedBefore, doneBefore } = file;
  countedBefore.push(...doneBefore.map((task) => countedTask(file, task)));
}

/** The step's moves of the counters. */
export function figureMoves(files: readonly CaseFile[]): FigureMove[] {
  const moves = new Map<string, FigureMove>();
  const move = (what: CountedHere, by: number) => {
    const id = JSON.stringify(Object.values(what));
    moves.set(id, { ...what, n: (moves.get(id)?.n ?? 0) + by });
  };
  for (const file of files) {
    for (const each of file.countedBefore) move(each, -1);
    for (const each of countedOf(file)) move(each, 1);
  }
  return [...moves.values()].filter(({ n }) => n !== 0);
}

const zones = new Map<string, ZoneClock>();

/** The day of an instant in the bureau's zone. */
function dates({ policy }: CaseFile): (at: string) => string {
  const { timeZone } = policy.calendar;
  const zone = zones.get(timeZone) ?? zoneClock(timeZone);
  zones.set(timeZone, zone);
  return (at) => plainDateOf(zone.dayNumberAt(Date.parse(at)));
}
