import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startEntry } from '../../platform/entry-process.ts';
import { type Answer, type TestApi, testApi } from '../api.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';
import { testKeys } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { testService } from '../service.ts';

let server: DevServer;
let api: TestApi;
let folder: string;
beforeAll(async () => {
  server = await startDevServer();
  api = await testApi({ temporal: server.client });
  folder = mkdtempSync(path.join(tmpdir(), 'fivefold-killed-'));
}, 120_000);
let worker: { deaths(): number; stop(): Promise<void> } | undefined;
afterEach(() => worker?.stop());
afterAll(async () => {
  await api?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Starts a worker that dies once as told, and in its place another one whenever one has died. */
async function mortalWorker(name: string, when: 'before' | 'after', change: string) {
  const env = {
    ...process.env,
    DATABASE_URL: api.database.url,
    TEMPORAL_ADDRESS: server.address,
    FIVEFOLD_KEYS: testKeys,
    BUNDLE: await testService('bundle'),
    DIE_WHEN: when,
    DIE_AT: change,
    DIED: path.join(folder, name),
  };
  const start = () => startEntry('test/fixtures/mortal-worker.ts', env, path.join(folder, `${name}.log`));
  let deaths = 0;
  let stopped = false;
  let current = await start();
  const watched = (async () => {
    for (;;) {
      await current.ended;
      if (stopped) return;
      deaths += 1;
      current = await start();
    }
  })();
  return {
    deaths: () => deaths,
    stop: async () => {
      stopped = true;
      await current.stop();
      await watched;
    },
  };
}

const wish = { channel: 'desk', title: '宿舍漏水', content: '三楼宿舍漏水两周。' };

/** Sends the same request with the same key until its outcome is known, as api.md asks of a client. */
async function insist(request: string, as: TestPerson, body: unknown): Promise<Answer> {
  const key = `key-${Math.random()}`;
  for (let tries = 0; ; tries++) {
    const answer = await api.ask(request, { as, body, headers: { 'Idempotency-Key': key } });
    if (answer.status !== 503) return answer;
    expect(['/problems/outcome-unknown', '/problems/engine-unavailable']).toContain(answer.body.type);
    if (tries === 20) throw new Error('the outcome stayed unknown');
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function openTask(number: string, as: TestPerson): Promise<string> {
  const { body } = await api.ask(`GET /api/v1/cases/${number}`, { as });
  return body.tasks.find((task: { state: string }) => task.state === 'open').id;
}

const typesOf = async (number: string): Promise<string[]> => {
  const { body } = await api.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' });
  return (body.items ?? body).map(({ type }: { type: string }) => type);
};

describe.each([
  ['before', 'start', 'mark'],
  ['after', 'start', 'mark'],
  ['before', 'submission', 'complete-task'],
  ['after', 'submission', 'complete-task'],
] as const)('a worker killed with -9 %s the commit of a %s', (when, name, change) => {
  test('leaves one event and no second effect', async () => {
    worker = await mortalWorker(`${when}-${name}`, when, change);
    const { status, body } = await insist('POST /api/v1/cases', 'li', { process: 'appeal', data: wish });
    expect([200, 201]).toContain(status);
    const { number } = body;
    const accepted = await insist(`POST /api/v1/tasks/${await openTask(number, 'desk-1')}/complete`, 'desk-1', {
      data: { decision: 'accept', handler: 'handler-1' },
    });
    expect(accepted.status).toBe(200);
    const classified = await insist(`POST /api/v1/tasks/${await openTask(number, 'handler-1')}/complete`, 'handler-1', {
      data: { route: 'measure', tier: '3' },
    });
    expect(classified.body).toMatchObject({ stage: 'handle' });
    await worker.stop();

    expect(worker.deaths()).toBe(1);
    const types = await typesOf(number);
    for (const once of ['case-accepted', 'marked', 'handler-named']) {
      expect(types.filter((type) => type === once)).toHaveLength(1);
    }
    expect(types.filter((type) => type === 'task-completed')).toHaveLength(2);
    expect(types.filter((type) => type === 'task-opened')).toHaveLength(3);
    expect((await api.ask(`GET /api/v1/cases/${number}/verify`, { as: 'supervisor-1' })).body).toMatchObject({ ok: true });
  }, 90_000);
});
