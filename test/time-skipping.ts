import { TestWorkflowEnvironment } from '@temporalio/testing';
import { dataConverter } from '../platform/payload-codec.ts';
import { testRing } from './key-ring.ts';
import { testService } from './service.ts';

/** How many hours after now the tests' clock begins: a test may not depend on the day or the hour at which it is run. */
const ahead = Number(process.env.HOURS_AHEAD ?? 0);

/**
 * A time-skipping Temporal server for one test file: 30 days pass in 0.2 s. No lists, schedules or search attributes there: use dev-server.ts for those.
 * End it with `teardown()` after the worker has stopped.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await testService('time-skipping-program');
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { dataConverter: dataConverter(testRing) },
  });
  if (ahead > 0) await env.sleep(ahead * 3_600_000);
  return env;
}
