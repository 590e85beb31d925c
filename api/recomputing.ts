import { demand } from '../domain/access.ts';
import type { Plan } from './act.ts';
import type { Asking, FoundTask } from './case-for.ts';

/** 重新计算期限, by the working calendar that is now in force. @throws Problem with the reason of the refusal */
export function recomputing({ actor }: Pick<Asking, 'actor'>, { facts, taskFacts, task, record }: FoundTask): Plan {
  const decision = demand(actor, 'task.recompute', { case: facts, task: taskFacts });
  return { number: record.number, decision, action: { action: 'recompute', task: task.id } };
}
