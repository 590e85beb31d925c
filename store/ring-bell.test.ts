import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseNumber, Instant, PersonId, TaskId } from '../domain/ids.ts';
import type { Change } from '../domain/step.ts';
import { instantOf } from '../domain/time-zone.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { testRing } from '../test/key-ring.ts';
import { insertPeople, type TestPerson } from '../test/people.ts';
import { acceptanceOfSpawn, processOf } from '../workflows/definitions.ts';
import { acceptanceOf } from '../workflows/kit/acceptance.ts';
import { accept } from './accept.ts';
import type { Bureau } from './bureau.ts';
import { eventsOf } from './events.ts';
import { openBureau } from './open-bureau.ts';
import { record } from './record.ts';
import { bellLag, ringBell, sleepers } from './ring-bell.ts';
import { verifyChain } from './verify-chain.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-bell-'));
let database: TestDatabase;
let bureau: Bureau;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  const overlay = path.join(folder, 'policy.yaml');
  writeFileSync(overlay, 'processes:\n  appeal:\n    tasks:\n      accept: {urgent: true}\n');
  bureau = await openBureau(database.db, testRing, { overlay, demo: false });
}, 60_000);
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true });
});

const start = Date.parse('2026-03-02T01:00:00Z');
/** @param days after the start of every case of this test */
const after = (days: number): Instant => instantOf(start + days * 86_400_000);
const forms = { appeal: { channel: 'desk', title: '食堂', content: '午餐偏冷。' }, rectification: { cause: 'policy', order: '整改' } };

async function newCase(process: 'appeal' | 'rectification' = 'rectification'): Promise<CaseNumber> {
  const acceptance = acceptanceOf(processOf(process), { data: forms[process], subject: null, unit: 'station-1', by: 'supervisor-1' });
  const [accepted] = await accept(bureau, [{ acceptance, key: randomUUID(), bodyHash: 'body', at: after(0), engineUp: true }]);
  if (!accepted) throw new Error('not accepted');
  return accepted.number;
}

const take = (number: CaseNumber, at: Instant, ...changes: Change[]) =>
  record(
    bureau,
    { case: number, cause: randomUUID(), at, by: 'supervisor-1' as PersonId, for: null, bodyHash: null, changes },
    acceptanceOfSpawn,
  );

async function ring(at: Instant, lane: 'usual' | 'urgent' = 'usual'): Promise<void> {
  while ((await ringBell(bureau, lane, at)).isFull);
}

const kinds = ['remind', 'due', 'escalate', 'inspect'];
const rungs = async (number: CaseNumber) =>
  (await eventsOf(bureau, number, { after: 0, limit: 500 })).filter(({ type }) => kinds.includes(type));
const fired = async (number: CaseNumber) => (await rungs(number)).map(({ type }) => type);
const dataOf = async (number: CaseNumber, type: string) => (await rungs(number)).find((event) => event.type === type)?.data;
const sign = (number: CaseNumber) => `${number}.1` as TaskId;
const cancel = (number: CaseNumber) => take(number, after(90), { kind: 'cancel-task', task: sign(number), reason: 'done' });
const opened: CaseNumber[] = [];
afterEach(async () => {
  for (const number of opened.splice(0)) await cancel(number);
});
const open = async (process?: 'appeal' | 'rectification') => {
  const number = await newCase(process);
  opened.push(number);
  return number;
};

describe('a rung', () => {
  test('is fired once, however many ring at once, at the instant at which it was due', async () => {
    const numbers = await Promise.all(Array.from({ length: 6 }, () => open()));
    await Promise.all([ring(after(1.7)), ring(after(1.7)), ring(after(1.7)), ring(after(1.7))]);
    await ring(after(1.7));
    for (const number of numbers) {
      expect(await fired(number)).toEqual(['remind', 'due']);
      const [task] = await database.db.$queryRaw<[{ due: Date; ladder: { at: string; firedAt: string | null }[] }]>`
        select due_at as due, ladder from task where id = ${sign(number)}`;
      expect((await rungs(number)).map(({ at }) => at.toISOString())).toEqual(task.ladder.slice(0, 2).map(({ at }) => at));
      expect(task.ladder[1]).toMatchObject({ at: task.due.toISOString(), firedAt: after(1.7) });
      expect(await verifyChain(bureau, number)).toMatchObject({ ok: true });
    }
  });

  test('that others followed during an outage is fired before them, and inspection is left to the workflow', async () => {
    const number = await open();
    await ring(after(70));
    expect(await fired(number)).toEqual(['remind', 'due', 'escalate', 'escalate']);
    expect((await sleepers(bureau, 'usual', after(70))).map((sleeper) => sleeper.number)).toContain(number);
  });

  test('that was due before a step is in the record before it', async () => {
    const number = await open();
    await take(number, after(3), { kind: 'event', type: 'commented' });
    expect((await eventsOf(bureau, number, { after: 0, limit: 50 })).map(({ type }) => type).slice(-4)).toEqual([
      'remind',
      'due',
      'escalate',
      'commented',
    ]);
    await ring(after(3));
    expect(await fired(number)).toEqual(['remind', 'due', 'escalate']);
  });

  test('of a case that a step holds waits for the step, and holds up no other case', async () => {
    const [held, free] = [await open(), await open()];
    await database.db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from "case" where number = ${held} for update`;
      await ring(after(1.7));
      expect({ held: await fired(held), free: await fired(free) }).toEqual({ held: [], free: ['remind', 'due'] });
    });
    await ring(after(1.7));
    expect(await fired(held)).toEqual(['remind', 'due']);
  });

  test('of an urgent task is rung in a lane of its own', async () => {
    const number = await open('appeal');
    await ring(after(20));
    expect(await fired(number)).toEqual([]);
    await ring(after(20), 'urgent');
    expect(await fired(number)).toEqual(['remind', 'due', 'escalate', 'escalate']);
  });

  test('that is late shows in the lag of its lane', async () => {
    await open();
    expect(await bellLag(database.db, new Date(after(0)))).toEqual({ usual: 0, urgent: 0 });
    const [{ at }] = await database.db.$queryRaw<[{ at: Date }]>`select min(ring_at) as at from task`;
    expect(await bellLag(database.db, new Date(at.getTime() + 42_000))).toEqual({ usual: 42, urgent: 0 });
  });

  test('of a case of an earlier release is left to its workflow', async () => {
    const number = await open();
    await database.db.$executeRaw`update "case" set bell = false where number = ${number}`;
    await take(number, after(0.1), { kind: 'pause-task', task: sign(number), reason: '等待' }, { kind: 'resume-task', task: sign(number) });
    await ring(after(70));
    expect(await fired(number)).toEqual([]);
  });
});

describe('whatever moves a clock moves the bell', () => {
  test('a pause silences it, and its end rings on', async () => {
    const number = await open();
    await take(number, after(0.1), { kind: 'pause-task', task: sign(number), reason: '等待', until: after(30) });
    await ring(after(29));
    expect(await fired(number)).toEqual([]);
    expect((await sleepers(bureau, 'usual', after(29))).map((sleeper) => sleeper.number)).not.toContain(number);
    expect((await sleepers(bureau, 'usual', after(30))).map((sleeper) => sleeper.number)).toContain(number);
    await take(number, after(30), { kind: 'resume-task', task: sign(number) });
    await ring(after(33));
    expect(await fired(number)).toEqual(expect.arrayContaining(['remind', 'due']));
  });

  test('an extension puts off what is to come', async () => {
    const number = await open();
    await take(number, after(0.1), { kind: 'extend-task', task: sign(number), by: { days: 10 } });
    await ring(after(5));
    expect(await fired(number)).toEqual([]);
    await ring(after(12));
    expect(await fired(number)).toEqual(['remind', 'due']);
  });

  test('the end of a task ends it', async () => {
    const number = await newCase();
    await take(number, after(0.1), { kind: 'complete-task', task: sign(number), data: { accepted: true } });
    await ring(after(70));
    expect(await fired(number)).toEqual([]);
  });
});

describe('a rung that does not reach whom it should have gone to says so', () => {
  const actAsLeader = (person: TestPerson) =>
    database.db.$executeRaw`
      insert into role_grant (person_id, role, unit_id, acting, starts_at) values (${person}, 'unit-leader', 'station-1', true, ${new Date(start)})`;
  const reassign = (number: CaseNumber, to: TestPerson) =>
    take(number, after(0.1), { kind: 'reassign-task', task: sign(number), to: to as string as PersonId, reason: '另有任务' });

  test('a leader who has the task is not told of the own delay', async () => {
    const number = await open();
    await ring(after(2.7));
    expect(await dataOf(number, 'escalate')).toMatchObject({
      to: ['branch-leader'],
      instead: { of: { role: 'unit-leader', unit: 'station-1' }, why: 'not-free' },
    });
  });

  test('whoever has left is not told, and their leader is', async () => {
    const number = await open();
    await reassign(number, 'zhao');
    await database.db.$executeRaw`update person set left_at = ${new Date(start)} where id = 'zhao'`;
    await ring(after(1.7));
    await database.db.$executeRaw`update person set left_at = null where id = 'zhao'`;
    expect(await dataOf(number, 'due')).toMatchObject({ to: ['leader-1'], instead: { of: { person: 'zhao' }, why: 'left' } });
  });

  test('where a unit has lost its leader, the one above is told', async () => {
    const number = await open();
    await reassign(number, 'zhao');
    await database.db.$executeRaw`update role_grant set ends_at = ${new Date(start)} where person_id = 'leader-1'`;
    await ring(after(2.7));
    await database.db.$executeRaw`update role_grant set ends_at = 'infinity' where person_id = 'leader-1'`;
    expect(await dataOf(number, 'escalate')).toMatchObject({
      to: ['branch-leader'],
      instead: { of: { role: 'unit-leader', unit: 'station-1' }, why: 'vacant' },
    });
  });

  test('an acting leader is told as such', async () => {
    const number = await open();
    await reassign(number, 'zhao');
    await actAsLeader('deputy-1');
    await database.db.$executeRaw`update role_grant set ends_at = ${new Date(start)} where person_id = 'leader-1'`;
    await ring(after(2.7));
    await database.db.$executeRaw`delete from role_grant where person_id = 'deputy-1' and acting`;
    await database.db.$executeRaw`update role_grant set ends_at = 'infinity' where person_id = 'leader-1'`;
    expect(await dataOf(number, 'escalate')).toEqual({ to: ['deputy-1'], level: 1, acting: ['deputy-1'] });
  });

  test('who stands in for an absent leader is told as well', async () => {
    const number = await open();
    await reassign(number, 'zhao');
    await database.db.$executeRaw`
      insert into substitution (person_id, to_id, starts_at, ends_at) values ('leader-1', 'deputy-1', ${new Date(start)}, ${new Date(after(9))})`;
    await ring(after(2.7));
    await database.db.$executeRaw`delete from substitution`;
    expect(await dataOf(number, 'escalate')).toMatchObject({
      to: ['leader-1', 'deputy-1'],
      instead: { of: { person: 'leader-1' }, why: 'absent' },
    });
  });

  test('of a unit that was dissolved, the next level is told', async () => {
    const number = await open();
    await reassign(number, 'zhao');
    await database.db.$executeRaw`update unit set dissolved_at = ${new Date(start)} where id = 'station-1'`;
    await ring(after(2.7));
    await database.db.$executeRaw`update unit set dissolved_at = null where id = 'station-1'`;
    expect(await dataOf(number, 'escalate')).toMatchObject({
      to: ['branch-leader'],
      instead: { of: { role: 'unit-leader', unit: 'station-1' }, why: 'unit-dissolved' },
    });
  });
});
