import type { Task, User } from '../../contract/types.ts';

/**
 * Whether a form is offered. Only a hint for the page: the service decides. A task with an assignee is theirs, or their substitute's; else whoever holds its role, or is
 * concerned by it where the role is that of the case's own people.
 */
export function mayDo(me: User, { assignee, role, candidates }: Task): boolean {
  if (candidates?.includes(me.username)) return true;
  if (assignee !== null) return assignee === me.id || me.standsInFor.some(({ person }) => person === assignee);
  return me.roles.some((held) => held.role === role) || me.standsInFor.length > 0;
}
