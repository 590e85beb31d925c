import { z } from 'zod';
import { caseOfTask, PersonId, TaskId } from '../../domain/ids.ts';
import { findTask } from '../case-for.ts';
import { reassigning } from '../reassigning.ts';
import { words } from '../routes/case-path.ts';
import { bulkKind } from './kind.ts';
import { selectedTasks, TaskSelection } from './selection.ts';

/** 批量转办. */
export const bulkReassign = bulkKind({
  name: 'reassign',
  title: { zh: '批量转办', en: 'Reassign tasks' },
  schema: z.strictObject({ kind: z.literal('reassign'), select: TaskSelection, to: PersonId, reason: words }),
  targets: (deps, asking, { select }) => selectedTasks(deps, asking, select),
  judge: async (deps, asking, { params: { to, reason }, target }) => {
    const found = await findTask(deps, asking, TaskId.parse(target));
    const plan = await reassigning(deps, asking, { found, to, reason });
    return { work: { plan }, effect: { from: found.task.assignee, to } };
  },
  caseOf: (target) => caseOfTask(TaskId.parse(target)),
});
