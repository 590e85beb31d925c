import exceljs from 'exceljs';
import type { BriefSpan } from '../domain/brief.ts';
import type { Text } from '../domain/ids.ts';
import type { BriefCountRow, BriefItemRow } from '../store/lists/brief.ts';
import { briefItemView } from './views/brief.ts';

export interface BriefSheet {
  readonly items: readonly BriefItemRow[];
  readonly counts: readonly BriefCountRow[];
  readonly timeZone: string;
}

const both = ({ zh, en }: Text): string => `${zh} ${en}`;

const spans: Readonly<Record<BriefSpan, Text>> = {
  overdue: { zh: '逾期', en: 'Overdue' },
  today: { zh: '今日到期', en: 'Due today' },
  week: { zh: '本周到期', en: 'Due this week' },
};
const headings = [
  { zh: '类别', en: 'When' },
  { zh: '件号', en: 'Case' },
  { zh: '业务', en: 'Process' },
  { zh: '任务', en: 'Task' },
  { zh: '单位', en: 'Unit' },
  { zh: '承办人', en: 'Assignee' },
  { zh: '到期时间', en: 'Due' },
  { zh: '升级层级', en: 'Level' },
].map(both);
const countHeadings = [
  both({ zh: '单位', en: 'Unit' }),
  both({ zh: '升级层级', en: 'Level' }),
  both(spans.overdue),
  both(spans.today),
  both(spans.week),
];

type Cells = readonly (string | number)[];

/** Times as the bureau's clock shows them: 2026-03-04 17:30. */
function rowsOf({ items, timeZone }: BriefSheet): Cells[] {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return items.map((row) => {
    const { span, processTitle, title } = briefItemView(row);
    return [
      both(spans[span]),
      row.number,
      both(processTitle),
      both(title),
      row.unitName,
      row.assigneeName ?? '',
      clock.format(row.dueAt),
      row.level,
    ];
  });
}

/** Two sheets: what is listed, and how much of it there is by unit and level. */
export async function briefWorkbook(sheet: BriefSheet): Promise<Buffer> {
  const book = new exceljs.Workbook();
  addSheet(book, '交办清单', headings, rowsOf(sheet));
  addSheet(
    book,
    '统计',
    countHeadings,
    sheet.counts.map(({ unitName, level, overdue, today, week }) => [unitName, level, overdue, today, week]),
  );
  return Buffer.from(await book.xlsx.writeBuffer());
}

function addSheet(book: exceljs.Workbook, name: string, heads: readonly string[], rows: readonly Cells[]): void {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = heads.map((header) => ({ header, width: 24 }));
  sheet.getRow(1).font = { bold: true };
  for (const row of rows) sheet.addRow([...row]);
}

/** What is listed, as UTF-8 with the mark by which Excel knows it. A cell that a spreadsheet would take for a formula is shown as text. */
export const briefCsv = (sheet: BriefSheet): string =>
  `\uFEFF${[headings, ...rowsOf(sheet)].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;

function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
