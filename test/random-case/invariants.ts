import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { verifyChain } from '../../store/verify-chain.ts';
import { type TestBureau, type TestCase, until } from '../bureau.ts';

/** An open case has something open, the workflow and the record agree, the record verifies, and what runs will ring. @returns whether the case is still open */
export async function checkInvariants(bureau: TestBureau, c: TestCase): Promise<boolean> {
  let seen = await views(bureau, c);
  // Clocks that ran out during a skip, and a workflow that was lost, are still being taken when it is over.
  const agree = async () => {
    seen = await views(bureau, c);
    return !seen.isBehindTime && isDeepStrictEqual(seen.record, seen.workflow);
  };
  await until(agree, 'they stay apart').catch(() => undefined);
  const { row, record, workflow, live } = seen;
  expect(workflow).toEqual(record);
  const mainTasks = live.tasks.filter(({ beside }) => beside === null);
  if (row.state !== 'closed') expect(mainTasks.length + live.waits.length).toBeGreaterThan(0);
  const ids = live.tasks.map(({ id }) => id);
  for (const { beside } of live.tasks) if (beside !== null) expect(ids).toContain(beside);
  if (row.state !== 'closed') expect(await isSuspended(bureau, c)).toBe(live.waits.some(({ key }) => key === 'suspension'));
  expect(await unrung(bureau, c)).toEqual([]);
  expect(await verifyChain(bureau.bureau, c.number)).toMatchObject({ ok: true });
  return row.state !== 'closed';
}

/** What is open, as the record has it and as the workflow has it. */
async function views(bureau: TestBureau, c: TestCase) {
  const [row, tasks, live, now, events] = await Promise.all([c.row(), c.tasks(), c.live(), bureau.now(), c.events()]);
  const open = tasks.filter(({ state }) => state === 'open');
  // Who has a case when someone stands down or leaves is the record's matter (docs/decisions/0004).
  const handler = (named: string | null) => (events.includes('recused') || events.includes('handed-over') ? 'whoever it may be' : named);
  return {
    row,
    live,
    record: {
      state: row.state,
      stage: row.state === 'closed' ? live.stage : row.stage,
      unit: row.unit,
      handler: handler(row.handler),
      outcome: row.outcome,
      tasks: open.map(({ id, key, dueAt, pausedAt }) => ({
        id,
        key,
        dueAt: dueAt?.toISOString() ?? null,
        pausedAt: pausedAt?.toISOString() ?? null,
      })),
      nextAt: await wakeAt(bureau, c),
    },
    workflow: {
      state: live.outcome === null ? 'open' : 'closed',
      stage: live.stage,
      unit: live.unit,
      handler: handler(live.handler),
      outcome: live.outcome,
      tasks: live.tasks.map(({ beside: _, ...task }) => task).toSorted((a, b) => ordinal(a.id) - ordinal(b.id)),
      nextAt: live.nextAt,
    },
    isBehindTime: live.nextAt !== null && Date.parse(live.nextAt) <= Date.parse(now),
  };
}

const ordinal = (task: string): number => Number(task.split('.')[1]);

/** When the bell is to wake the case. */
async function wakeAt({ bureau }: TestBureau, c: TestCase): Promise<string | null> {
  const [row] = await bureau.db.$queryRaw<[{ at: Date | null }]>`
    select least((select min(wake_at) from task where case_id = c.id), (select min(wake_at) from case_wait where case_id = c.id)) as at
      from "case" c where number = ${c.number}`;
  return row.at?.toISOString() ?? null;
}

/** Whether the record has the case suspended; the end of that is a wait of the workflow. */
async function isSuspended({ bureau }: TestBureau, c: TestCase): Promise<boolean> {
  const [row] = await bureau.db.$queryRaw<[{ suspended: boolean }]>`
    select jsonb_path_exists(suspensions, '$[*] ? (@.to == null)') as suspended from "case" where number = ${c.number}`;
  return row.suspended;
}

/** Running clocks with a rung to come at which no bell would look. */
const unrung = ({ bureau }: TestBureau, c: TestCase) => bureau.db.$queryRaw<unknown[]>`
  select t.id from task t join "case" c on c.id = t.case_id
   where c.number = ${c.number} and t.state = 'open' and t.paused_at is null and t.ring_at is null and t.wake_at is null
     and jsonb_path_exists(t.ladder, '$[*] ? (@.firedAt == null)')`;

/** Each task was opened once and ended once for each time that it was open; the counters of the inboxes agree with the open tasks. */
export async function checkRecord({ bureau: { db } }: TestBureau, c: TestCase): Promise<void> {
  const told = await db.$queryRaw<unknown[]>`
    select task_id from event e join "case" c on c.id = e.case_id join task t on t.id = e.task_id
     where c.number = ${c.number} and type in ('task-opened', 'task-completed', 'task-cancelled', 'task-lapsed', 'recalled')
     group by task_id, t.state having count(*) filter (where type = 'task-opened') <> 1
         or count(*) filter (where type in ('task-completed', 'task-cancelled', 'task-lapsed')) > 1 + count(*) filter (where type = 'recalled')`;
  expect(told).toEqual([]);
  const miscounted = await db.$queryRaw<unknown[]>`
    select * from (select coalesce('p:' || assignee, 'r:' || role || '@' || unit_id) as holder, count(*) as open from task where state = 'open' group by 1) held
      full join (select holder, sum(open) as open from inbox_count group by 1 having sum(open) <> 0) counted using (holder)
     where held.open is distinct from counted.open`;
  expect(miscounted).toEqual([]);
  expect(await figuresMiscounted(db)).toEqual([]);
}

/** Where the kept counters of the figures differ from what there is. */
export const figuresMiscounted = (db: TestBureau['bureau']['db']) => db.$queryRaw<unknown[]>`
  select * from (select measure, process, unit_id, confidentiality, day, key, bucket, sum(n) as n from (select * from figure_count union all select * from figure_move) moved
                  group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0) kept
    full join (select measure, process, unit_id, confidentiality, day, key, bucket, n as counted from figures_recounted('Asia/Shanghai')) there
    using (measure, process, unit_id, confidentiality, day, key, bucket)
   where n is distinct from counted`;
