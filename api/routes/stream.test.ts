import { type TestApi, testApi } from '../../test/api.ts';
import type { TestPerson } from '../../test/people.ts';

let api: TestApi;
beforeEach(async () => {
  api = await testApi();
});
afterEach(() => api.close());

interface Received {
  readonly id: string;
  readonly event?: string;
  readonly data?: { readonly case: string };
}

/** Reads a stream until `enough`, then hangs up. */
async function listen(as: TestPerson, enough: (events: Received[]) => boolean, lastEventId?: string): Promise<Received[]> {
  const hangUp = new AbortController();
  const headers = { Authorization: `Bearer ${await api.tokenOf(as)}`, ...(lastEventId && { 'Last-Event-ID': lastEventId }) };
  const response = await fetch(`${api.url}/api/v1/stream`, { headers, signal: hangUp.signal });
  const events: Received[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    events.push(...blocks.map(parse));
    if (enough(events)) break;
  }
  hangUp.abort();
  return events;
}

function parse(block: string): Received {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  const data = fields.get('data');
  return {
    id: fields.get('id') ?? '',
    ...(fields.has('event') && { event: fields.get('event') ?? '' }),
    ...(data !== undefined && { data: JSON.parse(data) }),
  };
}

const open = async (title: string): Promise<string> => {
  const data = { channel: 'self-service', title, content: '…' };
  return (await api.ask('POST /api/v1/cases', { as: 'li', body: { process: 'appeal', data }, headers: { Prefer: 'respond-async' } })).body
    .number;
};
async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const casesIn = (events: readonly Received[]) => events.filter(({ event }) => event === 'case').map(({ data }) => data?.case);

/** A case, and the place in the stream after all that its acceptance wrote: a new reader may begin before it, while other transactions of the cluster are under way. */
async function openAndRead(title: string): Promise<{ number: string; mark: string }> {
  const start = await listen('desk-1', (events) => events.length > 0);
  const number = await open(title);
  const told = await listen('desk-1', (events) => casesIn(events).includes(number), start.at(-1)?.id);
  return { number, mark: told.at(-1)?.id ?? '' };
}

test('a reader is told at once of a case, its task and a notice, and nobody else is', async () => {
  const desk = listen('desk-1', (events) => ['case', 'task', 'notification'].every((kind) => events.some(({ event }) => event === kind)));
  const stranger = listen('wang', (events) => events.some(({ event }) => event !== undefined));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const number = await open('实时');
  expect((await desk).filter(({ data }) => data !== undefined).every(({ data }) => data?.case === number)).toBe(true);
  await api.ask(`POST /api/v1/cases/${number}/copy`, { as: 'desk-1', body: { people: ['wang'] } });
  const seen = (await stranger).filter(({ data }) => data !== undefined);
  expect(seen.length).toBeGreaterThan(0); // from the copy on
});

test('a reader that comes back with its last event id misses nothing and gets nothing twice', async () => {
  const { number: first, mark } = await openAndRead('一');
  const numbers = [];
  for (let index = 0; index < 30; index += 1) numbers.push(await open(`断线 ${index}`));
  const seen: Received[] = [];
  let last = mark;
  while (casesIn(seen).length < numbers.length) {
    const some = await listen(
      'desk-1',
      (events) => casesIn(events).length >= 7 || casesIn([...seen, ...events]).length >= numbers.length,
      last,
    );
    const upTo = some.findLastIndex(({ event }) => event !== undefined);
    seen.push(...some.slice(0, upTo + 1));
    last = some[upTo]?.id ?? last;
  }
  expect(casesIn(seen)).toEqual(numbers);
  expect(casesIn(seen)).not.toContain(first);
});

test('a row that commits late is still read', async () => {
  const { db } = api.database;
  const { number: early, mark } = await openAndRead('先占号');
  const reading = listen('desk-1', (events) => casesIn(events).length >= 3, mark);
  const numbers: string[] = [];
  // A transaction takes its feed row first and commits last: until then the reader waits with what came after it.
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`insert into feed (at, kind, case_id) select now(), 'case', id from "case" where number = ${early}`;
    numbers.push(await open('后来居上'));
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  numbers.push(await open('收尾'));
  expect(casesIn(await reading)).toEqual([early, ...numbers]);
});

test('stopping the server ends streams and lets a request finish', async () => {
  const ended = listen('desk-1', () => false);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { db } = api.database;
  // The request is under way for as long as it cannot get a number.
  const { lastWords, stopped } = await db.$transaction(async (tx) => {
    await tx.$executeRaw`lock table case_counter in exclusive mode`;
    const lastWords = open('关机前');
    await until(async () => (await db.$executeRaw`select from pg_locks where not granted and relation = 'case_counter'::regclass`) > 0);
    return { lastWords, stopped: api.stop() };
  });
  expect(await lastWords).toMatch(/^SQ-/);
  await stopped;
  expect((await ended).length).toBeGreaterThan(0);
  await expect(fetch(`${api.url}/healthz`)).rejects.toThrow();
});
