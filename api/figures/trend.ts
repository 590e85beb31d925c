import { readFigures } from '../../store/figures/read.ts';
import { type Asked, casesOf, countOf, next, type Period, periodOf, startOf } from './asked.ts';
import { column, type FigureGroup, number } from './shape.ts';

const columns = [
  column('opened', 'cases', '受理', 'Opened'),
  column('closed', 'cases', '办结', 'Closed'),
  column('open', 'cases', '期末在办', 'Open at the end'),
];

/** 趋势: opened, closed and left open, by week and by month. */
export const trend = (asked: Asked): Promise<FigureGroup[]> => Promise.all([byPeriod(asked, 'week', 12), byPeriod(asked, 'month', 12)]);

async function byPeriod(asked: Asked, grain: 'week' | 'month', last: number): Promise<FigureGroup> {
  const { deps, scope } = asked;
  const period = periodOf(asked, grain, last);
  const rows = await readFigures(deps.db, scope, {
    measures: ['open', `opened-${grain}`, `closed-${grain}`],
    days: [period.from, 'infinity'],
    by: ['day'],
  });
  const opened = rows.filter(({ measure }) => measure === `opened-${grain}`);
  const closed = rows.filter(({ measure }) => measure === `closed-${grain}`);
  const openNow = countOf(rows.filter(({ measure }) => measure === 'open'));
  const since = (of: typeof rows, day: string) => countOf(of.filter((row) => row.day > day));
  const { timeZone } = deps.policies.current.calendar;
  return {
    by: grain,
    title: grain === 'week' ? { zh: '按周', en: 'By week' } : { zh: '按月', en: 'By month' },
    columns,
    rows: daysOf(period, grain).map((day) => {
      const [from, to] = [startOf(day, timeZone), startOf(next(day, grain, 1), timeZone)];
      return {
        key: day,
        title: { zh: grain === 'week' ? `${day} 起一周` : day.slice(0, 7), en: grain === 'week' ? `Week of ${day}` : day.slice(0, 7) },
        numbers: {
          opened: casesOf(
            asked,
            opened.filter((row) => row.day === day),
            { openedFrom: from, openedTo: to },
          ),
          closed: casesOf(
            asked,
            closed.filter((row) => row.day === day),
            { closedFrom: from, closedTo: to },
          ),
          // What is open now, without what was opened since and with what was closed since.
          open: number(openNow - since(opened, day) + since(closed, day)),
        },
      };
    }),
  };
}

function daysOf({ from, to }: Period, grain: 'week' | 'month'): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = next(day, grain, 1)) days.push(day);
  return days;
}
