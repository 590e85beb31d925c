import { demand, may } from '../domain/access.ts';
import { mayHandOn } from '../domain/access-task.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Plan } from './act.ts';
import type { Asking, FoundTask } from './case-for.ts';
import type { ApiDeps } from './deps.ts';
import { demandIndependence } from './independence.ts';
import { demandWith, receiverOf } from './receiver.ts';

/** 转办. @throws Problem with the reason of the refusal */
export async function reassigning(
  deps: ApiDeps,
  asking: Asking,
  { found, to, reason }: { found: FoundTask; to: PersonId; reason: string },
): Promise<Plan> {
  const { facts, taskFacts, task, record } = found;
  const at = { case: facts, task: taskFacts };
  demand(asking.actor, 'task.read', at);
  const receiver = await receiverOf(deps, asking, to);
  const decision = demandWith(may(asking.actor, 'task.reassign', { ...at, to: receiver }), mayHandOn(asking.actor, at));
  await demandIndependence(deps, found, [to]);
  return { number: record.number, decision, changes: [{ kind: 'reassign-task', task: task.id, to, reason }] };
}
