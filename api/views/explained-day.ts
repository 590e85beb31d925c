import { z } from 'zod';
import { PlainDate, Text } from '../../domain/ids.ts';

/** One day of an explained due date. `counts`: how much of the limit has run when the day ends. */
export const ExplainedDayView = z.object({
  date: PlainDate,
  working: z.boolean(),
  counts: z.number().nullable(),
  name: Text.optional(),
  provisional: z.boolean().optional(),
});
