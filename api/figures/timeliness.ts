import { quantile } from '../../domain/figures.ts';
import { type FigureRow, readFigures } from '../../store/figures/read.ts';
import { processOf } from '../../workflows/definitions.ts';
import { taskDefinition } from '../../workflows/kit/tasks.ts';
import { type Asked, byUnit, countOf, type Filter, groupedBy, type Period, tasksOf } from './asked.ts';
import { column, type FigureGroup, number, percent } from './shape.ts';

const HOUR_MS = 3_600_000;

const columns = [
  column('done', 'tasks', '办结任务', 'Tasks done'),
  column('late', 'tasks', '其中超期', 'Of these late'),
  column('inTime', 'percent', '按期率', 'In time'),
  column('median', 'hours', '用时中位数（小时）', 'Median time'),
  column('p90', 'hours', '用时 90 分位（小时）', '90th percentile'),
];

type Row = FigureRow & { readonly measure: string };

/** 各环节用时: how long each task took and how many were done in time, by the month in which they were done. */
export async function timeliness(asked: Asked, period: Period): Promise<FigureGroup[]> {
  const [ofTasks, ofUnits] = await Promise.all([
    doneTasks(asked, period, ['process', 'key', 'bucket']),
    doneTasks(asked, period, ['unit', 'bucket']),
  ]);
  return [
    {
      by: 'task',
      title: { zh: '按环节', en: 'By task' },
      columns,
      rows: groupedBy(ofTasks, ({ process, key }) => `${process}/${key}`).map(([key, of]) => {
        const [process = '', task = ''] = key.split('/');
        return { key, title: titleOf(process, task), numbers: timesOf(asked, period, of, { process, key: task }) };
      }),
    },
    {
      by: 'unit',
      title: { zh: '按单位（含下级）', en: 'By unit, with those below it' },
      columns,
      rows: byUnit(asked, ofUnits).map(({ unit, rows: of }) => ({
        key: unit.id,
        title: { zh: unit.name, en: unit.name },
        numbers: timesOf(asked, period, of, { unit: unit.id }),
      })),
    },
  ];
}

export const doneTasks = ({ deps, scope }: Asked, { days }: Period, by: Parameters<typeof readFigures>[2]['by']) =>
  readFigures(deps.db, scope, { measures: ['done-in-time', 'done-late'], days, by });

export function timesOf(asked: Asked, period: Period, rows: readonly Row[], filter: Filter) {
  const late = rows.filter(({ measure }) => measure === 'done-late');
  const inTime = rows.filter(({ measure }) => measure === 'done-in-time');
  const counted = groupedBy(rows, ({ bucket }) => bucket).map(([bucket, of]) => ({ bucket, n: countOf(of) }));
  const hours = (share: number) => {
    const ms = quantile(counted, share);
    return ms === null ? null : ms / HOUR_MS;
  };
  const behind = { ...filter, state: 'done', closedFrom: period.fromAt, closedTo: period.toAt, sort: '-closedAt' };
  return {
    done: tasksOf(asked, rows, behind),
    late: tasksOf(asked, late, { ...behind, late: 'true' }),
    inTime: number(percent(countOf(inTime), countOf(rows)), tasksOf(asked, inTime, { ...behind, late: 'false' }).link),
    median: number(hours(0.5)),
    p90: number(hours(0.9)),
  };
}

function titleOf(process: string, key: string) {
  const [task = '', tier] = key.split('@');
  const definition = processOf(process);
  const { title } = taskDefinition(definition, task);
  const days = tier === undefined ? { zh: '', en: '' } : { zh: `（${tier} 天）`, en: ` (${tier} days)` };
  return { zh: `${definition.title.zh} · ${title.zh}${days.zh}`, en: `${definition.title.en} · ${title.en}${days.en}` };
}

/** 督办: results that came in time, by unit and tier (domain.md §5). */
export async function supervision(asked: Asked, period: Period): Promise<FigureGroup[]> {
  const of = { ...asked, scope: { ...asked.scope, process: 'supervision' } };
  const rows = (await doneTasks(of, period, ['unit', 'key', 'bucket'])).filter(({ key }) => key.startsWith('result'));
  return [
    {
      by: 'tier',
      title: { zh: '按时限', en: 'By tier' },
      columns,
      rows: groupedBy(rows, ({ key }) => key)
        .toSorted(([one], [other]) => daysOf(one) - daysOf(other))
        .map(([key, tier]) => ({
          key: String(daysOf(key)),
          title: { zh: `${daysOf(key)} 天`, en: `${daysOf(key)} days` },
          numbers: timesOf(of, period, tier, { key }),
        })),
    },
    {
      by: 'unit',
      title: { zh: '按单位（含下级）', en: 'By unit, with those below it' },
      columns,
      rows: byUnit(of, rows).map(({ unit, rows: here }) => ({
        key: unit.id,
        title: { zh: unit.name, en: unit.name },
        numbers: timesOf(of, period, here, { unit: unit.id, key: 'result' }),
      })),
    },
  ];
}

const daysOf = (key: string): number => Number(key.split('@')[1]);
