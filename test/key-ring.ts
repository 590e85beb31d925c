import { readKeyRing, rotatedKeys } from '../platform/key-file.ts';

/** One ring for everything in a test process, in both forms: as `FIVEFOLD_KEYS` and read. */
export const testKeys = rotatedKeys(undefined, new Date());
export const testRing = readKeyRing(testKeys);
