import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, type ServiceConfig, serviceConfig } from './config.ts';
import { readPorts } from './data-folder.ts';
import { postgresUrl } from './embedded-postgres.ts';

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
