import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type DevServer, startDevServer } from '../test/dev-server.ts';
import { testKeys, testRing } from '../test/key-ring.ts';
import type { RunningService } from './child-process.ts';
import { startEntry } from './entry-process.ts';
import { keyRing } from './key-ring.ts';
import { connectTemporal, taskQueue } from './temporal.ts';

const secret = '机密标记-7f3a91';
let server: DevServer;
let worker: RunningService;
const workerLog = () => readFileSync(path.join(server.folder, 'logs', 'secret-worker.log'), 'utf8');

beforeAll(async () => {
  server = await startDevServer();
  const env = { ...process.env, TEMPORAL_ADDRESS: server.address, FIVEFOLD_KEYS: testKeys };
  worker = await startEntry('test/fixtures/secret-worker.ts', env, path.join(server.folder, 'logs', 'secret-worker.log'));
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await server.stop();
});

const start = (workflowId: string) =>
  server.client.workflow.start('secretWorkflow', { workflowId, taskQueue, args: [{ text: secret }], memo: { note: secret } });

test('data comes back as it was, through input, query, update, local activity and result', async () => {
  const handle = await start('plain');
  expect(await handle.query('reveal')).toBe(secret);
  expect(await handle.executeUpdate('submit', { args: [`done ${secret}`] })).toBe(`done ${secret}`);
  expect(await handle.result()).toBe(`${secret} done ${secret}`);
  expect((await handle.describe()).memo).toEqual({ note: secret });
});

test('a refusal brings its type and details, a failure its message', async () => {
  const handle = await start('failing');
  await expect(handle.executeUpdate('submit', { args: [`refuse ${secret}`] })).rejects.toMatchObject({
    cause: { type: 'refused', message: `refuse ${secret}`, details: [`refuse ${secret}`] },
  });
  await handle.executeUpdate('submit', { args: [`fail ${secret}`] });
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'failed', message: `fail ${secret}` } });
});

test('what the SDK logs about a failing activity tells where, and nothing of the data', async () => {
  const handle = await start('stumbling');
  await handle.executeUpdate('submit', { args: [`stumble ${secret}`] });
  const line = workerLog()
    .split('\n')
    .find((text) => text.includes('stumbling'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'warn', workflowId: 'stumbling', error: expect.any(String) });
  expect(workerLog()).not.toContain(secret);
});

test('another ring cannot read it, and says which key it lacks', async () => {
  const stranger = connectTemporal(server.address, 'default', keyRing([{ id: 'other', secret: new Uint8Array(32) }]));
  await expect(stranger.workflow.getHandle('plain').result()).rejects.toThrow(`lacks the key ${testRing.ids[0]}`);
  await stranger.connection.close();
});

test('only ciphertext is found in the files of Temporal', async () => {
  const files = ['temporal.db', 'temporal.db-wal'].map((name) => readFileSync(path.join(server.folder, name)));
  const all = Buffer.concat(files);
  expect(all.includes('secretWorkflow')).toBe(true); // we do look at the right files
  expect(all.includes('binary/encrypted')).toBe(true);
  expect(all.includes(secret)).toBe(false);
});
