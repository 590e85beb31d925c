import type { Role } from './roles.ts';

/** Who must be covered: all staff in service · whoever has an open aid or injury file · all units but the bureau itself. */
export const rosters = ['staff', 'on-file', 'units'] as const;
export type Roster = (typeof rosters)[number];

/** An item of a round, as the record needs to know it: on whose behalf, and who sees to it. Its limit and ladder stand in the policy under its key. */
export interface ItemRule {
  readonly key: string;
  readonly roster: Roster;
  /** Who visits or talks: the nearest holder above, never the person or a relative. */
  readonly role: Role;
}

/** `struck`: no longer to be covered · `missed`: left when the round ended · `cancelled`: left when it was cancelled. */
export const itemStates = ['open', 'done', 'struck', 'missed', 'cancelled'] as const;
export type ItemState = (typeof itemStates)[number];

/** How many items of a round are in which state. */
export type Coverage = Readonly<Record<ItemState, number>>;

/**
 * The share of those to be covered who were. Whoever was struck out, or never came up because the round was cancelled, does not count.
 * @returns whole per cent, rounded down: 100 only where nobody is missing; null where there was nobody to cover
 * @source domain.md §3.2 `care-visit`, §3.4 `heart-talk`, `grassroots-visit`: 100 %
 */
export function coverageRate({ done, open, missed }: Coverage): number | null {
  const due = done + open + missed;
  return due === 0 ? null : Math.floor((done * 100) / due);
}
