import type { BriefSpan } from '../domain/brief.ts';
import type { Text } from '../domain/ids.ts';
import type { BriefCountRow, BriefItemRow } from '../store/lists/brief.ts';
import { both, csvOf, type Sheet, sheetClock, workbookOf } from './sheet.ts';
import { briefItemView } from './views/brief.ts';

export interface BriefSheet {
  readonly items: readonly BriefItemRow[];
  readonly counts: readonly BriefCountRow[];
  readonly timeZone: string;
}

const unit = { zh: '单位', en: 'Unit' };
const level = { zh: '升级层级', en: 'Level' };
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
  unit,
  { zh: '承办人', en: 'Assignee' },
  { zh: '到期时间', en: 'Due' },
  level,
];

function listed({ items, timeZone }: BriefSheet): Sheet {
  const clock = sheetClock(timeZone);
  const rows = items.map((row) => {
    const { span, processTitle, title } = briefItemView(row);
    const what = [both(spans[span]), row.number, both(processTitle), both(title)];
    return [...what, row.unitName, row.assigneeName, clock.format(row.dueAt), row.level];
  });
  return { name: '交办清单', headings, rows };
}

const counted = ({ counts }: BriefSheet): Sheet => ({
  name: '统计',
  headings: [unit, level, spans.overdue, spans.today, spans.week],
  rows: counts.map((row) => [row.unitName, row.level, row.overdue, row.today, row.week]),
});

/** Two sheets: what is listed, and how much of it there is by unit and level. */
export const briefWorkbook = (sheet: BriefSheet): Promise<Buffer> => workbookOf([listed(sheet), counted(sheet)]);

export const briefCsv = (sheet: BriefSheet): string => csvOf(listed(sheet));
