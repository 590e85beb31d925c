import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openApi } from '../../api/open.ts';
import { serve } from '../../api/server.ts';
import type { PersonId } from '../../domain/ids.ts';
import { type Database, openDatabase } from '../../platform/database.ts';
import { startPostgres } from '../../platform/embedded-postgres.ts';
import { readKeyRing, rotatedKeys } from '../../platform/key-file.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import { createLogger } from '../../platform/log.ts';
import { migrate } from '../../platform/migrate.ts';
import { connectTemporal } from '../../platform/temporal.ts';
import type { Bureau } from '../../store/bureau.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { openSession } from '../../store/sessions.ts';
import { type SyntheticBureau, type SyntheticOptions, syntheticBureau } from './bureau.ts';

/** A synthetic bureau behind the API, in this process, on an embedded PostgreSQL of its own. Without an engine: what is measured only reads. */
export interface SyntheticApi extends SyntheticBureau {
  readonly bureau: Bureau;
  readonly databaseUrl: string;
  /** The body of a `GET`, with the path behind `/api/v1`. @throws Error for any other answer than 200 */
  get(path: string, as: PersonId): Promise<unknown>;
  stop(): Promise<void>;
}

export async function syntheticApi(options: SyntheticOptions): Promise<SyntheticApi> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-synthetic-'));
  const postgres = await startPostgres(folder);
  const end = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const ring = readKeyRing(rotatedKeys(undefined, new Date()));
    await migrate(postgres.url());
    const made = await filled(postgres.url(), ring, options);
    const db = openDatabase(postgres.url());
    const bureau = await openBureau(db, ring, { demo: false });
    const api = await apiOn(postgres.url(), bureau);
    const stop = async () => {
      await api.stop();
      await db.$disconnect();
      await end();
    };
    return { ...made, bureau, databaseUrl: postgres.url(), get: api.get, stop };
  } catch (error) {
    await end();
    throw error;
  }
}

async function filled(url: string, ring: KeyRing, options: SyntheticOptions): Promise<SyntheticBureau> {
  const began = performance.now();
  const db = openDatabase(url, { statementTimeoutMs: 0 });
  const made = await syntheticBureau(await openBureau(db, ring, { demo: false }), options).finally(() => db.$disconnect());
  process.stderr.write(`${options.cases} cases were made in ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  return made;
}

/** The API on a bureau's database; `get` as in SyntheticApi. */
export async function apiOn(databaseUrl: string, bureau: Bureau): Promise<Pick<SyntheticApi, 'get' | 'stop'>> {
  const log = createLogger('bench');
  log.level = 'silent';
  const temporal = connectTemporal('127.0.0.1:9', 'default', bureau.ring);
  const api = openApi({ bureau, databaseUrl, temporal, log, secureCookies: false, requestsPerWindow: 1_000_000 });
  const server = await serve(api.app, { host: '127.0.0.1', port: 0, endStreams: api.endStreams });
  return {
    get: getterOf(`http://127.0.0.1:${server.port}/api/v1`, bureau.db),
    stop: async () => {
      await server.stop(2000);
      await api.close();
      await temporal.connection.close();
    },
  };
}

function getterOf(url: string, db: Database): SyntheticApi['get'] {
  const tokens = new Map<PersonId, string>();
  return async (where, as) => {
    const token = tokens.get(as) ?? (await openSession(db, as, new Date())).token;
    tokens.set(as, token);
    const response = await fetch(url + where, { headers: { Authorization: `Bearer ${token}` } });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`${where} answered ${response.status}: ${body}`);
    return JSON.parse(body);
  };
}
