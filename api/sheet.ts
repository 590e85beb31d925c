import exceljs from 'exceljs';
import type { Text } from '../domain/ids.ts';

export type Cells = readonly (string | number | null)[];

export interface Sheet {
  readonly name: string;
  readonly headings: readonly Text[];
  readonly rows: readonly Cells[];
}

/** A text in both languages, as a spreadsheet shows it. */
export const both = ({ zh, en }: Text): string => `${zh} ${en}`;

/** Times as the bureau's clock shows them: 2026-03-04 17:30. */
export const sheetClock = (timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });

export async function workbookOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const book = new exceljs.Workbook();
  for (const { name, headings, rows } of sheets) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = headings.map((heading) => ({ header: both(heading), width: 24 }));
    sheet.getRow(1).font = { bold: true };
    for (const row of rows) sheet.addRow([...row]);
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** One sheet, as UTF-8 with the mark by which Excel knows it. A cell that a spreadsheet would take for a formula is shown as text. */
export const csvOf = ({ headings, rows }: Sheet): string =>
  `\uFEFF${[headings.map(both), ...rows].map((row) => `${row.map((value) => csvCell(value ?? '')).join(',')}\r\n`).join('')}`;

function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
