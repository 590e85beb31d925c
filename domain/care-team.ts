import { type Holder, holdsAny } from './actor.ts';
import type { Role } from './roles.ts';

/**
 * Processes whose contents never leave whoever cares for the person, with the roles that care: nobody else gets a part in such a case, by whatever way, nobody breaks its glass, its
 * ladders climb inside the team, and the policy can't say otherwise. @source domain.md §3.4 `health-check`, `mental-health`
 */
const careTeams = {
  'health-check': ['health-desk'],
  'mental-health': ['counsellor', 'health-desk'],
} as const satisfies Record<string, readonly [Role, ...Role[]]>;

/** The care team of a process, its first role the one that answers for the team; null for a process that others than a care team may see. */
export const careTeamOf = (process: string): readonly [Role, ...Role[]] | null =>
  Object.hasOwn(careTeams, process) ? careTeams[process as keyof typeof careTeams] : null;

export const careProcesses = Object.keys(careTeams);

/** Who has a task of the process that is for this role: of a team's case, the team itself. As `resolveRole` takes it. */
export function placedWithin(process: string, role: Role): { readonly role: Role; readonly instead?: readonly Role[] } {
  const team = careTeamOf(process);
  if (team === null) return { role };
  return { role: team.includes(role) ? role : team[0], instead: team };
}

/** Whether someone may be given a part in a case of this process. */
export function mayJoin(who: Holder, process: string): boolean {
  const team = careTeamOf(process);
  return team === null || holdsAny(who, team);
}
