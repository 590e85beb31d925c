import { createHmac } from 'node:crypto';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { usualTopics } from '../domain/channels.ts';
import { PersonId } from '../domain/ids.ts';
import { createLogger } from '../platform/log.ts';
import type { Bureau } from '../store/bureau.ts';
import { type Channel, channelsOf, setChannels } from '../store/channels.ts';
import { retryDeliveries } from '../store/lists/deliveries.ts';
import { setPreference } from '../store/notice-preferences.ts';
import { openBureau } from '../store/open-bureau.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { testRing } from '../test/key-ring.ts';
import { insertPeople, type TestPerson } from '../test/people.ts';
import { httpReceiver, mailServer, ok, type Receiver, silentReceiver } from '../test/receivers.ts';
import { until } from '../test/until.ts';
import type { Channels } from './carry.ts';
import { channelsFor } from './channels.ts';
import { type PostRound, postRound } from './post.ts';

const silent = createLogger('test', new Writable({ write: (_chunk, _encoding, done) => done() }));
const toLocal = { internalReceivers: ['127.0.0.1'] };

let database: TestDatabase;
let bureau: Bureau;
const open: Receiver[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  bureau = await openBureau(database.db, testRing, { demo: true });
});
beforeEach(() => database.db.$executeRaw`truncate delivery, notice, channel, notice_preference, feed restart identity`);
afterEach(async () => void (await Promise.all(open.splice(0).map((each) => each.close()))));
afterAll(() => database?.drop());

async function receiving<R extends Receiver>(receiver: Promise<R>): Promise<R> {
  const opened = await receiver;
  open.push(opened);
  return opened;
}

const has = (person: TestPerson, ...channels: Omit<Channel, 'topics'>[]) =>
  setChannels(
    bureau,
    PersonId.parse(person),
    channels.map((channel) => ({ ...channel, topics: usualTopics(channel.kind) })),
  );

/** Queues a notice as the record does it. */
const tell = (person: TestPerson, { urgent = false, today = 1 } = {}) => database.db.$executeRaw`
  with notices as (
    insert into notice (person_id, kind, topic, urgent, at, facts)
    values (${person}, 'brief', 'brief', ${urgent}, now(), jsonb_build_object('kind', 'brief', 'on', '2026-03-04', 'units', '[]'::jsonb, 'overdue', 0, 'today', ${today}::int, 'week', 0))
    returning id, person_id, urgent, at)
  insert into delivery (notice_id, person_id, channel, state, urgent, queued_at)
  select n.id, n.person_id, c.kind, 'queued', n.urgent, n.at from notices n join channel c using (person_id)`;

const deliveries = () =>
  database.db.$queryRaw<{ person: string; state: string; attempts: number; error: string | null; wait: number }[]>`
    select person_id as person, state, attempts, error, round(extract(epoch from next_at - now()))::int as wait from delivery order by id`;
const stateOf = async (person: TestPerson) => (await deliveries()).find((each) => each.person === person)?.state;

const roundOf = (channels: Channels): PostRound => postRound({ bureau, channels, log: silent, ending: new AbortController().signal });

/** Sends what is due at an instant, to the end. */
/** The database's clock has microseconds: what it has just written is due in the next millisecond. */
const soon = (ms = 1) => new Date(Date.now() + ms);

async function post(channels: Channels, at = soon()): Promise<void> {
  const round = roundOf(channels);
  while ((await round.serve(at)) > 0) await round.allDone();
}

test('mail goes out by SMTP, in the language of the person, under an id that stays', async () => {
  const mail = await receiving(mailServer());
  await has('li', { kind: 'email', address: 'li@bureau.example' });
  await tell('li');
  await post(channelsFor(testRing, { smtpUrl: mail.url, ...toLocal }));
  const [sent] = mail.mails;
  expect(sent?.to).toEqual(['li@bureau.example']);
  expect(sent?.content).toMatch(/^From: fivefold@bureau\.example\r$/m);
  expect(sent?.content).toMatch(/^Message-ID: <delivery-1@fivefold>\r$/m);
  expect(decoded(sent?.content)).toContain('今日到期 1 项');
  expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 1, error: null }]);
});

/** The text of a mail of one part. */
function decoded(content = ''): string {
  const [head = '', body = ''] = content.split('\r\n\r\n');
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

test('a mailbox that does not exist fails alone: other people get their mail at once', async () => {
  const mail = await receiving(mailServer(['gone@bureau.example']));
  await has('li', { kind: 'email', address: 'gone@bureau.example' });
  await has('wang', { kind: 'email', address: 'wang@bureau.example' });
  await tell('li');
  await tell('wang');
  await post(channelsFor(testRing, { smtpUrl: mail.url, ...toLocal }));
  expect(await deliveries()).toMatchObject([
    { person: 'li', state: 'queued', attempts: 1, error: 'refused 550', wait: 10 },
    { person: 'wang', state: 'sent' },
  ]);
});

test('a message that can’t be made, such as one of a process that this build does not know, fails alone', async () => {
  const hook = await receiving(httpReceiver());
  await has('li', { kind: 'webhook', address: hook.url });
  await tell('li');
  await tell('li', { today: 2 });
  await database.db.$executeRaw`update notice set facts = '{"kind": "unheard-of"}' where id = 1`;
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  expect(hook.received).toHaveLength(1);
  expect(await deliveries()).toMatchObject([{ state: 'queued', attempts: 1, error: 'fault' }, { state: 'sent' }]);
});

test('a receiver can tell that a webhook comes from the bureau, and when', async () => {
  const hook = await receiving(httpReceiver());
  await has('li', { kind: 'webhook', address: `${hook.url}/notices` });
  await tell('li');
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  const { body = '', headers = {} } = hook.received[0] ?? {};
  expect(JSON.parse(body)).toMatchObject({ delivery: '1', case: null, kind: 'brief' });
  const signature = String(headers['x-fivefold-signature']);
  expect(isGenuine(signature, body)).toBe(true);
  expect(isGenuine(signature, body.replace('brief', 'grief'))).toBe(false);
  const [, time = '', mac = ''] = /^t=(\d+),v1=(.+)$/.exec(signature) ?? [];
  expect(isGenuine(`t=${Number(time) - 301},v1=${mac}`, body)).toBe(false);
  expect(isGenuine(signature, body, Number(time) + 301)).toBe(false);
});

/** What a receiver does that knows the signing key: the MAC over time and body, and no older than five minutes. */
function isGenuine(signature: string, body: string, now = Math.floor(Date.now() / 1000)): boolean {
  const [, time = '', mac = ''] = /^t=(\d+),v1=(.+)$/.exec(signature) ?? [];
  return testRing.verifyMac('sign', `${time}.${body}`, mac) && Math.abs(now - Number(time)) <= 300;
}

test('group robots of WeCom and DingTalk are spoken to in their own formats, DingTalk signed', async () => {
  const [wecom, dingtalk] = [await receiving(httpReceiver()), await receiving(httpReceiver())];
  await has(
    'li',
    { kind: 'wecom', address: `${wecom.url}/cgi-bin/webhook/send?key=k1` },
    { kind: 'dingtalk', address: `${dingtalk.url}/robot/send?access_token=t1`, secret: 'SEC1' },
  );
  await tell('li', { today: 3 });
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  for (const { received } of [wecom, dingtalk]) {
    expect(received[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ msgtype: 'text', text: { content: expect.stringContaining('今日到期 3 项') } });
  }
  expect(wecom.received[0]?.url.search).toBe('?key=k1');
  const { access_token, timestamp = '', sign } = Object.fromEntries(dingtalk.received[0]?.url.searchParams ?? []);
  expect(access_token).toBe('t1');
  expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(60_000);
  expect(sign).toBe(createHmac('sha256', 'SEC1').update(`${timestamp}\nSEC1`).digest('base64'));
});

test('what a robot answers with an error code was not delivered, although it says 200', async () => {
  const robot = await receiving(httpReceiver((response) => response.end('{"errcode":310000,"errmsg":"sign not match"}')));
  await has('li', { kind: 'dingtalk', address: robot.url });
  await tell('li');
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  expect(await deliveries()).toMatchObject([{ state: 'queued', attempts: 1, error: 'refused 310000' }]);
});

test('a robot says in one message all that is due, and then pauses', async () => {
  const robot = await receiving(httpReceiver());
  await has('li', { kind: 'wecom', address: robot.url });
  for (const today of [1, 2, 3]) await tell('li', { today });
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  await tell('li', { today: 4 });
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  expect(robot.received).toHaveLength(1);
  expect(JSON.parse(robot.received[0]?.body ?? '').text.content).toMatch(/3 条通知\n.+到期 1 项.+\n.+到期 2 项.+\n.+到期 3 项/);
  expect((await deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'queued']);
});

test.each([
  'http://127.0.0.1:1/',
  'http://localhost:1/',
  'http://[::1]:1/',
  'http://2130706433:1/',
  'http://169.254.169.254/latest/meta-data',
])('nothing goes to %s unless the operator allows it', async (address) => {
  await has('li', { kind: 'webhook', address });
  await tell('li');
  await post(channelsFor(testRing, { smtpUrl: undefined, internalReceivers: [] }));
  expect(await deliveries()).toMatchObject([{ state: 'queued', attempts: 1, error: 'not-allowed' }]);
});

test('a redirection is not followed', async () => {
  const inner = await receiving(httpReceiver());
  const outer = await receiving(httpReceiver((response) => response.writeHead(307, { location: inner.url }).end()));
  await has('li', { kind: 'webhook', address: outer.url });
  await tell('li');
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  expect(inner.received).toEqual([]);
  expect(await deliveries()).toMatchObject([{ state: 'queued', error: 'refused 307' }]);
});

test('receivers that never answer hold up nobody else', async () => {
  const [dead, alive] = [await receiving(silentReceiver()), await receiving(httpReceiver())];
  const stuck: TestPerson[] = [
    'handler-1',
    'handler-2',
    'leader-1',
    'leader-2',
    'desk-1',
    'desk-2',
    'reviewer-1',
    'reviewer-2',
    'reviewer-3',
    'chief',
    'supervisor-1',
    'supervisor-2',
  ];
  for (const person of stuck) await has(person, { kind: 'webhook', address: dead.url });
  for (const person of stuck) await tell(person);
  await has('li', { kind: 'webhook', address: alive.url });
  await tell('li');
  const round = roundOf(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  await round.serve(soon());
  await until(async () => (await stateOf('li')) === 'sent', 'li got nothing');
  expect((await deliveries()).filter(({ attempts }) => attempts > 0)).toHaveLength(1);
  await Promise.all(open.splice(0).map((each) => each.close()));
  await round.allDone();
}, 20_000);

test('a message is tried twelve times over a day, then it stands as failed and the person reads in the inbox that the channel fails', async () => {
  await has('li', { kind: 'webhook', address: 'http://127.0.0.1:1/' });
  await tell('li');
  const channels = channelsFor(testRing, { smtpUrl: undefined, ...toLocal });
  const waits: number[] = [];
  for (let tries = 0; tries < 12; tries++) {
    await database.db.$executeRaw`update delivery set next_at = now() - interval '1 second'`;
    await post(channels);
    waits.push((await deliveries())[0]?.wait ?? 0);
  }
  expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: 12, error: 'unreachable' }]);
  const spread = waits.slice(0, 11);
  expect(spread).toEqual(spread.toSorted((a, b) => a - b));
  expect(spread[0]).toBeLessThanOrEqual(10);
  expect(spread.reduce((sum, wait) => sum + wait, 0) / 3600).toBeCloseTo(23, 0);
  const told = await database.db
    .$queryRaw`select person_id, facts->>'channel' as channel, case_id from notice where kind = 'channel-failed'`;
  expect(told).toEqual([{ person_id: 'li', channel: 'webhook', case_id: null }]);
  expect(await channelsOf(bureau, PersonId.parse('li'))).toMatchObject([{ failingSince: expect.any(Date), error: 'unreachable' }]);
});

test('an administrator sends a failed message again, and a channel that works again says so', async () => {
  const hook = await receiving(httpReceiver());
  await has('li', { kind: 'webhook', address: hook.url });
  await tell('li');
  await database.db.$executeRaw`update delivery set state = 'failed', attempts = 12, ended_at = now()`;
  await database.db.$executeRaw`update channel set failing_since = now(), error = 'unreachable', failure_told = true`;
  expect(await retryDeliveries(database.db, {}, new Date())).toBe(1);
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 1 }]);
  expect(await channelsOf(bureau, PersonId.parse('li'))).toMatchObject([{ failingSince: null, error: null }]);
});

test('in quiet hours messages wait and then come as one, an emergency passes', async () => {
  const hook = await receiving(httpReceiver());
  const channels = channelsFor(testRing, { smtpUrl: undefined, ...toLocal });
  await has('li', { kind: 'webhook', address: hook.url });
  await setPreference(database.db, PersonId.parse('li'), { quiet: { from: 22 * 60, to: 7 * 60 }, quietDaysOff: false, digestAt: null });
  for (const today of [1, 2]) await tell('li', { today });
  await tell('li', { today: 3, urgent: true });
  await database.db.$executeRaw`update delivery set next_at = '2026-03-04T22:30+08:00'`;
  await post(channels, new Date('2026-03-04T23:00+08:00'));
  expect(hook.received.map(({ body }) => JSON.parse(body).text)).toEqual([expect.stringContaining('今日到期 3 项')]);
  await post(channels, new Date('2026-03-05T06:59+08:00'));
  expect(hook.received).toHaveLength(1);
  await post(channels, new Date('2026-03-05T07:00+08:00'));
  expect(hook.received).toHaveLength(2);
  expect(JSON.parse(hook.received[1]?.body ?? '')).toMatchObject({
    delivery: '1',
    kind: 'digest',
    notices: [{ kind: 'brief' }, { kind: 'brief' }],
  });
});

test('a digest that is sent twice, because nobody learned that it had arrived, is the same message with the same id', async () => {
  const hook = await receiving(httpReceiver((response, nth) => (nth === 1 ? response.destroy() : ok(response))));
  const channels = channelsFor(testRing, { smtpUrl: undefined, ...toLocal });
  await has('li', { kind: 'webhook', address: hook.url });
  await setPreference(database.db, PersonId.parse('li'), { quiet: null, quietDaysOff: false, digestAt: 17 * 60 });
  for (const today of [1, 2]) await tell('li', { today });
  await database.db.$executeRaw`update delivery set next_at = '2026-03-04T09:00+08:00'`;
  await post(channels, new Date('2026-03-04T09:00+08:00'));
  expect(hook.received).toEqual([]);
  await post(channels, new Date('2026-03-04T17:00+08:00'));
  await tell('li', { today: 3 });
  await database.db.$executeRaw`update delivery set next_at = '2026-03-04T17:05+08:00'`;
  await post(channels, new Date('2026-03-04T17:10+08:00'));
  expect(hook.received).toHaveLength(2);
  expect(hook.received[1]?.body).toBe(hook.received[0]?.body);
  expect((await deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent', 'queued']);
});

test('what a post that died had taken is taken up by the next one, and two at once send nothing twice', async () => {
  const hook = await receiving(httpReceiver());
  const channels = channelsFor(testRing, { smtpUrl: undefined, ...toLocal });
  await has('li', { kind: 'webhook', address: hook.url });
  await has('wang', { kind: 'webhook', address: hook.url });
  await tell('li');
  await tell('wang');
  await database.db.$executeRaw`update channel set leased_until = now() + interval '60 seconds' where person_id = 'li'`;
  await Promise.all([post(channels), post(channels)]);
  expect(hook.received).toHaveLength(1);
  await Promise.all([post(channels, soon(61_000)), post(channels, soon(61_000))]);
  expect(hook.received).toHaveLength(2);
});

test('over a channel that was taken away nothing is sent any more', async () => {
  const hook = await receiving(httpReceiver());
  await has('li', { kind: 'webhook', address: hook.url });
  await tell('li');
  await has('li');
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  await sleep(0);
  expect(hook.received).toEqual([]);
  expect(await deliveries()).toMatchObject([{ state: 'failed', error: 'channel-removed' }]);
});

test('without a mail server mail counts as not delivered, for everybody to see', async () => {
  await has('li', { kind: 'email', address: 'li@bureau.example' });
  await tell('li');
  await post(channelsFor(testRing, { smtpUrl: undefined, ...toLocal }));
  expect(await deliveries()).toMatchObject([{ state: 'queued', attempts: 1, error: 'not-configured' }]);
});
