import { ApplicationFailure } from '@temporalio/common';
import { takeCheckpoint } from '../store/record-checkpoint.ts';
import { applyRetention } from '../store/retention.ts';
import type { ActivityDeps } from './deps.ts';

export type ArchiveActivities = ReturnType<typeof archiveActivities>;

export const archiveActivities = ({ bureau, log }: ActivityDeps) => ({
  /** Signs where all chains end. @throws ApplicationFailure that no repeating mends where something does not continue the last checkpoint */
  async checkpoint(): Promise<void> {
    const { taken, faults } = await takeCheckpoint(bureau, new Date());
    if (taken) return log.info({ checkpoint: taken.number, hash: taken.hash }, 'the record has a new checkpoint');
    log.error({ faults }, 'the record does not continue its last checkpoint: nothing was signed');
    throw ApplicationFailure.create({
      type: 'record-broken',
      message: 'the record does not continue its last checkpoint',
      nonRetryable: true,
    });
  },

  /** Anonymises the closed cases whose time has passed. */
  async retention(): Promise<void> {
    const anonymised = await applyRetention(bureau, new Date());
    if (anonymised.length > 0) log.info({ anonymised }, 'cases were anonymised by rule');
  },
});
