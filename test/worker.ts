import { Writable } from 'node:stream';
import type { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../activities/all.ts';
import type { Channels } from '../activities/carry.ts';
import { schedulesOf } from '../activities/schedules.ts';
import { engineOf } from '../api/engine.ts';
import { openStarter } from '../api/starter.ts';
import { createLogger } from '../platform/log.ts';
import { ensureSchedules } from '../platform/schedules.ts';
import { runWorkers } from '../platform/temporal-worker.ts';
import type { Bureau } from '../store/bureau.ts';
import { testRing } from './key-ring.ts';
import { testService } from './service.ts';

const silent = createLogger('test', new Writable({ write: (_chunk, _encoding, done) => done() }));

/** A worker with the real activities, in this process. */
export async function runTestWorker(
  bureau: Bureau,
  client: Client,
  address: string,
  channels: Channels = {},
): Promise<{ stop(): Promise<void> }> {
  const starter = openStarter(bureau, engineOf(client), silent);
  const connection = await NativeConnection.connect({ address });
  const ending = new AbortController();
  const workers = await runWorkers({
    connection,
    namespace: 'default',
    ring: testRing,
    activities: createActivities({
      bureau,
      temporal: client,
      log: silent,
      channels,
      startSoon: starter.startSoon,
      stopping: ending.signal,
    }),
    bundle: { codePath: await testService('bundle') },
  });
  await ensureSchedules(client, schedulesOf(bureau.policies.current));
  return {
    stop: async () => {
      ending.abort();
      await workers.stop();
      await starter.stop();
      await connection.close();
    },
  };
}
