import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { Duration } from '../../domain/duration.ts';
import { Instant, PersonId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { dropDraft, hasDrafts } from '../../store/drafts.ts';
import { processOf } from '../../workflows/definitions.ts';
import { schemaOf } from '../../workflows/kit/define.ts';
import { taskDefinition } from '../../workflows/kit/tasks.ts';
import { type Acting, carryOut, noteChanges, submit } from '../act.ts';
import type { FoundTask } from '../case-for.ts';
import { onceDone } from '../database-away.ts';
import type { ApiDeps } from '../deps.ts';
import { extending } from '../extending.ts';
import { checkedForm } from '../form.ts';
import { demandIndependence } from '../independence.ts';
import { reassigning } from '../reassigning.ts';
import { receiverOf } from '../receiver.ts';
import { recomputing } from '../recomputing.ts';
import { type Route, route } from '../route.ts';
import { words } from './case-path.ts';
import { onTask, taskSpec } from './task-acting.ts';

/** What can be done with a task; each answers with the whole case as it is after it. */
export const taskActionRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/tasks/:id/complete',
    taskSpec({ zh: '办结任务', en: 'Complete a task' }, 'task.complete', z.strictObject({ data: z.unknown() })),
    async (call) =>
      onTask(deps, call, call.params.id, async (found) => {
        const decision = demand(call.actor, 'task.complete', { case: found.facts, task: found.taskFacts });
        await demandIndependence(deps, found, [call.actor.id, decision.for]);
        const { form } = taskDefinition(processOf(found.record.process), found.task.key);
        const data = await checkedForm(
          deps,
          {
            form: schemaOf(form),
            data: call.body.data,
            intake: found.record.data,
            participants: found.record.participants,
            inCase: found.record,
            number: found.record.number,
          },
          call,
        );
        await submit(deps, call, { number: found.record.number, decision, action: { action: 'complete', task: found.task.id, data } });
        await onceDone(dropDraft(deps, call.actor.id, found.task.id));
      }),
  ),
  route.post(
    '/tasks/:id/claim',
    taskSpec({ zh: '认领任务', en: 'Claim a task' }, 'task.claim', z.strictObject({}).optional()),
    async (call) =>
      onTask(deps, call, call.params.id, async (found) => {
        const decision = demand(call.actor, 'task.claim', { case: found.facts, task: found.taskFacts });
        await noteChanges(deps, call, { number: found.record.number, decision, changes: [{ kind: 'claim-task', task: found.task.id }] });
      }),
  ),
  route.post(
    '/tasks/:id/reassign',
    taskSpec({ zh: '转办', en: 'Reassign a task' }, 'task.reassign', z.strictObject({ to: PersonId, reason: words })),
    async (call) =>
      onTask(deps, call, call.params.id, async (found) => carryOut(deps, call, await reassigning(deps, call, { found, ...call.body }))),
  ),
  route.post(
    '/tasks/:id/pause',
    taskSpec({ zh: '暂停计时', en: 'Pause the clock' }, 'task.pause', z.strictObject({ reason: words, until: Instant.optional() })),
    async (call) =>
      onTask(deps, call, call.params.id, async (found) => {
        const decision = demand(call.actor, 'task.pause', { case: found.facts, task: found.taskFacts });
        const { reason, until } = call.body;
        if (until !== undefined && Date.parse(until) <= call.at.getTime())
          throw new Problem('invalid-form', { errors: [{ path: 'until', message: isPast[call.locale] }] });
        await submit(deps, call, {
          number: found.record.number,
          decision,
          action: { action: 'pause', task: found.task.id, reason, ...(until && { until }) },
        });
      }),
  ),
  route.post(
    '/tasks/:id/resume',
    taskSpec({ zh: '恢复计时', en: 'Resume the clock' }, 'task.resume', z.strictObject({}).optional()),
    async (call) =>
      onTask(deps, call, call.params.id, async (found) => {
        const decision = demand(call.actor, 'task.resume', { case: found.facts, task: found.taskFacts });
        await submit(deps, call, { number: found.record.number, decision, action: { action: 'resume', task: found.task.id } });
      }),
  ),
  route.post(
    '/tasks/:id/extend',
    taskSpec({ zh: '延期', en: 'Extend a limit' }, 'task.extend', z.strictObject({ by: Duration, reason: words })),
    async (call) =>
      onTask(deps, call, call.params.id, async (found) => carryOut(deps, call, await extending(deps, call, { found, ...call.body }))),
  ),
  route.post(
    '/tasks/:id/recompute',
    taskSpec({ zh: '按现行日历重新计算到期时间', en: 'Reckon a due date anew' }, 'task.recompute', z.strictObject({}).optional()),
    async (call) => onTask(deps, call, call.params.id, (found) => carryOut(deps, call, recomputing(call, found))),
  ),
  route.post(
    '/tasks/:id/consult',
    taskSpec(
      { zh: '加签征询意见', en: 'Ask for an opinion' },
      'task.consult',
      z.strictObject({ to: PersonId, question: words, wait: z.boolean().default(true) }),
    ),
    async (call) => onTask(deps, call, call.params.id, (found) => consult(deps, call, { found, ...call.body })),
  ),
  route.post(
    '/tasks/:id/recall',
    taskSpec({ zh: '撤回提交', en: 'Recall a submission' }, 'task.recall', z.strictObject({ reason: words })),
    async (call) =>
      onTask(deps, call, call.params.id, async (found) => {
        const decision = demand(call.actor, 'task.recall', { case: found.facts, task: found.taskFacts });
        await refuseTakenUp(deps, found);
        await submit(deps, call, {
          number: found.record.number,
          decision,
          action: { action: 'recall', task: found.task.id, reason: call.body.reason },
        });
      }),
  ),
];

const isPast = { zh: '应为将来的时间', en: 'expected a time to come' };

/** What follows is taken up by whoever claims it or begins to write. @throws Problem `already-taken-up` */
async function refuseTakenUp({ db }: ApiDeps, { task, record }: FoundTask): Promise<void> {
  const follow = record.tasks.filter(
    ({ judges, openedAt, state }) => state === 'open' && (judges === task.id || openedAt === task.closedAt),
  );
  const isDrafted = await hasDrafts(
    db,
    follow.map(({ id }) => id),
  );
  if (isDrafted || follow.some(({ claimedAt }) => claimedAt !== null)) throw new Problem('already-taken-up');
}

interface Consulting {
  readonly found: FoundTask;
  readonly to: PersonId;
  readonly question: string;
  readonly wait: boolean;
}

async function consult(deps: ApiDeps, call: Acting, { found, to, question, wait }: Consulting): Promise<void> {
  const { facts, taskFacts, task, record } = found;
  demand(call.actor, 'task.read', { case: facts, task: taskFacts });
  const receiver = await receiverOf(deps, call, to);
  const decision = demand(call.actor, 'task.consult', { case: facts, task: taskFacts, to: receiver });
  if (to === call.actor.id) throw new Problem('needs-second-person');
  await submit(deps, call, { number: record.number, decision, action: { action: 'consult', task: task.id, to, question, wait } });
}
