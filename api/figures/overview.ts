import { windowOf } from '../../domain/due-window.ts';
import { type FigureRow, overdueSince, readFigures } from '../../store/figures/read.ts';
import { processOf } from '../../workflows/definitions.ts';
import { type Asked, byUnit, casesOf, type Filter, groupedBy, next } from './asked.ts';
import { column, type FigureGroup } from './shape.ts';

const columns = [
  column('open', 'cases', '在办', 'Open'),
  column('overdue', 'cases', '超期', 'Overdue'),
  column('today', 'cases', '今日到期', 'Due today'),
  column('week', 'cases', '本周到期', 'Due this week'),
];

type Kind = 'open' | 'overdue' | 'today' | 'week';
type Row = Pick<FigureRow, 'process' | 'unit' | 'plain' | 'sealed'> & { readonly kind: Kind };

/** 在办概览: open, overdue, due today and this week, by process and unit; open by the level to which they have climbed. */
export async function overview(asked: Asked): Promise<FigureGroup[]> {
  const [rows, levels] = await Promise.all([rowsOf(asked), readFigures(asked.deps.db, asked.scope, { measures: ['open'], by: ['key'] })]);
  const numbers = (of: readonly Row[], filter: Filter) => {
    const count = (kind: Kind, which: Filter) =>
      casesOf(
        asked,
        of.filter((row) => row.kind === kind),
        { ...filter, ...which },
      );
    return {
      open: count('open', { state: 'open' }),
      overdue: count('overdue', { overdue: 'true' }),
      today: count('today', { due: 'today' }),
      week: count('week', { due: 'week' }),
    };
  };
  return [
    { by: 'total', title: { zh: '合计', en: 'In all' }, columns, rows: [{ key: 'total', title: all, numbers: numbers(rows, {}) }] },
    {
      by: 'process',
      title: { zh: '按业务', en: 'By process' },
      columns,
      rows: groupedBy(rows, ({ process }) => process)
        .map(([process, of]) => ({ key: process, title: processOf(process).title, numbers: numbers(of, { process }) }))
        .toSorted((one, other) => (other.numbers.open.value ?? 0) - (one.numbers.open.value ?? 0)),
    },
    {
      by: 'unit',
      title: { zh: '按单位（含下级）', en: 'By unit, with those below it' },
      columns,
      rows: byUnit(asked, rows).map(({ unit, rows: of }) => ({
        key: unit.id,
        title: { zh: unit.name, en: unit.name },
        numbers: numbers(of, { unit: unit.id }),
      })),
    },
    {
      by: 'level',
      title: { zh: '按升级层级', en: 'By level of escalation' },
      columns: columns.slice(0, 1),
      rows: levels
        .toSorted((one, other) => Number(one.key) - Number(other.key))
        .map(({ key, ...row }) => ({
          key,
          title: { zh: key === '0' ? '未升级' : `第 ${key} 级`, en: key === '0' ? 'Not escalated' : `Level ${key}` },
          numbers: { open: casesOf(asked, [row], { state: 'open', level: key }) },
        })),
    },
  ];
}

const all = { zh: '全部', en: 'All' };

/** The counters know days; what ran out in the course of today is looked up. */
async function rowsOf(asked: Asked): Promise<Row[]> {
  const { deps, scope, at } = asked;
  const { calendar } = deps.policies.current;
  const today = calendar.dayAt(at.getTime());
  const week = windowOf('week', at.getTime(), calendar);
  const monday = calendar.dayAt(week.after?.getTime() ?? at.getTime()).date;
  const read = (measure: 'open' | 'due', days?: readonly [string, string]) =>
    readFigures(deps.db, scope, { measures: [measure], by: ['process', 'unit'], ...(days && { days }) });
  const [open, before, ranOut, dueToday, dueThisWeek] = await Promise.all([
    read('open'),
    read('due', ['-infinity', next(today.date, 'day', -1)]),
    overdueSince(deps.db, scope, { from: new Date(calendar.startOf(today.number)), to: at }),
    read('due', [today.date, today.date]),
    read('due', [monday, next(monday, 'day', 6)]),
  ]);
  const as = (kind: Kind, rows: readonly Omit<Row, 'kind'>[]) => rows.map((row) => ({ ...row, kind }));
  return [...as('open', open), ...as('overdue', [...before, ...ranOut]), ...as('today', dueToday), ...as('week', dueThisWeek)];
}
