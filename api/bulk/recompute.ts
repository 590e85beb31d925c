import { z } from 'zod';
import { caseOfTask, TaskId } from '../../domain/ids.ts';
import { findTask } from '../case-for.ts';
import { recomputing } from '../recomputing.ts';
import { isoOf } from '../views/instant.ts';
import { bulkKind } from './kind.ts';
import { selectedTasks, TaskSelection } from './selection.ts';

/** 批量重新计算期限 after the working calendar has changed. */
export const bulkRecompute = bulkKind({
  name: 'recompute',
  title: { zh: '批量重新计算期限', en: 'Reckon due dates anew' },
  schema: z.strictObject({ kind: z.literal('recompute'), select: TaskSelection }),
  targets: (deps, asking, { select }) => selectedTasks(deps, asking, select),
  judge: async (deps, asking, { target }) => {
    const found = await findTask(deps, asking, TaskId.parse(target));
    return { work: { plan: recomputing(asking, found) }, effect: { dueAt: isoOf(found.task.dueAt) } };
  },
  caseOf: (target) => caseOfTask(TaskId.parse(target)),
});
