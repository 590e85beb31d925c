import type { PersonId, UnitId } from './ids.ts';
import type { Role } from './roles.ts';

/** Who holds what, in a unit and those above it. */
export interface HolderAt {
  readonly role: Role;
  readonly unit: UnitId;
  /** 0 for the unit itself, 1 for the one above it, … */
  readonly distance: number;
  readonly person: PersonId;
  /** Only for a time, in place of someone. */
  readonly acting?: boolean;
}

/** Who does it where nobody eligible holds the role in the unit or above: its leaders, then theirs, then the desk that sees to everything. */
export const fallbackRoles: readonly Role[] = ['unit-leader', 'deputy-leader', 'supervising-leader', 'bureau-leader', 'supervision-desk'];

export interface ResolvedRole {
  readonly role: Role;
  readonly unit: UnitId;
  /** All eligible holders there, in order of id. Empty if nobody in the bureau could do it: the task then waits for whoever is given the role. */
  readonly holders: readonly PersonId[];
  /** Those of them who hold it only for a time, if any. */
  readonly acting?: readonly PersonId[];
}

/**
 * The nearest unit upward in which someone eligible holds the role; failing that, the fallback roles one after the other, each from the unit upward.
 * @param instead the roles that may do it instead, where the leaders may not know of it
 * @param excluded persons who take no part (recusal.ts)
 * @source domain.md §2 "Human task": a role in a unit; a case never ends for want of someone to do it
 */
export function nearestHolders(
  wanted: { readonly role: Role; readonly unit: UnitId; readonly excluded: readonly PersonId[]; readonly instead?: readonly Role[] },
  found: readonly HolderAt[],
): ResolvedRole {
  const eligible = found.filter(({ person }) => !wanted.excluded.includes(person));
  for (const role of [wanted.role, ...(wanted.instead ?? fallbackRoles)]) {
    const holding = eligible.filter((holder) => holder.role === role);
    const distance = Math.min(...holding.map((holder) => holder.distance));
    const nearest = holding.filter((holder) => holder.distance === distance);
    const [first] = nearest;
    if (first !== undefined) return { role, unit: first.unit, holders: peopleOf(nearest), ...actingAmong(nearest) };
  }
  return { role: wanted.role, unit: wanted.unit, holders: [] };
}

const peopleOf = (held: readonly HolderAt[]): PersonId[] => [...new Set(held.map(({ person }) => person))].sort();

function actingAmong(held: readonly HolderAt[]): Pick<ResolvedRole, 'acting'> {
  const acting = peopleOf(held.filter((holder) => holder.acting));
  return acting.length > 0 ? { acting } : {};
}
