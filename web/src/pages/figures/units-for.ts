import type { Unit, User } from '../../contract/types.ts';
import { answersForWhole } from './dashboards.ts';

/** The units that someone can ask about, those below each after it; and whether the whole bureau is one of them. */
export function unitsFor(roles: User['roles'], all: readonly Unit[]): { readonly units: readonly Unit[]; readonly isWhole: boolean } {
  const isWhole = roles.some(({ role }) => answersForWhole(role));
  const roots = isWhole
    ? all.filter(({ parent }) => parent === null).map(({ id }) => id)
    : roles.filter(({ role }) => role !== 'officer').map(({ unit }) => unit);
  return { units: [...new Set(roots.flatMap((root) => withBelow(root, all)))], isWhole };
}

function withBelow(root: string, all: readonly Unit[]): readonly Unit[] {
  const unit = all.find(({ id }) => id === root);
  if (unit === undefined) return [];
  return [unit, ...all.filter(({ parent }) => parent === root).flatMap(({ id }) => withBelow(id, all))];
}
