import { z } from 'zod';
import { briefSpans } from '../../domain/brief.ts';
import { CaseNumber, Instant, PersonId, PlainDate, TaskId, Text, UnitId } from '../../domain/ids.ts';
import type { BriefCountRow, BriefItemRow } from '../../store/lists/brief.ts';
import { processOf } from '../../workflows/definitions.ts';
import { API_BASE } from '../mount.ts';
import { taskTitle } from './case-titles.ts';

const counts = { overdue: z.int(), today: z.int(), week: z.int() };

const BriefItem = z.object({
  span: z.enum(briefSpans),
  task: TaskId,
  case: CaseNumber,
  process: z.string(),
  processTitle: Text,
  title: Text,
  unit: UnitId,
  unitName: z.string(),
  assignee: PersonId.nullable(),
  assigneeName: z.string().nullable(),
  dueAt: Instant,
  escalationLevel: z.int(),
  link: z.string(),
});

export const BriefView = z.object({
  on: PlainDate,
  /** The instant as of which it holds. */
  at: Instant,
  unit: UnitId.nullable(),
  /** On the first page. */
  total: z.object(counts).optional(),
  counts: z.array(z.object({ unit: UnitId, unitName: z.string(), escalationLevel: z.int(), ...counts, link: z.string() })).optional(),
  items: z.array(BriefItem),
  nextCursor: z.string().nullable(),
});

/** A line of a brief; its link leads to the task. */
export function briefItemView({ id, number, process, key, dueAt, level, ...row }: BriefItemRow): z.output<typeof BriefItem> {
  const definition = processOf(process);
  return {
    span: row.span,
    task: id,
    case: number,
    process,
    processTitle: definition.title,
    title: taskTitle(definition, key),
    unit: row.unit,
    unitName: row.unitName,
    assignee: row.assignee,
    assigneeName: row.assigneeName,
    dueAt: Instant.parse(dueAt.toISOString()),
    escalationLevel: level,
    link: `${API_BASE}/tasks/${id}`,
  };
}

/** Figures by unit and level of escalation; the link leads to what is open there now. */
export const briefCountsView = (rows: readonly BriefCountRow[]) => ({
  total: {
    overdue: rows.reduce((sum, { overdue }) => sum + overdue, 0),
    today: rows.reduce((sum, { today }) => sum + today, 0),
    week: rows.reduce((sum, { week }) => sum + week, 0),
  },
  counts: rows.map(({ level, ...row }) => ({
    ...row,
    escalationLevel: level,
    link: `${API_BASE}/tasks?state=open&unit=${encodeURIComponent(row.unit)}`,
  })),
});
