import type { UnitId } from './ids.ts';

export interface UnitNode {
  readonly id: UnitId;
  readonly parent: UnitId | null;
}

export type TreeFault =
  | { readonly kind: 'unknown-parent'; readonly unit: UnitId }
  | { readonly kind: 'cycle'; readonly unit: UnitId }
  | { readonly kind: 'second-root'; readonly unit: UnitId };

/** The path of each unit, `/bureau/branch/station/`. A bureau has one root: the desks that serve everybody are held there, and every search upward ends there. */
export function unitPaths(units: readonly UnitNode[]): {
  readonly paths: ReadonlyMap<UnitId, string>;
  readonly faults: readonly TreeFault[];
} {
  const parentOf = new Map(units.map(({ id, parent }) => [id, parent]));
  const paths = new Map<UnitId, string>();
  const faults: TreeFault[] = [];
  for (const { id, parent } of units) {
    if (parent !== null && !parentOf.has(parent)) faults.push({ kind: 'unknown-parent', unit: id });
    const upward = chainUp(id, parentOf);
    if (upward === null) faults.push({ kind: 'cycle', unit: id });
    else paths.set(id, `/${upward.reverse().join('/')}/`);
  }
  const [, ...furtherRoots] = units.filter(({ parent }) => parent === null);
  return { paths, faults: [...faults, ...furtherRoots.map(({ id }) => ({ kind: 'second-root' as const, unit: id }))] };
}

/** The unit and those above it, or null if they lead back to one of themselves. */
function chainUp(start: UnitId, parentOf: ReadonlyMap<UnitId, UnitId | null>): UnitId[] | null {
  const chain = new Set<UnitId>();
  for (let at: UnitId | null | undefined = start; at !== null && at !== undefined; at = parentOf.get(at)) {
    if (chain.has(at)) return null;
    chain.add(at);
  }
  return [...chain];
}
