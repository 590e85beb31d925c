import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { PersonId } from '../domain/ids.ts';
import { freePort } from '../platform/child-process.ts';
import { readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database.ts';
import { embeddedBureau } from '../platform/embedded-bureau.ts';
import { startEntry } from '../platform/entry-process.ts';
import { readKeyRing } from '../platform/key-file.ts';
import { runningServices } from '../platform/running-bureau.ts';
import { connectTemporal } from '../platform/temporal.ts';
import type { Bureau } from '../store/bureau.ts';
import { openBureau } from '../store/open-bureau.ts';
import { openSession } from '../store/sessions.ts';
import { insertPeople, type TestPerson } from '../test/people.ts';

/** The embedded bureau as `npm start` runs it, in a data folder of its own, with the baseline's worker beside it. */
export interface BenchBureau {
  readonly url: string;
  readonly bureau: Bureau;
  readonly db: Database;
  readonly client: Client;
  /** A session of somebody. */
  tokenOf(person: TestPerson): Promise<string>;
  ask(request: string, as: TestPerson, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a benchmark reads what the contract says
  readonly body: any;
}

/** @param options.policy overlay on the shipped policy */
export async function benchBureau({ baseline: withBaseline = true, policy = 'timeScale: 1\n' } = {}): Promise<BenchBureau> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-bench-'));
  const overlay = path.join(folder, 'policy.yaml');
  writeFileSync(overlay, policy);
  // The bureau's processes read the same variables.
  Object.assign(process.env, { FIVEFOLD_DATA: folder, FIVEFOLD_DEMO: '0', FIVEFOLD_POLICY: overlay, PORT: String(await freePort()) });
  const config = readConfig();
  const bureau = embeddedBureau(config, () => undefined);
  const began = performance.now();
  const { url } = await bureau.start();
  process.stderr.write(`the bureau was ready after ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  const services = runningServices(config);
  const db = openDatabase(services.databaseUrl);
  await insertPeople(db);
  await db.$executeRaw`insert into account (person_id, password_hash) select id, 'none' from person`;
  const ring = readKeyRing(services.keys);
  const client = connectTemporal(services.temporalAddress, services.temporalNamespace, ring);
  const env = {
    ...process.env,
    DATABASE_URL: services.databaseUrl,
    TEMPORAL_ADDRESS: services.temporalAddress,
    FIVEFOLD_KEYS: services.keys,
  };
  const baseline = withBaseline ? await startEntry('bench/baseline-worker.ts', env, path.join(folder, 'logs', 'baseline.log')) : null;
  const tokens = new Map<TestPerson, string>();
  const tokenOf = async (person: TestPerson) => {
    const token = tokens.get(person) ?? (await openSession(db, PersonId.parse(person), new Date())).token;
    tokens.set(person, token);
    return token;
  };
  return {
    url,
    tokenOf,
    bureau: await openBureau(db, ring, { overlay, demo: false }),
    db,
    client,
    ask: async (request, as, body, headers = {}) => {
      const [method = 'GET', where = '/'] = request.split(' ');
      const sent = { 'Content-Type': 'application/json', Authorization: `Bearer ${await tokenOf(as)}`, ...headers };
      const response = await fetch(url + where, { method, headers: sent, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: response.status, body: await response.json() };
    },
    stop: async () => {
      await baseline?.stop();
      await client.connection.close();
      await db.$disconnect();
      await bureau.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
