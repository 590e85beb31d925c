import { z } from 'zod';

/** What `event_data` keeps sealed. Without its salt nobody can guess the content back from the chain. */
export const EventContent = z.object({ salt: z.string(), data: z.unknown() });
