import { type Decision, grant, refuse } from './access-facts.ts';
import { staffKeepers } from './access-hand-over.ts';
import { type Actor, holdsAny } from './actor.ts';
import type { PersonId } from './ids.ts';
import type { Role } from './roles.ts';

/** Roles in which someone may act for a time, and who may name them beside those who keep the staff: the holder, and the leaders above. */
export const actingRoles = {
  'unit-leader': ['unit-leader', 'supervising-leader', 'bureau-leader'],
  'deputy-leader': ['unit-leader', 'supervising-leader', 'bureau-leader'],
  'supervising-leader': ['supervising-leader', 'bureau-leader'],
  'bureau-leader': ['bureau-leader'],
} as const satisfies Partial<Record<Role, readonly Role[]>>;
export type ActingRole = keyof typeof actingRoles;

export interface ActingFacts {
  readonly role: ActingRole;
  readonly unitPath: string;
  readonly person: PersonId;
}

/** Nobody names themselves, and whoever acts for a time names no one further: it never chains (domain.md §2 "Substitute"). */
export const actingRules = {
  'unit.acting': (actor: Actor, { role, unitPath, person }: ActingFacts): Decision => {
    const namers: readonly Role[] = actingRoles[role];
    const leadsHere = actor.roles.some((held) => held.acting !== true && namers.includes(held.role) && unitPath.startsWith(held.unitPath));
    if (!leadsHere && !holdsAny(actor, staffKeepers)) return refuse('forbidden');
    return actor.id === person ? refuse('needs-second-person') : grant();
  },
};
