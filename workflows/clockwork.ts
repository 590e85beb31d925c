/** What the bureau does by the clock and for no single case: the workflows of its schedules (activities/schedules.ts). */
import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { ArchiveActivities } from '../activities/archive.ts';
import type { AttachmentActivities } from '../activities/attachments.ts';
import type { BellActivities } from '../activities/bell.ts';
import type { BriefActivities } from '../activities/brief.ts';
import type { PostActivities } from '../activities/post.ts';
import type { ReconcileActivities } from '../activities/reconcile.ts';
import type { RoundActivities } from '../activities/rounds.ts';
import type { Instant } from '../domain/ids.ts';

const { ring, sendPost } = proxyActivities<BellActivities & PostActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '6 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '5 seconds' },
});

const { checkpoint, retention } = proxyActivities<ArchiveActivities>({
  startToCloseTimeout: '1 hour',
  retry: { initialInterval: '1 minute', maximumInterval: '30 minutes', maximumAttempts: 20 },
});

/** A quarter of a day, in shifts of a minute. */
const shifts = 360;

/** Rings one lane of the bell without end, in shifts of a minute; the schedule starts it again should someone end it. */
export async function bell(lane: Parameters<BellActivities['ring']>[0]): Promise<void> {
  for (let shift = 0; shift < shifts; shift++) await ring(lane);
  await continueAsNew<typeof bell>(lane);
}

const { openRound } = proxyActivities<RoundActivities>({ startToCloseTimeout: '2 minutes' });

/** Looks each day whether a period of the round has begun; what an outage left out is made up for then. */
export const round = (process: string): Promise<void> => openRound({ process, at: new Date(Date.now()).toISOString() as Instant });

/** Once a night: signs the record as it stands, and only then lets go what its time has passed, so that a fault is found before anything is forgotten. */
export async function archive(): Promise<void> {
  await checkpoint();
  await retention();
}

/** Sends what leaves the house, without end, in the same shifts. */
export async function post(): Promise<void> {
  for (let shift = 0; shift < shifts; shift++) await sendPost();
  await continueAsNew<typeof post>();
}

const { tellBriefs } = proxyActivities<BriefActivities>({ startToCloseTimeout: '30 minutes', heartbeatTimeout: '1 minute' });

/** Once a morning: tells leaders and the supervision desk what is due. */
export const brief = (): Promise<void> => tellBriefs();

const { removeUnusedAttachments } = proxyActivities<AttachmentActivities>({ startToCloseTimeout: '5 minutes' });

/** Removes the files that were uploaded a day ago and no case has used. */
export const unusedAttachments = (): Promise<number> => removeUnusedAttachments(Date.now());

const { reconcile } = proxyActivities<ReconcileActivities>({ startToCloseTimeout: '2 hours', heartbeatTimeout: '2 minutes' });

/** Every ten minutes: compares the open cases with their workflows. */
export const reconciler = (): Promise<void> => reconcile();
