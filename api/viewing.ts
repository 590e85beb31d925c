import type { Viewing } from '../store/visible.ts';
import { oversight } from '../workflows/definitions.ts';

export const viewingAt = (at: Date): Viewing => ({ oversight, at });
