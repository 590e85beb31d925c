import { z } from 'zod';
import { CaseNumber, Instant, type Locale, PersonId, TaskId, Text, UnitId } from '../../domain/ids.ts';
import { bearerTitle, rungTargetTitle } from '../../domain/parts.ts';
import type { LadderRow } from '../../store/case-file.ts';
import type { TaskRecord } from '../../store/case-view.ts';
import type { TaskListRow } from '../../store/lists/tasks.ts';
import { processOf } from '../../workflows/definitions.ts';
import { schemaOf } from '../../workflows/kit/define.ts';
import { isCommonTask, taskDefinition } from '../../workflows/kit/tasks.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import { isoOf } from './instant.ts';
import { TaskOffers } from './offers.ts';

const Rung = z.object({
  at: Instant,
  kind: z.enum(['remind', 'due', 'escalate', 'inspect']),
  to: z.string(),
  toTitle: Text,
  level: z.int(),
  firedAt: Instant.nullable(),
  /** Comes again so long after it has fired. */
  repeats: z.record(z.string(), z.number()).optional(),
});

/** A task as every route gives it. */
export const TaskView = z.object({
  id: TaskId,
  case: CaseNumber,
  process: z.string(),
  key: z.string(),
  round: z.int(),
  title: Text,
  state: z.enum(['open', 'done', 'cancelled']),
  assignee: PersonId.nullable(),
  assigneeName: z.string().optional(),
  role: z.string(),
  roleTitle: Text,
  unit: UnitId,
  unitName: z.string(),
  /** User names of who could do it; only for those who may hand it on. */
  candidates: z.array(z.string()).optional(),
  openedAt: Instant,
  dueAt: Instant.nullable(),
  pausedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  closedBy: PersonId.nullable().optional(),
  closedFor: PersonId.nullable().optional(),
  overdue: z.boolean(),
  escalationLevel: z.int(),
  limit: z.record(z.string(), z.number()).nullable().optional(),
  ladder: z.array(Rung),
  form: z.record(z.string(), z.unknown()).optional(),
  /** What the form is about, such as the draft to be approved. */
  context: z.unknown().optional(),
  answer: z.unknown().optional(),
  /** What the reader may do with it; where the whole case is shown. */
  may: TaskOffers.optional(),
});
export type TaskView = z.input<typeof TaskView>;

export interface TaskViewing {
  readonly locale: Locale;
  readonly now: Date;
}

/** A row of a list. */
export function taskListView(row: TaskListRow, { locale, now, candidates }: TaskViewing & { candidates: readonly string[] | undefined }) {
  const { id, number, process, key, round, state, role, unit, unitName, assignee, assigneeName, level, ladder, hidesAssignee } = row;
  const { title, form } = taskDefinition(processOf(process), key);
  return {
    id,
    case: number,
    process,
    key,
    round,
    title,
    state,
    assignee: hidesAssignee ? null : assignee,
    ...(assigneeName !== null && !hidesAssignee && { assigneeName }),
    role,
    roleTitle: bearerTitle(role),
    unit,
    unitName,
    ...(candidates && { candidates }),
    openedAt: row.openedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    pausedAt: row.pausedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    overdue: isOverdue(state, row.dueAt, row.pausedAt, now),
    escalationLevel: level,
    ladder: ladder.map(rungView),
    ...(state === 'open' && { form: jsonSchemaOf(schemaOf(form), locale) }),
  };
}

export interface TaskOfCase extends TaskViewing {
  readonly case: CaseNumber;
  readonly process: string;
  readonly seesContents: boolean;
  readonly candidates: readonly string[] | undefined;
  readonly names: Readonly<Record<string, { readonly name: string } | undefined>>;
  readonly unitNames: Readonly<Record<string, string>>;
  readonly isHidden: (person: PersonId) => boolean;
}

/** A task inside its case: with the form's context and answer for those who see the contents. */
export function taskView(task: TaskRecord, of: TaskOfCase) {
  const { title, form } = taskDefinition(processOf(of.process), task.key);
  const shown = (person: PersonId | null) => (person === null || of.isHidden(person) ? null : person);
  const assignee = shown(task.assignee);
  const name = assignee === null ? undefined : of.names[assignee]?.name;
  return {
    id: task.id,
    case: of.case,
    process: of.process,
    key: task.key,
    round: task.round,
    title,
    state: task.state,
    assignee,
    ...(name !== undefined && { assigneeName: name }),
    role: task.role,
    roleTitle: bearerTitle(task.role),
    unit: task.unit,
    unitName: of.unitNames[task.unit] ?? '',
    ...(of.candidates && { candidates: of.candidates }),
    openedAt: isoOf(task.openedAt),
    dueAt: isoOf(task.dueAt),
    pausedAt: isoOf(task.pausedAt),
    closedAt: isoOf(task.closedAt),
    closedBy: shown(task.closedBy),
    closedFor: shown(task.closedFor),
    overdue: isOverdue(task.state, task.dueAt, task.pausedAt, of.now),
    escalationLevel: task.level,
    limit: task.limit,
    ladder: task.ladder.map(rungView),
    // Forms of the process's own tasks stand in `GET /processes`.
    ...((task.state === 'open' || (of.seesContents && isCommonTask(task.key))) && { form: jsonSchemaOf(schemaOf(form), of.locale) }),
    ...(of.seesContents && task.context !== undefined && { context: task.context }),
    ...(of.seesContents && task.answer !== undefined && { answer: task.answer }),
  };
}

const rungView = (rung: LadderRow) => ({ ...rung, toTitle: rungTargetTitle(rung.to) });

const isOverdue = (state: string, dueAt: Date | string | null, pausedAt: Date | string | null, now: Date): boolean =>
  state === 'open' && pausedAt === null && dueAt !== null && new Date(dueAt) < now;
