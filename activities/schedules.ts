import type { Policy } from '../domain/policy.ts';
import type { ScheduleDefinition } from '../platform/schedules.ts';
import { taskQueue, urgentTaskQueue } from '../platform/temporal.ts';
import type { PolicyInForce } from '../store/policies.ts';
import { type Lane, lanes } from '../store/ring-bell.ts';
import { processes } from '../workflows/definitions.ts';

const queueOf = { usual: taskQueue, urgent: urgentTaskQueue } satisfies Record<Lane, string>;

/** What the bureau does by the clock and not for a single case. A worker makes these schedules when it starts; their workflows are in workflows/clockwork.ts. */
export const schedulesOf = ({ policy }: PolicyInForce): readonly ScheduleDefinition[] => [
  ...bells,
  post,
  ...rounds(policy.timeZone),
  archive(policy.timeZone),
  brief(policy),
  unusedAttachments,
  reconciler,
];

/** Just after midnight, by the bureau's clock, the day on which a period opens has begun; every hour the lists of those open are brought up to date. */
const rounds = (timezone: string): readonly ScheduleDefinition[] =>
  [...processes.values()].flatMap(({ id, round, eachPeriod }) =>
    round === undefined && eachPeriod === undefined
      ? []
      : [
          {
            id: `round-${id}`,
            spec: { cronExpressions: ['5 * * * *'], timezone },
            startsAtOnce: true,
            workflowType: 'round',
            args: [id],
            catchUp: '1 day',
          },
        ],
  );

const bells: readonly ScheduleDefinition[] = lanes.map((lane) => ({
  id: `bell-${lane}`,
  spec: { intervals: [{ every: '30 seconds' }] },
  startsAtOnce: true,
  workflowType: 'bell',
  args: [lane],
  taskQueue: queueOf[lane],
  catchUp: '1 minute',
}));

const post: ScheduleDefinition = {
  id: 'post',
  spec: { intervals: [{ every: '30 seconds' }] },
  startsAtOnce: true,
  workflowType: 'post',
  catchUp: '1 minute',
};

/** In the small hours, when nobody waits for anything. */
const archive = (timezone: string): ScheduleDefinition => ({
  id: 'archive',
  spec: { cronExpressions: ['30 2 * * *'], timezone },
  workflowType: 'archive',
  catchUp: '1 day',
});

/** Once more when it is made, in case its hour of this day has passed: nobody is told twice. */
const brief = ({ brief: { at }, timeZone }: Policy): ScheduleDefinition => ({
  id: 'brief',
  spec: { cronExpressions: [`${at % 60} ${Math.floor(at / 60)} * * *`], timezone: timeZone },
  startsAtOnce: true,
  workflowType: 'brief',
  catchUp: '1 day',
});

const reconciler: ScheduleDefinition = {
  id: 'reconciler',
  spec: { intervals: [{ every: '10 minutes' }] },
  startsAtOnce: true,
  workflowType: 'reconciler',
  catchUp: '1 minute',
};

const unusedAttachments: ScheduleDefinition = {
  id: 'unused-attachments',
  spec: { intervals: [{ every: '1 hour' }] },
  workflowType: 'unusedAttachments',
  catchUp: '1 hour',
};
