import { z } from 'zod';

/*
 * Evaluated once per worker; what it imports is shared, frozen, by all its cases instead of being evaluated for every case that wakes up
 * (platform/workflow-bundle.ts). The library settles its defaults with the first schemas and the first fault: that must have happened before it is frozen.
 */
z.strictObject({ text: z.string() }).safeParse({});
