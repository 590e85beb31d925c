import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { startTemporal } from '../platform/embedded-temporal.ts';
import { connectTemporal } from '../platform/temporal.ts';
import { testRing } from './key-ring.ts';
import { testService } from './service.ts';

export interface DevServer {
  readonly address: string;
  readonly client: Client;
  /** Its data folder: temporal.db, logs/. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** A real Temporal development server with an encrypting client for one test file, as the embedded bureau runs it. */
export async function startDevServer(): Promise<DevServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-temporal-'));
  const { address, stop } = await startTemporal(await testService('temporal-program'), folder, { ui: false });
  const client = connectTemporal(address, 'default', testRing);
  return {
    address,
    client,
    folder,
    stop: async () => {
      await client.connection.close();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
