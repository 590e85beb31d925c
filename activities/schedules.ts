import type { ScheduleDefinition } from '../platform/schedules.ts';

/** What the bureau does by the clock and not for a single case. A worker makes these schedules when it starts; their workflows are in workflows/clockwork.ts. */
export const schedules: readonly ScheduleDefinition[] = [];
