import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Bureau } from '../store/bureau.ts';
import { openBureau } from '../store/open-bureau.ts';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { testRing } from '../test/key-ring.ts';
import { insertPeople } from '../test/people.ts';
import { insertTasks } from '../test/tasks.ts';
import { tellMorning } from './brief.ts';

let database: TestDatabase;
let bureau: Bureau;
beforeAll(async () => {
  database = await freshDatabase();
  await insertPeople(database.db);
  bureau = await openBureau(database.db, testRing, { demo: true });
  await insertTasks(bureau, [
    { number: 'SQ-2026-000001', unit: 'station-1', dueAt: '2026-03-03T10:00+08:00', level: 1 },
    { number: 'SQ-2026-000002', unit: 'station-1', dueAt: '2026-03-05T00:00+08:00' },
    { number: 'SQ-2026-000003', unit: 'station-2', dueAt: '2026-03-06T12:00+08:00' },
    { number: 'SQ-2026-000004', unit: 'station-2', dueAt: '2026-03-09T00:00+08:00' },
    { number: 'SQ-2026-000005', unit: 'station-2', dueAt: '2026-03-10T00:00+08:00' }, // next week
    { number: 'SQ-2026-000006', unit: 'station-1', dueAt: '2026-03-04T12:00+08:00', role: 'subject' }, // owed by nobody
    { number: 'SQ-2026-000007', unit: 'station-1', dueAt: '2026-03-04T12:00+08:00', pausedAt: '2026-03-03T12:00+08:00' },
    { number: 'CS-2026-000001', unit: 'station-1', dueAt: '2026-03-04T12:00+08:00', process: 'measure', confidentiality: 'confidential' },
  ]);
});
beforeEach(() => database.db.$executeRaw`truncate brief, notice, delivery, channel cascade`);
afterAll(() => database?.drop());

const morning = new Date('2026-03-04T08:00+08:00');
const tell = (at = morning) => tellMorning(bureau, at, () => undefined);
const told = () =>
  database.db.$queryRaw<{ person: string; units: string[]; overdue: number; today: number; week: number }[]>`
    select person_id as person, array(select jsonb_array_elements(facts->'units')->>'id') as units, (facts->>'overdue')::int as overdue,
           (facts->>'today')::int as today, (facts->>'week')::int as week
      from notice where kind = 'brief' and case_id is null order by person_id`;

test('each unit leader hears of the own unit with what is below it, the supervision desk of the whole bureau', async () => {
  await tell();
  expect(await told()).toEqual([
    { person: 'branch-leader', units: ['branch'], overdue: 1, today: 1, week: 2 },
    { person: 'leader-1', units: ['station-1'], overdue: 1, today: 1, week: 0 },
    { person: 'leader-2', units: ['station-2'], overdue: 0, today: 0, week: 2 },
    { person: 'supervisor-1', units: [], overdue: 1, today: 1, week: 2 },
    { person: 'supervisor-2', units: [], overdue: 1, today: 1, week: 2 },
  ]);
});

test('names the units with so many overdue tasks that the policy sounds an alarm, to whoever answers for them', async () => {
  const { current } = bureau.policies;
  const alarmed = { ...current, policy: { ...current.policy, brief: { ...current.policy.brief, alarmAt: 1 } } };
  await tellMorning({ ...bureau, policies: { ...bureau.policies, current: alarmed } }, morning, () => undefined);
  const alarms = await database.db.$queryRaw<{ person: string; alarms: string }[]>`
    select person_id as person, facts->>'alarms' as alarms from notice where kind = 'brief' order by person_id`;
  const of = (person: string) => JSON.parse(alarms.find((each) => each.person === person)?.alarms ?? 'null');
  expect(of('leader-2')).toEqual([]);
  expect(of('leader-1')).toContainEqual({ name: '东湖派出所', overdue: 1 });
  expect(of('supervisor-1')).toEqual(
    expect.arrayContaining([
      { name: '城东分局', overdue: 1 },
      { name: '东湖派出所', overdue: 1 },
    ]),
  );
});

test('nobody is told twice, whatever is repeated and however many tell at once', async () => {
  await Promise.all([tell(), tell(), tell()]);
  await tell(new Date('2026-03-04T09:00+08:00'));
  expect(await told()).toHaveLength(5);
});

test('whoever was not told when the one who told died is told when it goes on', async () => {
  const dead = tellMorning(bureau, morning, counting(3));
  await expect(dead).rejects.toThrow('killed');
  expect(await told()).toHaveLength(2);
  await tell();
  expect(await told()).toHaveLength(5);
});

/** Dies at the nth call. */
function counting(last: number): () => void {
  let calls = 0;
  return () => {
    calls += 1;
    if (calls === last) throw new Error('killed');
  };
}

test('a morning that an outage left out is made up for on the same day, and not on the next', async () => {
  expect(await tell(new Date('2026-03-04T15:00+08:00'))).toBe(5);
  expect(await tell(new Date('2026-03-05T07:00+08:00'))).toBe(0);
  expect(await told()).toHaveLength(5);
});

test('on a day off there is none', async () => {
  expect(await tell(new Date('2026-03-07T08:00+08:00'))).toBe(0);
  expect(await told()).toEqual([]);
});

test('it goes over the channels by which somebody wants briefs', async () => {
  const address = testRing.sealJson('database', { address: 'x' }, 'test');
  await database.db.channel.create({ data: { personId: 'leader-1', kind: 'email', address, topics: ['brief'] } });
  await database.db.channel.create({ data: { personId: 'leader-2', kind: 'email', address, topics: ['task'] } });
  await tell();
  expect(await database.db.$queryRaw`select person_id as person, channel, state from delivery`).toEqual([
    { person: 'leader-1', channel: 'email', state: 'queued' },
  ]);
});

test('what it said stays when dates move and tasks are done', async () => {
  await tell();
  await database.db.$executeRaw`update task set due_at = due_at + interval '30 days'`;
  await tell(new Date('2026-03-04T11:00+08:00'));
  const items = await database.db.$queryRaw`select on_date::text as "on", task_id as id, span, level from brief_item order by task_id`;
  expect(items).toEqual([
    { on: '2026-03-04', id: 'CS-2026-000001.1', span: 'today', level: 0 },
    { on: '2026-03-04', id: 'SQ-2026-000001.1', span: 'overdue', level: 1 },
    { on: '2026-03-04', id: 'SQ-2026-000002.1', span: 'today', level: 0 },
    { on: '2026-03-04', id: 'SQ-2026-000003.1', span: 'week', level: 0 },
    { on: '2026-03-04', id: 'SQ-2026-000004.1', span: 'week', level: 0 },
  ]);
  await database.db.$executeRaw`update task set due_at = due_at - interval '30 days'`;
});
