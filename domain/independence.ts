/** What could tie someone to a unit, as paths: `/bureau/branch/station/`. */
export interface Ties {
  readonly unitPath: string;
  readonly relativesPaths: readonly string[];
  /** Had other cases of that unit in hand. */
  readonly hasHandledThere: boolean;
}

export type Tie = 'member' | 'relative' | 'former-handler';

/**
 * What ties someone to the unit that they are to inspect; null for whoever may. Tied are its members, those of the units below it and of those above it up to the bureau, which is above everybody and
 * ties nobody; whoever has a relative in it; whoever handled its cases before.
 * @source domain.md §3.2 `inspection-order`, §4.1
 */
export function tieTo(unitPath: string, { unitPath: own, relativesPaths, hasHandledThere }: Ties): Tie | null {
  if (isWithin(own, unitPath) || (isWithin(unitPath, own) && !isBureau(own))) return 'member';
  if (relativesPaths.some((path) => isWithin(path, unitPath))) return 'relative';
  return hasHandledThere ? 'former-handler' : null;
}

/** Of the bureau itself only its own desks are part: everybody is below it. */
const isWithin = (path: string, unitPath: string): boolean => (isBureau(unitPath) ? path === unitPath : path.startsWith(unitPath));

const isBureau = (path: string): boolean => path.split('/').length === 3;
