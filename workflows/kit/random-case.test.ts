import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonSchemaOf } from '../../api/json-schema.ts';
import type { Duration } from '../../domain/duration.ts';
import type { Instant, PersonId, TaskId, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { verifyChain } from '../../store/verify-chain.ts';
import { type TestBureau, type TestCase, type TestTask, testBureau } from '../../test/bureau.ts';
import { formFrom, type Random, randomFrom } from '../../test/system/form-from-schema.ts';
import { until } from '../../test/until.ts';
import { Appeal } from '../interests/appeal.definition.ts';
import { schemaOf } from './define.ts';
import type { Action } from './submission.ts';
import { taskDefinition } from './tasks.ts';

/*
 * Whatever people send to a case, legal or not, one after the other or at once, while time passes: an open case always has something open, the workflow and the record agree, the record
 * verifies, and what was refused has left no trace.
 */
let bureau: TestBureau;
let other: TestCase;
beforeAll(async () => {
  bureau = await testBureau();
  other = await bureau.start('appeal', 'wang', wish);
}, 120_000);
afterAll(() => bureau?.close());

const wish = { channel: 'desk', title: '宿舍', content: '三楼漏水。' };
const people = ['handler-1', 'leader-1', 'zhao', 'deputy-1'] as const;
const references = { person: people, unit: ['station-1', 'station-2'], rule: ['leave-7'] };

const deeds = ['complete', 'late', 'malformed', 'pause', 'resume', 'extend', 'consult', 'recall', 'transfer', 'withdraw', 'merge'] as const;
type Deed = (typeof deeds)[number];
interface Deeds {
  readonly deeds: readonly Deed[];
  readonly seed: number;
}
type Move = Deeds | { readonly skip: Duration };

const often = (deed: Deed, weight: number) => ({ weight, arbitrary: fc.constant(deed) });
const deed = fc.oneof(
  often('complete', 70),
  often('late', 6),
  often('malformed', 6),
  often('pause', 10),
  often('resume', 10),
  often('extend', 8),
  often('consult', 10),
  often('recall', 14),
  often('transfer', 3),
  often('withdraw', 1),
  often('merge', 1),
);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ deeds: fc.tuple(deed), seed: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ deeds: fc.array(deed, { minLength: 2, maxLength: 4 }), seed: fc.nat() }) },
  { weight: 2, arbitrary: fc.constantFrom({ hours: 1 }, { hours: 20 }, { days: 2 }, { days: 4 }).map((skip) => ({ skip })) },
);

/** What a refusal may say. `invalid-form` is for what was malformed on purpose. */
const refusals = ['task-not-open', 'case-not-open', 'not-now', 'limit-passed', 'invalid-form', 'calendar-gap', 'already-taken-up'];

function actionOf(
  kind: Deed,
  { number }: TestCase,
  { tasks, now, random }: { tasks: readonly TestTask[]; now: Instant; random: Random },
): Action {
  const pick = <T>(from: readonly T[]): T | undefined => from[random(from.length)];
  const isOpen = ({ state }: TestTask) => state === 'open';
  const open = pick(tasks.filter(isOpen));
  const done = pick(tasks.filter((task) => !isOpen(task)));
  const task = open?.id ?? (`${number}.99` as TaskId);
  const person = (pick(people) ?? 'zhao') as string as PersonId;
  switch (kind) {
    case 'complete':
      return { action: 'complete', task, data: open ? formFrom(schemaFor(open.key), references, random) : {} };
    case 'late':
      return { action: 'complete', task: done?.id ?? (`${number}.99` as TaskId), data: {} };
    case 'malformed':
      return { action: 'complete', task, data: { nonsense: true } };
    case 'pause':
      return { action: 'pause', task, reason: '待复函', ...(random(2) === 0 && { until: later(now, { hours: 30 }) }) };
    case 'resume':
      return { action: 'resume', task: pick(tasks.filter((each) => isOpen(each) && each.pausedAt !== null))?.id ?? task };
    case 'extend':
      return { action: 'extend', task, extendBy: { days: 1 + random(5) }, reason: '外调', decide: random(2) === 0 };
    case 'consult':
      return { action: 'consult', task, to: person, question: '是否属实？', wait: random(2) === 0 };
    case 'recall':
      return { action: 'recall', task: tasks.filter(({ state }) => state === 'done').at(-1)?.id ?? task, reason: '漏写' };
    case 'transfer':
      return {
        action: 'transfer',
        unit: (pick(references.unit) ?? 'station-1') as string as UnitId,
        reason: '属地',
        approved: random(2) === 0,
      };
    case 'withdraw':
      return { action: 'withdraw', reason: '已解决' };
    case 'merge':
      return { action: 'merge', into: other.number };
  }
}

const schemaFor = (key: string) => jsonSchemaOf(schemaOf(taskDefinition(Appeal, key).form), 'zh');
const later = (from: Instant, { hours }: { hours: number }) => new Date(Date.parse(from) + hours * 3_600_000).toISOString() as Instant;

/** Sends the deeds at once. @returns how many of them were taken */
async function send(c: TestCase, moves: Deeds): Promise<number> {
  const facts = { tasks: await c.tasks(), now: await bureau.now(), random: randomFrom(moves.seed) };
  const actions = moves.deeds.map((kind) => actionOf(kind, c, facts));
  const results = await Promise.allSettled(actions.map((action) => c.submit('leader-1', action, randomUUID())));
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    if (!(result.reason instanceof Problem)) throw result.reason;
    expect(refusals).toContain(result.reason.slug);
  }
  const taken = results.map(({ status }) => status === 'fulfilled');
  for (const [index, kind] of moves.deeds.entries())
    if (kind === 'late' || kind === 'malformed') expect({ kind, taken: taken[index] }).toEqual({ kind, taken: false });
  return taken.filter(Boolean).length;
}

/** What is open, as the record has it and as the workflow has it. */
async function views(c: TestCase) {
  const [row, tasks, live, now] = await Promise.all([c.row(), c.tasks(), c.live(), bureau.now()]);
  const openTasks = tasks.filter(({ state }) => state === 'open');
  const record = openTasks.map(({ id, key, dueAt, pausedAt }) => ({
    id,
    key,
    dueAt: dueAt?.toISOString() ?? null,
    pausedAt: pausedAt?.toISOString() ?? null,
  }));
  return {
    row,
    live,
    record: {
      state: row.state,
      stage: row.state === 'closed' ? live.stage : row.stage,
      unit: row.unit,
      handler: row.handler,
      outcome: row.outcome,
      tasks: record,
      nextAt: await wakeAt(c),
    },
    workflow: {
      state: live.outcome === null ? 'open' : 'closed',
      stage: live.stage,
      unit: live.unit,
      handler: live.handler,
      outcome: live.outcome,
      tasks: live.tasks.map(({ beside: _, ...task }) => task),
      nextAt: live.nextAt,
    },
    isBehindTime: live.nextAt !== null && Date.parse(live.nextAt) <= Date.parse(now),
  };
}

/** When the bell is to wake the case. */
async function wakeAt(c: TestCase): Promise<string | null> {
  const [row] = await bureau.bureau.db.$queryRaw<[{ at: Date | null }]>`
    select least((select min(wake_at) from task where case_id = c.id), (select min(wake_at) from case_wait where case_id = c.id)) as at
      from "case" c where number = ${c.number}`;
  return row.at?.toISOString() ?? null;
}

/** @returns whether the case is still open */
async function checkInvariants(c: TestCase): Promise<boolean> {
  let seen = await views(c);
  // Clocks that ran out during a skip are still being taken when it is over.
  const agree = async () => {
    seen = await views(c);
    return !seen.isBehindTime && isDeepStrictEqual(seen.record, seen.workflow);
  };
  await until(agree, 'they stay apart').catch(() => undefined);
  const { row, record, workflow, live } = seen;
  expect(workflow).toEqual(record);
  const mainTasks = live.tasks.filter(({ beside }) => beside === null);
  if (row.state !== 'closed') expect(mainTasks.length + live.waits.length).toBeGreaterThan(0);
  const ids = live.tasks.map(({ id }) => id);
  for (const { beside } of live.tasks) if (beside !== null) expect(ids).toContain(beside);
  expect(await verifyChain(bureau.bureau, c.number)).toMatchObject({ ok: true });
  return row.state !== 'closed';
}

/** Each task was opened once and ended at most once, or once more for each time that it was taken back; the counters of the inboxes agree with the open tasks. */
async function checkRecord(c: TestCase): Promise<void> {
  const { db } = bureau.bureau;
  const told = await db.$queryRaw<unknown[]>`
    select task_id from event e join "case" c on c.id = e.case_id
     where c.number = ${c.number} and type in ('task-opened', 'task-completed', 'task-cancelled', 'task-lapsed', 'recalled')
     group by task_id having count(*) filter (where type = 'task-opened') <> 1
         or count(*) filter (where type not in ('task-opened', 'recalled')) > 1 + count(*) filter (where type = 'recalled')`;
  expect(told).toEqual([]);
  const miscounted = await db.$queryRaw<unknown[]>`
    select * from (select coalesce('p:' || assignee, 'r:' || role || '@' || unit_id) as holder, count(*) as open from task where state = 'open' group by 1) held
      full join (select holder, sum(open) as open from inbox_count group by 1 having sum(open) <> 0) counted using (holder)
     where held.open is distinct from counted.open`;
  expect(miscounted).toEqual([]);
}

/** What people did, not clocks. */
const actsOn = async (c: TestCase) => (await c.recorded()).filter(({ actor }) => actor !== null);

let sent = 0;

test('nothing that is sent to a case brings it to a standstill or apart from its record', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 26, maxLength: 34 }), fc.constantFrom({}, { longHistory: 40 }), async (moves, options) => {
      let c = await bureau.start('appeal', 'li', wish, options);
      for (const each of moves) {
        const before = await actsOn(c);
        if ('skip' in each) await bureau.skip(each.skip);
        else {
          const taken = await send(c, each);
          sent += each.deeds.length;
          if (taken === 0) expect(await actsOn(c)).toEqual(before);
        }
        if (!(await checkInvariants(c))) c = await bureau.start('appeal', 'li', wish, options);
      }
      await checkRecord(c);
      if ((await c.row()).state === 'open') await c.submit('li', { action: 'withdraw', reason: '试毕' });
    }),
    { numRuns: 10, endOnFailure: true },
  );
  expect(sent).toBeGreaterThan(300);
}, 240_000);
