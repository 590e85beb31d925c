import { z } from 'zod';

/** Id of one operation on many items. */
export const BulkId = z.uuid().brand<'BulkId'>();
export type BulkId = z.infer<typeof BulkId>;

/** As many items as one bulk may have: a person still reads the preview. */
export const MOST_ITEMS = 500;

export type BulkState = 'previewed' | 'running' | 'done' | 'cancelled';
export type ItemState = 'pending' | 'done' | 'refused' | 'cancelled';

/** What makes an item happen once: its idempotency key, used with the name of whoever started the bulk. */
export const itemKey = (bulk: BulkId, n: number): string => `bulk:${bulk}:${n}`;
