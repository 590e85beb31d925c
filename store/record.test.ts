import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseNumber, Instant, PersonId, TaskId } from '../domain/ids.ts';
import type { CaseStep, Change, Recorded } from '../domain/step.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { testRing } from '../test/key-ring.ts';
import { insertPeople, type TestPerson } from '../test/people.ts';
import { acceptanceOfSpawn, processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { accept, type Intake } from './accept.ts';
import type { Bureau } from './bureau.ts';
import { eventsOf } from './events.ts';
import { openBureau } from './open-bureau.ts';
import { record } from './record.ts';
import { verifyChain } from './verify-chain.ts';

let database: TestDatabase;
let bureau: Bureau;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  bureau = await openBureau(database.db, testRing, { demo: false });
}, 60_000);
afterAll(() => database?.drop());

const at = (): Instant => new Date().toISOString() as Instant;
const data = { channel: 'desk', title: '食堂', content: '午餐偏冷。' };

const intake = (by: TestPerson = 'li', key: string = randomUUID()): Intake => ({
  acceptance: acceptanceOf(processOf('appeal'), { data, subject: by, unit: 'station-1', by }),
  key,
  bodyHash: 'body',
  at: at(),
  engineUp: true,
});

async function newCase(): Promise<CaseNumber> {
  const [accepted] = await accept(bureau, [intake()]);
  if (!accepted) throw new Error('not accepted');
  return accepted.number;
}

const step = (number: CaseNumber, cause: string, changes: readonly Change[]): CaseStep => ({
  case: number,
  cause,
  at: at(),
  by: 'desk-1' as PersonId,
  for: null,
  bodyHash: 'body',
  changes,
});
const take = async (number: CaseNumber, cause: string, changes: readonly Change[]): Promise<Recorded> => {
  const answer = await record(bureau, step(number, cause, changes), acceptanceOfSpawn);
  if (!('tasks' in answer)) throw new Error(`${cause} was not taken`);
  return answer;
};
const remark = (text: string): Change => ({ kind: 'event', type: 'commented', data: { text } });

async function countOf(number: CaseNumber, type: string): Promise<number> {
  const [row] = await database.db.$queryRaw<[{ count: number }]>`
    select count(*)::integer as count from event e join "case" c on c.id = e.case_id where c.number = ${number} and e.type = ${type}`;
  return row.count;
}

describe('a step', () => {
  test('given twice changes the case once and answers the same, also when both come at once', async () => {
    const number = await newCase();
    const changes: Change[] = [
      remark('一'),
      { kind: 'spawn', process: 'rectification', relation: 'part', data: { cause: 'policy', order: '整改' }, subject: null },
    ];
    const answers = await Promise.all([take(number, 'once', changes), take(number, 'once', changes), take(number, 'once', changes)]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.spawned))).size).toBe(1);
    expect(await countOf(number, 'commented')).toBe(1);
    expect(await countOf(number, 'spawned')).toBe(1);
  });

  test('that fails leaves nothing behind', async () => {
    const number = await newCase();
    const broken: Change[] = [remark('写了一半'), { kind: 'participant', person: 'nobody' as PersonId, role: 'reader' }];
    await expect(take(number, 'broken', broken)).rejects.toThrow();
    expect(await countOf(number, 'commented')).toBe(0);
    expect(await verifyChain(bureau, number)).toMatchObject({ ok: true, events: 2 });
  });

  test('of many at once keeps one chain without a fork', async () => {
    const number = await newCase();
    await Promise.all(Array.from({ length: 20 }, (_, index) => take(number, `at once ${index}`, [remark(String(index))])));
    expect(await verifyChain(bureau, number)).toMatchObject({ ok: true, events: 22 });
  });

  test('by a clock that is behind that of the opening stands in the record like any other', async () => {
    const number = await newCase();
    const behind = new Date(Date.now() - 60_000).toISOString() as Instant;
    await record(bureau, { ...step(number, 'behind', [remark('早到')]), at: behind }, acceptanceOfSpawn);
    const events = await eventsOf(bureau, number, { after: 0, limit: 100 });
    expect(events.at(-1)).toMatchObject({ type: 'commented', at: events[0]?.at });
    expect(await verifyChain(bureau, number)).toEqual(expect.objectContaining({ ok: true, events: events.length }));
  });

  test('that merges two cases into each other at once ends without a deadlock', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await newCase(), await newCase()];
      const merge = (from: CaseNumber, into: CaseNumber) =>
        take(from, 'merge', [
          { kind: 'merge', into },
          { kind: 'close', outcome: 'merged' },
        ]);
      await Promise.all([merge(one, two), merge(two, one)]);
      for (const number of [one, two]) expect(await verifyChain(bureau, number)).toMatchObject({ ok: true });
    }
  });

  test('about a rung of a task that is no longer open is refused', async () => {
    const number = await newCase();
    const task = `${number}.1` as TaskId;
    await take(number, 'done', [{ kind: 'cancel-task', task, reason: '测试' }]);
    await expect(take(number, 'rung', [{ kind: 'rung', task, index: 0, at: at() }])).rejects.toThrow('was not left to climb');
    expect(await countOf(number, 'remind')).toBe(0);
  });
});

describe('a step of a workflow', () => {
  const taken = (number: CaseNumber, cause: string, known: number) =>
    record(bureau, { ...step(number, cause, [remark(cause)]), known, input: { kind: cause } }, acceptanceOfSpawn);

  test('that lost earlier ones writes nothing, and tells the workflow one after the other what it lost', async () => {
    const number = await newCase();
    for (const [known, cause] of ['one', 'two', 'three'].entries()) expect(await taken(number, cause, known)).not.toHaveProperty('ahead');

    expect(await taken(number, 'four', 1)).toEqual({ ahead: { at: expect.any(String), cause: { kind: 'two' } } });
    expect(await taken(number, 'two', 1)).toMatchObject({ tasks: {}, ahead: { cause: { kind: 'three' } } });
    expect(await taken(number, 'three', 2)).not.toHaveProperty('ahead');
    expect(await taken(number, 'four', 3)).toMatchObject({ tasks: {} });
    expect(await countOf(number, 'commented')).toBe(4);
  });

  test('is told of a lost one before it is taken for the same that it was once', async () => {
    const number = await newCase();
    await taken(number, 'one', 0);
    await taken(number, 'two', 1);
    expect(await taken(number, 'two', 0)).toEqual({ ahead: { at: expect.any(String), cause: { kind: 'one' } } });
  });

  test('is not held up by what does not go through the workflow', async () => {
    const number = await newCase();
    await taken(number, 'one', 0);
    await take(number, 'a comment', [remark('旁注')]);
    expect(await taken(number, 'two', 1)).not.toHaveProperty('ahead');
  });
});

describe('an intake', () => {
  test('accepted with many others gets a number of its own, without a gap', async () => {
    const before = Number((await newCase()).slice(-6));
    const accepted = await Promise.all(Array.from({ length: 10 }, () => accept(bureau, [intake(), intake(), intake()])));
    const numbers = accepted.flat().map(({ number }) => Number(number.slice(-6)));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => before + 1 + index));
  });

  test('sent twice under one key is one case, also from two nodes at once', async () => {
    const twice = intake('zhao', 'the same');
    const accepted = (await Promise.all([accept(bureau, [twice]), accept(bureau, [twice]), accept(bureau, [twice])])).flat();
    expect(new Set(accepted.map(({ number }) => number)).size).toBe(1);
    expect(accepted.filter(({ input }) => input !== null)).toHaveLength(1);
  });
});

describe('the record', () => {
  test.each([
    ['event', "update event set type = 'x'"],
    ['event', 'delete from event'],
    ['event', 'truncate event'],
    ['event_data', "update event_data set sealed = ''"],
    ['event_data', 'delete from event_data'],
    ['event_data', 'truncate event_data'],
    ['look', 'delete from look'],
  ])('of %s refuses, even to its owner: %s', async (table, statement) => {
    await database.db.$executeRaw`insert into look (case_id, person_id, what, at) select id, 'li', 'case', now() from "case" limit 1`;
    await expect(database.db.$executeRawUnsafe(statement)).rejects.toThrow(new RegExp(`${table}.* is append-only`));
  });

  test('refuses the same on the partition of a month', async () => {
    await newCase();
    const partition = `event_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
    for (const statement of [`delete from ${partition}`, `truncate ${partition}`, `update ${partition} set hash = ''`]) {
      await expect(database.db.$executeRawUnsafe(statement)).rejects.toThrow(/is append-only/);
    }
  });

  test('shows where an event was altered behind its back', async () => {
    const number = await newCase();
    await take(number, 'later', [remark('后来')]);
    await database.db.$executeRawUnsafe('alter table event disable trigger user');
    const partition = `event_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
    await database.db.$executeRawUnsafe(`alter table ${partition} disable trigger user`);
    await database.db
      .$executeRaw`update event set type = 'closed' where seq = 2 and case_id = (select id from "case" where number = ${number})`;
    await database.db.$executeRawUnsafe(`alter table ${partition} enable trigger user`);
    await database.db.$executeRawUnsafe('alter table event enable trigger user');
    expect(await verifyChain(bureau, number)).toMatchObject({ ok: false, broken: { seq: 2 } });
  });

  test('counts open tasks as they are', async () => {
    const number = await newCase();
    await take(number, 'claimed', [{ kind: 'claim-task', task: `${number}.1` as TaskId }]);
    const [kept, counted] = await Promise.all([
      database.db
        .$queryRaw`select holder, sum(open)::integer as open from inbox_count group by holder having sum(open) <> 0 order by holder`,
      database.db.$queryRaw`
        select case when assignee is null then 'r:' || role || '@' || unit_id else 'p:' || assignee end as holder, count(*)::integer as open
          from task where state = 'open' group by 1 order by 1`,
    ]);
    expect(kept).toEqual(counted);
  });
});
