import { z } from 'zod';
import { CaselessNotice, caselessText } from '../../domain/caseless-notices.ts';
import { CaseNumber, Instant, TaskId, Text } from '../../domain/ids.ts';
import { noticeText } from '../../domain/notice-texts.ts';
import type { NoticeRow } from '../../store/notices.ts';
import { processOf } from '../../workflows/definitions.ts';
import { taskTitle } from './case-titles.ts';

export const NoticeView = z.object({
  id: z.string(),
  kind: z.string(),
  /** Null where it belongs to no case, such as the daily brief. */
  case: CaseNumber.nullable(),
  process: z.string().nullable(),
  task: TaskId.nullable(),
  text: Text,
  at: Instant,
  readAt: Instant.nullable(),
});

export const noticeView = (row: NoticeRow) => ({
  id: row.id,
  kind: row.kind,
  case: row.number,
  process: row.process,
  task: row.taskId,
  text: noticeTextOf(row),
  at: row.at.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
});

export function noticeTextOf({ kind, number, process, taskKey, facts }: NoticeRow): Text {
  if (number === null || process === null) return caselessText(CaselessNotice.parse(facts));
  const definition = processOf(process);
  return noticeText(kind, { number, process: definition.title, task: taskTitle(definition, taskKey) });
}
