import type { z } from 'zod';
import type { Permission } from '../../domain/access.ts';
import { caseOfTask, type TaskId, type Text } from '../../domain/ids.ts';
import type { ProblemSlug } from '../../domain/problems.ts';
import { type Acting, once } from '../act.ts';
import { type FoundTask, findTask } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseView } from '../views/case.ts';
import { taskPath } from './tasks.ts';

const problems: readonly ProblemSlug[] = [
  'forbidden',
  'recused',
  'needs-second-person',
  'task-not-open',
  'idempotency-conflict',
  'invalid-form',
  'not-now',
  'already-seated',
  'panel-too-small',
  'engine-unavailable',
  'outcome-unknown',
];

/** What all that can be done with a task has in common: it answers with the whole case as it is after it. */
export const taskSpec = <const P extends Permission & `task.${string}`, B extends z.ZodType>(title: Text, permission: P, body: B) =>
  ({ title, permission, body, params: taskPath, idempotent: true, view: CaseView, problems }) as const;

/** Does something once to the task of that id. */
export const onTask = (deps: ApiDeps, call: Acting, id: TaskId, act: (found: FoundTask) => Promise<void>) =>
  once(deps, call, caseOfTask(id), async () => act(await findTask(deps, call, id)));
