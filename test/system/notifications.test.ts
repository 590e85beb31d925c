import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { channelsFor } from '../../activities/channels.ts';
import { openBureau } from '../../store/open-bureau.ts';
import { type TestApi, testApi } from '../api.ts';
import { wish } from '../appeal.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';
import { testRing } from '../key-ring.ts';
import type { TestPerson } from '../people.ts';
import { type HttpReceiver, httpReceiver, type MailServer, mailServer, type Receiver, silentReceiver } from '../receivers.ts';
import { until } from '../until.ts';
import { runTestWorker } from '../worker.ts';

let engine: DevServer;
let api: TestApi;
let worker: { stop(): Promise<void> };
let mail: MailServer;
let hook: HttpReceiver;
let robot: HttpReceiver;
let dead: Receiver;

beforeAll(async () => {
  [engine, mail, hook, robot, dead] = await Promise.all([startDevServer(), mailServer(), httpReceiver(), httpReceiver(), silentReceiver()]);
  api = await testApi({ temporal: engine.client });
  const bureau = await openBureau(api.database.db, testRing, { demo: true });
  const channels = channelsFor(testRing, { smtpUrl: mail.url, internalReceivers: ['127.0.0.1'] });
  worker = await runTestWorker(bureau, engine.client, engine.address, channels);
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await api?.close();
  await engine?.stop();
  await Promise.all([mail, hook, robot, dead].map((each) => each?.close()));
}, 30_000);

const ask = async (request: string, as: TestPerson, body?: unknown) =>
  (await api.ask(request, { as, ...(body === undefined ? {} : { body }) })).body;
const failed = async () => (await ask('GET /api/v1/deliveries?state=failed', 'admin')).items;

test('a case with a dead receiver closes at once, its workflow ends, and the message is found, retried and received', async () => {
  await ask('PUT /api/v1/me/channels', 'desk-1', {
    email: 'desk@bureau.example',
    webhook: `${hook.url}/notices`,
    wecom: `${robot.url}/cgi-bin/webhook/send?key=k`,
    dingtalk: { url: `${robot.url}/robot/send?access_token=t`, secret: 'SEC' },
  });
  await ask('PUT /api/v1/me/channels', 'desk-2', { webhook: dead.url });

  const { number } = await ask('POST /api/v1/cases', 'li', { process: 'appeal', data: wish });
  await ask(`POST /api/v1/cases/${number}/withdraw`, 'li', { reason: '已解决' });
  const ended = async () => (await engine.client.workflow.getHandle(number).describe()).status.name === 'COMPLETED';
  await until(ended, 'the workflow goes on');
  expect((await ask(`GET /api/v1/cases/${number}`, 'li')).state).toBe('closed');
  const left = await ask('GET /api/v1/deliveries?state=queued&person=desk-2', 'admin');
  expect(left.items.length).toBeGreaterThan(0);

  const arrived = async () => mail.mails.length > 0 && hook.received.length > 0 && robot.received.length >= 2;
  await until(arrived, 'the desk was not told over its channels');
  expect(JSON.parse(hook.received[0]?.body ?? '')).toMatchObject({ case: number, kind: 'task-opened' });
  expect(robot.received.map(({ url }) => url.pathname).toSorted()).toEqual(
    expect.arrayContaining(['/cgi-bin/webhook/send', '/robot/send']),
  );

  // The receiver goes away altogether, and its last try has come.
  await dead.close();
  await until(async () => (await tried()) > 0, 'the dead receiver was not tried');
  await api.database.db.$executeRaw`update delivery set attempts = 11, next_at = now() where person_id = 'desk-2' and state = 'queued'`;
  await until(async () => (await failed()).length > 0, 'the delivery did not fail');
  expect(await failed()).toEqual(expect.arrayContaining([expect.objectContaining({ person: 'desk-2', channel: 'webhook', attempts: 12 })]));
  expect((await ask('GET /api/v1/me/channels', 'desk-2')).failing).toMatchObject([{ channel: 'webhook' }]);
  const inbox = async () => (await ask('GET /api/v1/notifications', 'desk-2')).items.map(({ kind }: { kind: string }) => kind);
  expect(await inbox()).toContain('channel-failed');

  const before = hook.received.length;
  await ask('PUT /api/v1/me/channels', 'desk-2', { webhook: `${hook.url}/desk-2` });
  expect((await ask('POST /api/v1/deliveries/retry', 'admin', { person: 'desk-2' })).retried).toBeGreaterThan(0);
  await until(async () => hook.received.slice(before).some(({ url }) => url.pathname === '/desk-2'), 'the retried message did not arrive');
  await until(async () => (await failed()).length === 0, 'it stands as failed still');
}, 60_000);

const tried = async (): Promise<number> => {
  const { items } = await ask('GET /api/v1/deliveries?state=queued&person=desk-2', 'admin');
  return Math.max(0, ...items.map(({ attempts }: { attempts: number }) => attempts));
};
