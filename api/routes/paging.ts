import { z } from 'zod';

/** How many rows a page holds. */
export const pageSize = z.coerce.number().int().min(1).max(200).default(50);

/** A query parameter that is true or false. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** One value of a list, or several with commas between. */
export const severalOf = (values: readonly string[]) =>
  z.string().refine((given) => given.split(',').every((each) => values.includes(each)));

export const pageView = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().optional() });
