import { z } from 'zod';
import { Duration } from '../../domain/duration.ts';
import { caseOfTask, TaskId } from '../../domain/ids.ts';
import { findTask } from '../case-for.ts';
import { extending } from '../extending.ts';
import { words } from '../routes/case-path.ts';
import { isoOf } from '../views/instant.ts';
import { bulkKind } from './kind.ts';
import { selectedTasks, TaskSelection } from './selection.ts';

/** 批量延期: asked for, each decided as by the single route. */
export const bulkExtend = bulkKind({
  name: 'extend',
  title: { zh: '批量延期', en: 'Extend limits' },
  schema: z.strictObject({ kind: z.literal('extend'), select: TaskSelection, by: Duration, reason: words }),
  targets: (deps, asking, { select }) => selectedTasks(deps, asking, select),
  judge: async (deps, asking, { params: { by, reason }, target }) => {
    const found = await findTask(deps, asking, TaskId.parse(target));
    return { work: { plan: await extending(deps, asking, { found, by, reason }) }, effect: { dueAt: isoOf(found.task.dueAt) } };
  },
  caseOf: (target) => caseOfTask(TaskId.parse(target)),
});
