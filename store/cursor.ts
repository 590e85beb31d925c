import { z } from 'zod';
import { Problem } from '../domain/problems.ts';

/** The place after the last row of a page: its instant in the order of the list, as PostgreSQL writes it, and its id. Opaque to callers. */
export type Cursor = readonly [string | null, string];

const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/)
  .refine((text) => !Number.isNaN(Date.parse(text)));

export const cursorText = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** @param id what the list's ids look like. @throws Problem `malformed` for what no page of this list has given out */
export function parseCursor(text: string, id: z.ZodType<string>): Cursor {
  try {
    return z.tuple([instant.nullable(), id]).parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    if (cause instanceof z.ZodError || cause instanceof SyntaxError) throw new Problem('malformed', { detail: cursorDetail });
    throw cause;
  }
}

export const rowId = z.string().regex(/^\d{1,18}$/);

const cursorDetail = {
  zh: 'cursor 无效：请使用上一页给出的 nextCursor。',
  en: 'The cursor is not valid: use the nextCursor of the page before.',
};

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

/** Cuts a page from `rows`, of which one more than `limit` was read to know whether there is a next one. */
export function pageOf<Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => Cursor): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last !== undefined ? cursorText(cursorOf(last)) : null };
}
