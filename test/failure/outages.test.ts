import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../api.ts';
import { forms, wish } from '../appeal.ts';
import type { TestPerson } from '../people.ts';
import { insist, untilTrue } from './insist.ts';
import { type KillableBureau, killableBureau, type Part } from './killable-bureau.ts';

const shortLimit = `
ladders:
  short:
    - {at: limit, do: due, to: assignee}
    - {after: {seconds: 1}, do: escalate, to: supervising-leader}
processes:
  rectification:
    tasks:
      sign: {limit: {seconds: 3}, ladder: short}
`;

let bureau: KillableBureau;
beforeAll(async () => {
  bureau = await killableBureau(shortLimit);
  await Promise.all([bureau.worker.start(), bureau.api.start()]);
}, 120_000);
afterAll(() => bureau?.close());

const appeal = { process: 'appeal', data: wish };
const open = async (): Promise<Answer['body']> => {
  const { body } = await insist(bureau, 'POST /api/v1/cases', { as: 'li', body: appeal });
  await untilTrue(() => hasBegun(body.number), `${body.number} did not begin`);
  return body;
};
const accept = (number: string, key: string): Promise<Answer> =>
  bureau.ask(`POST /api/v1/tasks/${number}.1/complete`, {
    as: 'desk-1',
    body: { data: forms.accept },
    headers: { 'Idempotency-Key': key },
  });

interface Told {
  readonly type: string;
  readonly at: string;
}
const eventsOf = async (number: string): Promise<Told[]> =>
  (await bureau.ask(`GET /api/v1/cases/${number}/events`, { as: 'supervisor-1' })).body;
const countOf = async (number: string, type: string) => (await eventsOf(number)).filter((event) => event.type === type).length;
/** The workflow's own first step, which only a worker takes, has been recorded. */
const hasBegun = async (number: string) => (await countOf(number, 'marked')) === 1;
const casesOf = async (as: TestPerson): Promise<string[]> =>
  (await bureau.ask('GET /api/v1/cases?limit=200', { as })).body.items.map(({ number }: { number: string }) => number);
const verified = async (number: string) => (await bureau.ask(`GET /api/v1/cases/${number}/verify`, { as: 'supervisor-1' })).body.ok;

describe('while Temporal is killed', () => {
  test('intake goes on, a task waits without any effect, and both go on when it is back', async () => {
    const { number } = await open();
    await bureau.temporal.kill();
    const late = await bureau.ask('POST /api/v1/cases', { as: 'li', body: appeal });
    expect(late).toMatchObject({ status: 201, body: { state: 'accepted', tasks: [{ key: 'accept', state: 'open' }] } });
    const key = randomUUID();
    const refused = await accept(number, key);
    expect(refused.status).toBe(503);
    expect(['/problems/engine-unavailable', '/problems/outcome-unknown']).toContain(refused.body.type);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await countOf(number, 'task-completed')).toBe(0);

    await bureau.temporal.start();
    await untilTrue(() => hasBegun(late.body.number), 'the accepted case did not begin by itself');
    const done = await insist(bureau, `POST /api/v1/tasks/${number}.1/complete`, {
      as: 'desk-1',
      body: { data: forms.accept },
      headers: { 'Idempotency-Key': key },
    });
    expect(done).toMatchObject({ status: 200, body: { stage: 'classify' } });
    expect((await accept(number, key)).status).toBe(200);
    expect(await countOf(number, 'task-completed')).toBe(1);
    expect(await verified(number)).toBe(true);
  }, 60_000);
});

describe('while PostgreSQL is killed', () => {
  test('everything is refused with what to do, nothing is half done, and goes on when it is back', async () => {
    const { number } = await open();
    const before = await casesOf('li');
    await bureau.postgres.kill();
    const [intake, task] = [randomUUID(), randomUUID()];
    const post = () => bureau.ask('POST /api/v1/cases', { as: 'li', body: appeal, headers: { 'Idempotency-Key': intake } });
    const read = () => bureau.ask(`GET /api/v1/cases/${number}`, { as: 'li' });
    try {
      // Of what goes out on a connection that has just broken nobody knows what became of it; once the API has seen that, it knows that nothing was sent.
      await untilTrue(
        async () => (await read()).body.type === '/problems/database-unavailable',
        'the API did not see that the database is away',
      );
      for (const refused of [await post(), await accept(number, task), await read()]) {
        expect(refused).toMatchObject({ status: 503 });
        expect(['/problems/database-unavailable', '/problems/outcome-unknown']).toContain(refused.body.type);
      }
      expect((await post()).body.type).toBe('/problems/database-unavailable');
    } finally {
      await bureau.postgres.start();
    }
    await untilTrue(async () => (await post()).status !== 503, 'the API did not find the database again');
    const again = await post();
    expect(again.status).toBe(200);
    expect(await casesOf('li')).toEqual([again.body.number, ...before]);
    expect((await accept(number, task)).status).toBe(200);
    expect(await countOf(number, 'task-completed')).toBe(1);
    await untilTrue(() => hasBegun(again.body.number), 'the case did not begin');
    for (const each of [number, again.body.number]) expect(await verified(each)).toBe(true);
  }, 60_000);
});

test('when everything is killed at once, cases go on where they were', async () => {
  const { number } = await open();
  const untouched = await open();
  expect((await accept(number, randomUUID())).status).toBe(200);
  const parts = [bureau.api, bureau.worker, bureau.temporal, bureau.postgres];
  await Promise.all(parts.map((part) => part.kill()));
  await Promise.all([bureau.postgres.start(), bureau.temporal.start()]);
  await Promise.all([bureau.worker.start(), bureau.api.start()]);

  const classified = await insist(bureau, `POST /api/v1/tasks/${number}.2/complete`, { as: 'handler-1', body: { data: forms.classify } });
  expect(classified).toMatchObject({ status: 200, body: { stage: 'handle' } });
  const accepted = await insist(bureau, `POST /api/v1/tasks/${untouched.number}.1/complete`, {
    as: 'desk-1',
    body: { data: forms.accept },
  });
  expect(accepted).toMatchObject({ status: 200, body: { stage: 'classify' } });
  for (const each of [number, untouched.number]) expect(await verified(each)).toBe(true);
}, 60_000);

describe.each(['worker', 'temporal', 'postgres'] as const)('rungs that fall due while %s is killed', (name) => {
  test('are climbed once when it is back, and stand in the record at the instant when they were due', async () => {
    const part: Part = bureau[name];
    const order = { process: 'rectification', unit: 'station-1', data: { cause: 'policy', order: '公示值班表。' } };
    const { body } = await insist(bureau, 'POST /api/v1/cases', { as: 'supervisor-1', body: order });
    const [{ ladder, dueAt }] = body.tasks;
    await untilTrue(async () => (await bureau.ask(`GET /api/v1/cases/${body.number}/live`, { as: 'supervisor-1' })).status === 200, '…');
    await part.kill();
    await untilTrue(async () => Date.now() > Date.parse(ladder.at(-1).at), 'the rungs did not fall due');
    await part.start();

    await untilTrue(async () => (await countOf(body.number, 'escalate')) > 0, 'the ladder was not climbed');
    const climbed = (await eventsOf(body.number)).filter(({ type }) => type === 'due' || type === 'escalate');
    expect(climbed.map(({ type, at }) => [type, Date.parse(at) - Date.parse(dueAt)])).toEqual([
      ['due', 0],
      ['escalate', 1000],
    ]);
    expect(await verified(body.number)).toBe(true);
  }, 60_000);
});

describe('an API that is killed right after it accepted a case', () => {
  test('and before the engine took it leaves the case to the sweep', async () => {
    bureau.temporal.freeze(); // the start is under way and gets no answer
    const { status, body } = await bureau.ask('POST /api/v1/cases', { as: 'li', body: appeal, headers: { Prefer: 'respond-async' } });
    expect(status).toBe(202);
    await Promise.all([bureau.api.kill(), bureau.temporal.kill()]);
    await bureau.temporal.start();
    const marked = () => bureau.db.$queryRaw<unknown[]>`
      select from event e join "case" c on c.id = e.case_id where c.number = ${body.number} and e.type = 'marked'`;
    await untilTrue(async () => (await marked()).length === 1, 'nobody started the case');
    await bureau.api.start();
    expect((await accept(body.number, randomUUID())).status).toBe(200);
    expect(await verified(body.number)).toBe(true);
  }, 60_000);
});
