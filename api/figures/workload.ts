import { workloads } from '../../store/figures/workload.ts';
import { type Asked, tasksOf } from './asked.ts';
import { column, type FigureGroup } from './shape.ts';

const MOST = 500;
const columns = [column('open', 'tasks', '在办任务', 'Open tasks'), column('overdue', 'tasks', '其中超期', 'Of these overdue')];

/** 人均负荷: who has how many open tasks, the five hundred who have most. */
export async function workload(asked: Asked): Promise<FigureGroup[]> {
  const { deps, scope, at } = asked;
  const { calendar } = deps.policies.current;
  const { number: day, date: today } = calendar.dayAt(at.getTime());
  const rows = await workloads(deps.db, scope, { today, todayFrom: new Date(calendar.startOf(day)), at, most: MOST });
  return [
    {
      by: 'person',
      title: { zh: '按承办人', en: 'By person' },
      columns,
      rows: rows.map(({ person, name, unitName, open, overdue }) => ({
        key: person,
        title: { zh: `${name}（${unitName}）`, en: `${name} (${unitName})` },
        numbers: {
          open: tasksOf(asked, [{ plain: open, sealed: 0 }], { assignee: person, state: 'open' }),
          overdue: tasksOf(asked, [{ plain: overdue, sealed: 0 }], { assignee: person, state: 'open', due: 'overdue' }),
        },
      })),
    },
  ];
}
