import { TestWorkflowEnvironment } from '@temporalio/testing';
import { dataConverter } from '../platform/payload-codec.ts';
import { testRing } from './key-ring.ts';
import { testService } from './service.ts';

/**
 * A time-skipping Temporal server for one test file: 30 days pass in 0.2 s. No lists, schedules or search attributes there: use dev-server.ts for those.
 * End it with `teardown()` after the worker has stopped.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await testService('time-skipping-program');
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { dataConverter: dataConverter(testRing) },
  });
}
