import { z } from 'zod';
import { CaseNumber, Instant, PersonId, TaskId, Text, UnitId } from '../../domain/ids.ts';
import { roles } from '../../domain/roles.ts';
import type { DutyRow } from '../../store/lists/duty.ts';
import { processOf } from '../../workflows/definitions.ts';
import { taskTitle } from './case-titles.ts';

const Unanswered = z.object({
  task: TaskId,
  key: z.string(),
  title: Text,
  role: z.string(),
  assignee: PersonId.nullable(),
  assigneeName: z.string().nullable(),
  /** Who can answer, those who stand in for someone included. */
  candidates: z.array(z.object({ username: z.string(), name: z.string() })),
  since: Instant,
  /** Somebody has taken it up and is not done yet. */
  claimedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  escalationLevel: z.int(),
  /** Whom its ladder called last, and when. */
  lastCalled: z.object({ to: z.string(), title: Text, at: Instant }).nullable(),
  nextCallAt: Instant.nullable(),
});

export const DutyView = z.object({
  at: Instant,
  items: z.array(
    z.object({
      case: CaseNumber,
      process: z.string(),
      processTitle: Text,
      unit: UnitId,
      unitName: z.string(),
      subject: PersonId.nullable(),
      subjectName: z.string().nullable(),
      openedAt: Instant,
      unanswered: z.array(Unanswered),
    }),
  ),
});

interface DutyViewing {
  readonly now: Date;
  readonly candidates: ReadonlyMap<TaskId, readonly string[]>;
  readonly names: ReadonlyMap<string, string>;
}

/** By case, the one that has waited longest first. */
export function dutyView(rows: readonly DutyRow[], viewing: DutyViewing): z.input<typeof DutyView> {
  const numbers = [...new Set(rows.map(({ number }) => number))];
  const items = numbers.flatMap((number) =>
    caseOf(
      rows.filter((row) => row.number === number),
      viewing,
    ),
  );
  return { at: instant(viewing.now), items };
}

function caseOf(tasks: readonly DutyRow[], viewing: DutyViewing) {
  const [first] = tasks;
  if (first === undefined) return [];
  const { number, process, unit, unitName, subject, subjectName, caseOpenedAt } = first;
  const head = { case: number, process, processTitle: processOf(process).title, unit, unitName, subject, subjectName };
  return [{ ...head, openedAt: instant(caseOpenedAt), unanswered: tasks.map((task) => unanswered(task, viewing)) }];
}

function unanswered({ id, key, process, role, assignee, assigneeName, level, ...row }: DutyRow, { now, candidates, names }: DutyViewing) {
  const last = row.ladder.findLast(({ firedAt }) => firedAt !== null);
  const next = row.ladder.find(({ firedAt }) => firedAt === null);
  return {
    task: id,
    key,
    title: taskTitle(processOf(process), key),
    role,
    assignee,
    assigneeName,
    candidates: (candidates.get(id) ?? []).map((username) => ({ username, name: names.get(username) ?? username })),
    since: instant(row.openedAt),
    claimedAt: row.claimedAt && instant(row.claimedAt),
    dueAt: row.dueAt && instant(row.dueAt),
    overdue: row.dueAt !== null && row.dueAt < now,
    escalationLevel: level,
    lastCalled: last === undefined ? null : { to: last.to, title: calledTitle(last.to), at: last.at },
    nextCallAt: next?.at ?? null,
  };
}

const calledTitle = (to: string): Text =>
  Object.entries(roles).find(([role]) => role === to)?.[1] ?? { zh: '承办人', en: 'Whoever has it' };

const instant = (at: Date): Instant => Instant.parse(at.toISOString());
