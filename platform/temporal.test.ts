import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { type DevServer, startDevServer } from '../test/dev-server.ts';
import { testKeys, testRing } from '../test/key-ring.ts';
import { testService } from '../test/service.ts';
import { freePort } from './child-process.ts';
import { startTemporal } from './embedded-temporal.ts';
import { startEntry } from './entry-process.ts';
import { connectTemporal, engineError, isServing, taskQueue, untilServing, withDeadline } from './temporal.ts';

let server: DevServer;
beforeAll(async () => {
  server = await startDevServer();
}, 60_000);
afterAll(() => server.stop());

const start = (client: Client, workflowId: string) => client.workflow.start('nobody', { workflowId, taskQueue });
const failureOf = (call: Promise<unknown>) => call.then(() => undefined, engineError);

test('an engine that is not there is unavailable: nothing was changed', async () => {
  const client = connectTemporal(`127.0.0.1:${await freePort()}`, 'default', testRing);
  expect(await failureOf(withDeadline(client, 5000, () => start(client, 'a')))).toBe('unavailable');
  expect(await failureOf(withDeadline(client, 5000, () => client.workflow.getHandle('a').executeUpdate('submit')))).toBe('unavailable');
  expect(await isServing(client)).toBe(false);
  await client.connection.close();
});

test('no answer in time leaves the outcome unknown', async () => {
  const handle = await start(server.client, 'no-worker');
  expect(await failureOf(withDeadline(server.client, 300, () => handle.executeUpdate('submit')))).toBe('unknown');
  expect(await failureOf(withDeadline(server.client, 300, () => handle.query('state')))).toBe('unknown');
});

test('what the engine answers is its answer', async () => {
  const unknownCase = server.client.workflow.getHandle('no-such-case');
  expect(await failureOf(withDeadline(server.client, 5000, () => unknownCase.executeUpdate('submit')))).toBeUndefined();
  expect(await failureOf(start(server.client, 'no-worker'))).toBeUndefined();
});

test('a connection that breaks during a call leaves the outcome unknown, and the client goes on when the engine is back', async () => {
  const program = await testService('temporal-program');
  const folder = `${server.folder}/second`;
  mkdirSync(folder);
  const engine = await startTemporal(program, folder, { ui: false });
  const client = connectTemporal(engine.address, 'default', testRing);
  const handle = await start(client, 'waits');
  const call = failureOf(withDeadline(client, 20_000, () => handle.executeUpdate('submit')));
  await sleep(200); // under way: there is no worker that could answer it
  process.kill(engine.pid, 'SIGKILL');
  expect(await call).toBe('unknown');
  expect(await failureOf(withDeadline(client, 5000, () => start(client, 'refused')))).toBe('unavailable');

  const again = await startTemporal(program, folder, { ui: false });
  expect(again.address).toBe(engine.address);
  expect(await untilServing(client, 3000)).toBe(true);
  await start(client, 'accepted');
  await client.connection.close();
  await again.stop();
}, 30_000);

test('a workflow that its worker cannot carry on turns calls away, which is no fault of theirs', async () => {
  const env = { ...process.env, TEMPORAL_ADDRESS: server.address, FIVEFOLD_KEYS: testKeys };
  const worker = await startEntry('test/fixtures/secret-worker.ts', env, `${server.folder}/logs/other-worker.log`);
  const handle = await start(server.client, 'of-another-build');
  let failure: string | undefined;
  while (failure !== 'turned-away') {
    failure = await failureOf(withDeadline(server.client, 1000, () => handle.executeUpdate('submit')));
    expect(['unknown', 'turned-away']).toContain(failure);
  }
  await worker.stop();
}, 60_000);
