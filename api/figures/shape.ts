import { z } from 'zod';
import { Instant, Text, UnitId } from '../../domain/ids.ts';
import type { Sheet } from '../sheet.ts';

/** A number, and the list behind it. */
const FigureNumber = z.object({
  /** Null where there is nothing to reckon with. */
  value: z.number().nullable(),
  link: z.string().nullable(),
});
export type FigureNumber = z.infer<typeof FigureNumber>;

/** What a column counts: `hours` elapse, nights included; `percent` are whole, rounded down. */
const Column = z.object({ key: z.string(), title: Text, of: z.enum(['cases', 'tasks', 'people', 'hours', 'percent', 'score']) });

/** One table of a figure: its rows are told apart by `by`. */
const FigureGroup = z.object({
  by: z.string(),
  title: Text,
  columns: z.array(Column),
  rows: z.array(z.object({ key: z.string(), title: Text, numbers: z.record(z.string(), FigureNumber) })),
});
export type FigureGroup = z.infer<typeof FigureGroup>;
export type FigureColumn = z.infer<typeof Column>;

/** Every figure has this shape, so that a page or a spreadsheet shows one as it shows them all. */
export const FiguresView = z.object({
  at: Instant,
  figure: z.string(),
  /** With its sub-units; null for the whole bureau. */
  unit: UnitId.nullable(),
  process: z.string().nullable(),
  /** What the numbers with a period cover: whole weeks or months of the bureau's zone, the end not included. */
  from: Instant.nullable(),
  to: Instant.nullable(),
  groups: z.array(FigureGroup),
});
export type FiguresView = z.infer<typeof FiguresView>;

export const column = (key: string, of: FigureColumn['of'], zh: string, en: string): FigureColumn => ({ key, of, title: { zh, en } });

/** One sheet for each table. */
export const figureSheets = ({ groups }: Pick<FiguresView, 'groups'>): Sheet[] =>
  groups.map(({ title, columns, rows }) => ({
    name: title.zh,
    headings: [title, ...columns.map((each) => each.title)],
    rows: rows.map((row) => [
      row.title.zh,
      ...columns.map(({ key }) => {
        const value = row.numbers[key]?.value ?? null;
        return value === null ? null : Math.round(value * 100) / 100;
      }),
    ]),
  }));

/** Whole per cent, rounded down: what is not all is not 100. */
export const percent = (part: number, whole: number): number | null => (whole === 0 ? null : Math.floor((100 * part) / whole));

export const number = (value: number | null, link: string | null = null): FigureNumber => ({ value, link });
