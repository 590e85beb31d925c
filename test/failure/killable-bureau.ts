import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { freePort, type RunningService } from '../../platform/child-process.ts';
import { type Database, openDatabase } from '../../platform/database.ts';
import { startPostgres } from '../../platform/embedded-postgres.ts';
import { startTemporal } from '../../platform/embedded-temporal.ts';
import { startEntry } from '../../platform/entry-process.ts';
import { migrate } from '../../platform/migrate.ts';
import { connectTemporal } from '../../platform/temporal.ts';
import { type TestClient, testClient } from '../api.ts';
import { testKeys, testRing } from '../key-ring.ts';
import { insertAccounts, insertPeople } from '../people.ts';
import { testService } from '../service.ts';

/** A process of the bureau. */
export interface Part {
  start(): Promise<void>;
  /** kill -9; returns when it is gone. */
  kill(): Promise<void>;
  /** Stops it where it is: it keeps its connections and answers nothing. */
  freeze(): void;
  /** When the process that runs now has ended, for whatever reason. */
  ended(): Promise<unknown>;
}

/** The whole bureau, each part the real program in a process of its own that a test can kill and start again; with the people of people.ts. */
export interface KillableBureau extends TestClient {
  readonly db: Database;
  readonly engine: Client;
  readonly postgres: Part;
  readonly temporal: Part;
  readonly worker: Part;
  /** A worker that once, right before or after the commit of a step with this kind of change, kills -9 itself, Temporal or both (fixtures/mortal-worker.ts). */
  mortalWorker(when: 'before' | 'after', change: string, kills: readonly ('worker' | 'temporal')[]): Part;
  readonly api: Part;
  /** Another overlay on the shipped policy, which each process reads at its next start. */
  changePolicy(policy: string): void;
  /** kill -9 of Temporal, and its whole database is gone. */
  loseTemporal(): Promise<void>;
  close(): Promise<void>;
}

/** @param policy overlay on the shipped policy */
export async function killableBureau(policy = 'timeScale: 1\n'): Promise<KillableBureau> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-killable-'));
  const overlay = path.join(folder, 'policy.yaml');
  writeFileSync(overlay, policy);
  const [program, bundle] = await Promise.all([testService('temporal-program'), testService('bundle')]);
  const [postgres, temporal, port] = await Promise.all([startPostgres(folder), startTemporal(program, folder, { ui: false }), freePort()]);
  await migrate(postgres.url());
  const db = openDatabase(postgres.url(), { connections: 2 });
  const engine = connectTemporal(temporal.address, 'default', testRing);
  await insertPeople(db);
  await insertAccounts(db);

  const env = {
    ...process.env,
    PORT: String(port),
    DATABASE_URL: postgres.url(),
    TEMPORAL_ADDRESS: temporal.address,
    FIVEFOLD_KEYS: testKeys,
    FIVEFOLD_POLICY: overlay,
    FIVEFOLD_DEMO: '1', // a policy may speed time up
  };
  const entry = (file: string, more: NodeJS.ProcessEnv = {}) =>
    startEntry(file, { ...env, ...more }, path.join(folder, 'logs', `${path.basename(file)}.log`));
  const parts = {
    postgres: partOf(() => startPostgres(folder), postgres),
    temporal: partOf(() => startTemporal(program, folder, { ui: false }), temporal),
    worker: partOf(() => entry('worker.ts')),
    api: partOf(() => entry('server.ts')),
  };
  const mortals: ReturnType<typeof partOf>[] = [];
  return {
    ...parts,
    ...testClient(`http://127.0.0.1:${port}`, db),
    db,
    engine,
    mortalWorker: (when, change, kills) => {
      const died = path.join(folder, `died-${mortals.length}`);
      const mortal = partOf(() => {
        const victims = kills.map((victim) => (victim === 'worker' ? 'self' : parts.temporal.pid()));
        const fate = { BUNDLE: bundle, DIE_WHEN: when, DIE_AT: change, DIED: died, KILLS: victims.join() };
        return entry('test/fixtures/mortal-worker.ts', fate);
      });
      mortals.push(mortal);
      return mortal;
    },
    changePolicy: (next) => writeFileSync(overlay, next),
    loseTemporal: async () => {
      await parts.temporal.kill();
      for (const file of ['', '-wal', '-shm']) rmSync(path.join(folder, `temporal.db${file}`), { force: true });
    },
    close: async () => {
      for (const part of [parts.api, parts.worker, ...mortals, parts.temporal]) await part.stop();
      await Promise.all([db.$disconnect(), engine.connection.close()]);
      await parts.postgres.stop();
      if (process.env.KEEP) process.stderr.write(folder);
      else rmSync(folder, { recursive: true, force: true });
    },
  };
}

function partOf(open: () => Promise<RunningService>, opened?: RunningService): Part & { pid(): number; stop(): Promise<void> } {
  let running = opened;
  const pid = () => {
    if (running === undefined) throw new Error('it does not run');
    return running.pid;
  };
  return {
    pid,
    start: async () => {
      running = await open();
    },
    kill: async () => {
      process.kill(pid(), 'SIGKILL');
      await running?.ended;
      running = undefined;
    },
    freeze: () => void process.kill(pid(), 'SIGSTOP'),
    ended: async () => running?.ended,
    stop: async () => {
      await running?.stop();
      running = undefined;
    },
  };
}
