import { may } from '../domain/access.ts';
import type { CaseFacts, TaskFacts } from '../domain/access-facts.ts';
import type { Actor } from '../domain/actor.ts';

/** Whether someone is shown who could do a task. */
export const mayDirect = (actor: Actor, facts: CaseFacts, task: TaskFacts): boolean =>
  may(actor, 'task.candidates', { case: facts, task }).granted;
