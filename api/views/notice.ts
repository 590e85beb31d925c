import { z } from 'zod';
import { CaselessNotice, caselessText } from '../../domain/caseless-notices.ts';
import { CaseNumber, Instant, PersonId, TaskId, Text } from '../../domain/ids.ts';
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
  /** Whom a notice of no case is about, where that is one person. */
  about: PersonId.nullable(),
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
  about: aboutWhom(row),
  at: row.at.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
});

export function noticeTextOf({ kind, number, process, taskKey, facts }: NoticeRow): Text {
  if (number === null || process === null) return caselessText(CaselessNotice.parse(facts));
  const definition = processOf(process);
  return noticeText(kind, { number, process: definition.title, task: taskTitle(definition, taskKey), discreet: definition.discreet });
}

function aboutWhom({ number, facts }: NoticeRow): PersonId | null {
  if (number !== null) return null;
  const notice = CaselessNotice.parse(facts);
  return notice.kind === 'duty-advice' ? notice.about : null;
}
