import { z } from 'zod';
import { demand, may } from '../../domain/access.ts';
import { mayEnlarge } from '../../domain/access-task.ts';
import { PersonId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { CaseRecord, TaskRecord } from '../../store/case-view.ts';
import { submit } from '../act.ts';
import type { ApiDeps } from '../deps.ts';
import { demandWith, receiverOf } from '../receiver.ts';
import { type Route, route } from '../route.ts';
import { words } from './case-path.ts';
import { onTask, taskSpec } from './task-acting.ts';

/** 会签的增减: who sits in a panel changes on the record only. Any open seat of the panel stands for it. */
export const taskPanelRoutes = (deps: ApiDeps): Route[] => [
  route.post(
    '/tasks/:id/panel',
    taskSpec({ zh: '增加会签人', en: 'Add a member to a panel' }, 'task.seat', z.strictObject({ add: PersonId, reason: words })),
    async (call) =>
      onTask(deps, call, call.params.id, async ({ facts, taskFacts, task, record }) => {
        const { add: person, reason } = call.body;
        demand(call.actor, 'task.read', { case: facts, task: taskFacts });
        const to = await receiverOf(deps, call, person, 'add');
        const at = { case: facts, task: taskFacts };
        const giver = mayEnlarge(call.actor, at);
        if (giver.granted && sitsThere(record, task, person)) throw new Problem('already-seated');
        const decision = demandWith(may(call.actor, 'task.seat', { ...at, to }), giver);
        await submit(deps, call, { number: record.number, decision, action: { action: 'panel-add', task: task.id, person, reason } });
      }),
  ),
  route.post(
    '/tasks/:id/stand-down',
    taskSpec({ zh: '退出会签', en: 'Stand down from a panel' }, 'task.stand-down', z.strictObject({ reason: words })),
    async (call) =>
      onTask(deps, call, call.params.id, async ({ facts, taskFacts, task, record }) => {
        const decision = demand(call.actor, 'task.stand-down', { case: facts, task: taskFacts });
        await submit(deps, call, { number: record.number, decision, action: { action: 'stand-down', task: task.id, ...call.body } });
      }),
  ),
];

/** Seats are closed to whoever has another: that this is so by their own seat is told as such. */
const sitsThere = ({ tasks }: CaseRecord, { key }: TaskRecord, person: PersonId): boolean =>
  tasks.some((each) => each.key === key && each.state === 'open' && each.assignee === person);
