import { z } from 'zod';
import { reckonedDue } from '../../domain/clock.ts';
import { Duration } from '../../domain/duration.ts';
import { caseOfTask, TaskId } from '../../domain/ids.ts';
import { instantOf } from '../../domain/time-zone.ts';
import { type FoundTask, findTask } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { recomputing } from '../recomputing.ts';
import { isoOf } from '../views/instant.ts';
import { bulkKind } from './kind.ts';
import { selectedTasks, TaskSelection } from './selection.ts';

/** 批量重算: after the calendar has changed, such as by a holiday declared late. */
export const bulkRecompute = bulkKind({
  name: 'recompute',
  title: { zh: '批量重新计算期限', en: 'Reckon due dates anew' },
  schema: z.strictObject({ kind: z.literal('recompute'), select: TaskSelection }),
  targets: (deps, asking, { select }) => selectedTasks(deps, asking, select),
  judge: async (deps, asking, { target }) => {
    const found = await findTask(deps, asking, TaskId.parse(target));
    const plan = recomputing(asking, found);
    return { work: { plan }, effect: { dueAt: isoOf(found.task.dueAt), newDueAt: await reckonedAnew(deps, found) } };
  },
  caseOf: (target) => caseOfTask(TaskId.parse(target)),
});

/** As `recomputeTask` of the record will have it; a date that the procedure gave stays. */
async function reckonedAnew({ policies }: ApiDeps, { task, record }: FoundTask): Promise<string | null> {
  if (task.dueAt === null || task.limit === null) return isoOf(task.dueAt);
  const { calendar, policy } = await policies.of(record.policyVersion);
  const from = instantOf(Date.parse(task.clockFrom ?? task.openedAt));
  return isoOf(reckonedDue({ from, limit: Duration.parse(task.limit), moves: task.moves, calendar, timeScale: policy.timeScale }));
}
