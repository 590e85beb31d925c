/** Failures this long ago no longer count, in milliseconds. */
export const FORGIVEN_AFTER_MS = 30 * 60_000;

const LONGEST_SECONDS = 15 * 60;

/**
 * For how long no sign-in is tried for a name after so many failures in a row: a typing error costs nothing, guessing soon stands still, and nobody is
 * locked out by others for longer than a quarter of an hour.
 * @returns seconds
 */
export function accountLockSeconds(failures: number): number {
  if (failures < 3) return 0;
  if (failures < 5) return failures - 2;
  return Math.min(60 * 2 ** Math.min(failures - 5, 10), LONGEST_SECONDS);
}

/** The same for one source address, behind which a whole station may sit. */
export function sourceLockSeconds(failures: number): number {
  return failures < 100 ? 0 : Math.min(60 * 2 ** Math.min(failures - 100, 10), LONGEST_SECONDS);
}
