import { plainDateOf } from '../../domain/calendar.ts';
import { weekOf } from '../../domain/figures.ts';
import type { Text } from '../../domain/ids.ts';
import { zoneClock } from '../../domain/time-zone.ts';
import { type FigureRow, readFigures } from '../../store/figures/read.ts';
import { processOf } from '../../workflows/definitions.ts';
import { type Asked, casesOf, type Filter, groupedBy, next, startOf } from './asked.ts';
import { column, type FigureGroup } from './shape.ts';

/** Since how many weeks at least, the present one included; the next span begins where this one ends. */
const spans = [
  { key: 'w0', from: 0, zh: '本周', en: 'This week' },
  { key: 'w1', from: 1, zh: '1–4 周前', en: '1 to 4 weeks ago' },
  { key: 'w5', from: 5, zh: '5–12 周前', en: '5 to 12 weeks ago' },
  { key: 'w13', from: 13, zh: '13–26 周前', en: '13 to 26 weeks ago' },
  { key: 'w27', from: 27, zh: '27 周以前', en: '27 weeks ago or more' },
];
const columns = spans.map(({ key, zh, en }) => column(key, 'cases', zh, en));

/** 在办时长、线索存量账龄: since when what is open is open, by process. */
export async function ageing(asked: Asked): Promise<FigureGroup[]> {
  const { deps, scope } = asked;
  const rows = await readFigures(deps.db, scope, { measures: ['open-since'], by: ['process', 'day'] });
  const all: Text = { zh: '全部', en: 'All' };
  return [
    { by: 'total', title: { zh: '合计', en: 'In all' }, columns, rows: [{ key: 'total', title: all, numbers: agesOf(asked, rows, {}) }] },
    {
      by: 'process',
      title: { zh: '按业务', en: 'By process' },
      columns,
      rows: groupedBy(rows, ({ process }) => process).map(([process, of]) => ({
        key: process,
        title: processOf(process).title,
        numbers: agesOf(asked, of, { process }),
      })),
    },
  ];
}

function agesOf(asked: Asked, rows: readonly FigureRow[], filter: Filter) {
  const { timeZone } = asked.deps.policies.current.calendar;
  const monday = weekOf(plainDateOf(zoneClock(timeZone).dayNumberAt(asked.at.getTime())));
  return Object.fromEntries(
    spans.map(({ key, from }, nth) => {
      const older = spans[nth + 1];
      const first = older === undefined ? '' : next(monday, 'week', 1 - older.from);
      const end = next(monday, 'week', 1 - from);
      const opened = { ...(older && { openedFrom: startOf(first, timeZone) }), openedTo: startOf(end, timeZone) };
      const here = rows.filter(({ day }) => day >= first && day < end);
      return [key, casesOf(asked, here, { ...filter, state: 'open', ...opened })];
    }),
  );
}
