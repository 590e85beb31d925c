import type { Oversight, Viewing } from '../store/visible.ts';
import { processes } from '../workflows/definitions.ts';

/** Which roles oversee each process. */
export const oversight: Oversight = Object.fromEntries([...processes.values()].map(({ id, overseenBy }) => [id, overseenBy]));

export const viewingAt = (at: Date): Viewing => ({ oversight, at });
