import type { Locale, PersonId, UnitId } from './ids.ts';
import type { Role } from './roles.ts';

/** A role held at this moment, by grant, as acting leader, or (`officer`) by belonging to the unit. */
export interface HeldRole {
  readonly role: Role;
  readonly unit: UnitId;
  /** `/bureau/branch/station/`: begins with the path of every unit above it. */
  readonly unitPath: string;
  /** Held only for a time, in place of someone. It is not passed on. */
  readonly acting?: true;
}

/** A person as far as rules about sight and tasks need to know. */
export interface Holder {
  readonly id: PersonId;
  readonly roles: readonly HeldRole[];
  readonly relatives: readonly PersonId[];
}

/** Someone absent for whom the actor acts now (委托), in these processes or in all. Whom the absent one stands in for is left out: it never chains. */
export interface Absent extends Holder {
  readonly processes: readonly string[] | null;
}

/** Whoever sends a request. */
export interface Actor extends Holder {
  readonly username: string;
  readonly name: string;
  readonly locale: Locale;
  readonly standsInFor: readonly Absent[];
}

/** Leaders of a unit answer for everything in it and below it. */
export const leaderRoles = ['unit-leader', 'deputy-leader', 'supervising-leader', 'bureau-leader'] as const satisfies readonly Role[];

/** Whether someone holds one of these roles anywhere. */
export const holdsAny = (who: Holder, roles: readonly Role[]): boolean => who.roles.some(({ role }) => roles.includes(role));

/** Whether someone holds one of these roles in the unit of that path or in one above it. */
export const holdsOver = (who: Holder, roles: readonly Role[], unitPath: string): boolean =>
  who.roles.some((held) => roles.includes(held.role) && unitPath.startsWith(held.unitPath));

export const leads = (who: Holder, unitPath: string): boolean => holdsOver(who, leaderRoles, unitPath);
