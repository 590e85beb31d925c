import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { type Config, readConfig, type ServiceConfig, serviceConfig } from './config.ts';
import { readPorts } from './data-folder.ts';
import { type Database, openDatabase } from './database.ts';
import { postgresUrl } from './embedded-postgres.ts';
import { readKeyRing } from './key-file.ts';
import type { KeyRing } from './key-ring.ts';
import { connectTemporal } from './temporal.ts';

/**
 * The services for an operator's command: those that the environment names, else those of the embedded bureau in the data folder, which must be running.
 * @throws SetupError that names the variable to set when there is neither
 */
export function runningServices(config: Config): ServiceConfig {
  const { dataFolder } = config;
  const { postgres, temporal } = readPorts(dataFolder);
  const password = readIfThere(path.join(dataFolder, 'postgres.password'));
  return serviceConfig({
    ...config,
    databaseUrl: config.databaseUrl ?? (postgres && password ? postgresUrl(postgres, password) : undefined),
    temporalAddress: config.temporalAddress ?? (temporal === undefined ? undefined : `127.0.0.1:${temporal}`),
    keys: keysOf(config),
  });
}

export interface Services {
  readonly databaseUrl: string;
  readonly db: Database;
  readonly temporal: Client;
  readonly ring: KeyRing;
}

/** Does a command's work on these services, and closes what it connected. */
export async function onRunningServices(work: (services: Services) => Promise<void>): Promise<void> {
  const { databaseUrl, temporalAddress, temporalNamespace, keys } = runningServices(readConfig());
  const ring = readKeyRing(keys);
  const db = openDatabase(databaseUrl, { connections: 2 });
  const temporal = connectTemporal(temporalAddress, temporalNamespace, ring);
  try {
    await work({ databaseUrl, db, temporal, ring });
  } finally {
    await Promise.all([db.$disconnect(), temporal.connection.close()]);
  }
}

/** The password of the demo accounts: as the environment says, else as the embedded bureau made it, if it did. */
export const demoPasswordOf = ({ demoPassword, dataFolder }: Config): string | undefined =>
  demoPassword ?? readIfThere(path.join(dataFolder, 'demo-password'));

/** The key ring that the environment names, else that of the embedded bureau, if it has one yet. */
export function keysOf({ keys, dataFolder }: Config): string | undefined {
  const file = path.join(dataFolder, 'keys');
  return keys ?? (existsSync(file) ? `@${file}` : undefined);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
