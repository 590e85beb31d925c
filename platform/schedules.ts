import { type Client, ScheduleAlreadyRunning, type ScheduleOptions, ScheduleOverlapPolicy, type ScheduleSpec } from '@temporalio/client';
import { taskQueue, withDeadline } from './temporal.ts';

/** Something that Temporal starts again and again by the clock. A run that still goes on when the next one is due makes that one be left out. */
export interface ScheduleDefinition {
  readonly id: string;
  /** When: `{ intervals: [{ every: '1m' }] }`, or `{ cronExpressions: ['30 7 * * *'], timezone: 'Asia/Shanghai' }`. */
  readonly spec: ScheduleSpec;
  /** Runs once as soon as it is made, without waiting for its hour. */
  readonly startsAtOnce?: boolean;
  readonly workflowType: string;
  readonly args?: readonly unknown[];
  /** That of the cases unless stated. */
  readonly taskQueue?: string;
  /** What was due while the engine was away is made up for if it was no longer ago than this, such as `'1 minute'` or `'30 days'`. */
  readonly catchUp: NonNullable<NonNullable<ScheduleOptions['policies']>['catchupWindow']>;
}

const LIMIT_MS = 30_000;

/** Makes the schedules, or brings them up to date; as often as wanted. One that an operator paused stays paused. @throws ServiceError of the engine */
export async function ensureSchedules(client: Client, definitions: readonly ScheduleDefinition[]): Promise<void> {
  for (const definition of definitions) await withDeadline(client, LIMIT_MS, () => ensure(client, optionsOf(definition)));
}

async function ensure({ schedule }: Client, options: ScheduleOptions): Promise<void> {
  try {
    await schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await schedule.getHandle(options.scheduleId).update(({ state }) => ({ ...options, state }));
  }
}

function optionsOf({ id, spec, startsAtOnce = false, workflowType, args = [], taskQueue: queue = taskQueue, catchUp }: ScheduleDefinition) {
  return {
    scheduleId: id,
    spec,
    action: { type: 'startWorkflow', workflowId: id, workflowType, args: [...args], taskQueue: queue },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: catchUp },
    state: { triggerImmediately: startsAtOnce },
  } satisfies ScheduleOptions;
}
