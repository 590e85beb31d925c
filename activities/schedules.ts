import type { ScheduleDefinition } from '../platform/schedules.ts';
import { taskQueue, urgentTaskQueue } from '../platform/temporal.ts';
import { type Lane, lanes } from '../store/ring-bell.ts';

const queueOf = { usual: taskQueue, urgent: urgentTaskQueue } satisfies Record<Lane, string>;

/** What the bureau does by the clock and not for a single case. A worker makes these schedules when it starts; their workflows are in workflows/clockwork.ts. */
export const schedules: readonly ScheduleDefinition[] = lanes.map((lane) => ({
  id: `bell-${lane}`,
  spec: { intervals: [{ every: '30 seconds' }] },
  startsAtOnce: true,
  workflowType: 'bell',
  args: [lane],
  taskQueue: queueOf[lane],
  catchUp: '1 minute',
}));
