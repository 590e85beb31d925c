import { viewingAt } from '../api/viewing.ts';
import { syntheticBureau } from '../bench/synthetic/bureau.ts';
import { type AskedList, askedLists, type ExplainedList, explainedLists } from '../bench/synthetic/lists.ts';
import type { Actor } from '../domain/actor.ts';
import { UnitId } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { openDatabase } from '../platform/database.ts';
import { actorOfPerson } from '../store/actor.ts';
import type { Bureau } from '../store/bureau.ts';
import { type CaseFilter, conditionsOf } from '../store/lists/case-filter.ts';
import { caseSorts, listCases } from '../store/lists/cases.ts';
import { listTasks } from '../store/lists/tasks.ts';
import { openBureau } from '../store/open-bureau.ts';
import { unitPlaces, unitsFrom } from '../store/units-known.ts';
import { type Viewing, visibleTo } from '../store/visible.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { testRing } from './key-ring.ts';

/*
 * On 5,000 cases of which PostgreSQL is told that they are a million: its statistics are multiplied, so that it reckons as it would there. Those who see few of them, a sixtieth and most of
 * them ask for every list with every filter.
 */
const CASES = 5000;

let database: TestDatabase;
let bureau: Bureau;
let asked: readonly AskedList[];
let lists: readonly ExplainedList[];

beforeAll(async () => {
  database = await freshDatabase();
  const made = await syntheticBureau(await openBureau(database.db, testRing, { demo: false }), { cases: CASES, events: 0 });
  await tellOf(1_000_000 / CASES);
  // What it is told is known to new connections.
  bureau = await openBureau(openDatabase(database.url), testRing, { demo: false });
  const askers = new Set(['officer', 'unit leader', 'supervision desk']);
  asked = askedLists(made).filter(({ who }) => askers.has(who));
  lists = await explainedLists({ ...made, bureau, databaseUrl: database.url }, asked);
}, 240_000);
afterAll(async () => {
  await bureau.db.$disconnect();
  await database.drop();
});

async function tellOf(times: number): Promise<void> {
  const { db } = database;
  for (const table of ['"case"', 'task', 'participant']) {
    await db.$executeRawUnsafe(`alter table ${table} set (autovacuum_enabled = false)`);
    await db.$executeRaw`
      update pg_class set reltuples = reltuples * ${times} where oid = ${table}::regclass or oid in (select indexrelid from pg_index where indrelid = ${table}::regclass)`;
  }
  // It sees how few pages they have; reading one counts for as many as there would be.
  await db.$executeRawUnsafe(`alter database ${new URL(database.url).pathname.slice(1)} set seq_page_cost = ${times}`);
}

test('no list reads cases, tasks or parts in them from end to end', () => {
  const scans = lists.flatMap(({ who, name, reads }) =>
    reads.filter((read) => /Seq Scan (case|task|participant) /.test(read)).map((read) => `${who} ${name}: ${read}`),
  );
  expect(scans).toEqual([]);
});

test('each index that lists are made for leads one of them', () => {
  const used = new Set(lists.flatMap(({ reads }) => reads.map((read) => read.split(' ').at(-2))));
  const named = [
    'case_by_opened',
    'case_by_due',
    'case_by_process',
    'case_by_unit',
    'case_by_opener',
    'case_by_subject',
    'case_by_handler',
    'case_by_search',
    'case_number_key',
    'case_open_to_all',
    'case_open_by_stage',
    'case_open_by_level',
    'case_due_by_unit',
    'task_open_by_assignee',
    'task_open_by_role',
    'task_open_by_due',
    'task_open_by_unit',
    'task_open_by_opened',
    'task_closed_by_due',
    'task_closed_by',
    'task_closed_for',
    'participant_by_person',
    'inbox_count_pkey',
  ];
  expect(named.filter((index) => !used.has(index))).toEqual([]);
});

const filters: readonly CaseFilter[] = [
  {},
  { state: 'open' },
  { process: 'appeal,supervision' },
  { process: 'clue' },
  { unit: UnitId.parse('branch-3') },
  { stage: 'handle' },
  { level: 1 },
  { overdue: true },
  { overdue: false, state: 'closed' },
  { confidentiality: 'confidential' },
];

test('a list of cases shows what one condition with all the ways of seeing them finds, page by page', async () => {
  for (const { actor, viewing } of await askers())
    for (const filter of filters)
      for (const sort of caseSorts) {
        const query = { actor, viewing, filter, sort, limit: 20 };
        const first = await listCases(bureau, { ...query, cursor: undefined });
        const second = first.nextCursor === null ? [] : (await listCases(bureau, { ...query, cursor: first.nextCursor })).rows;
        const isAsked = Prisma.join([visibleTo(actor, viewing), ...conditionsOf(query), await narrowing(filter)], ' and ');
        const order = { '-openedAt': 'c.opened_at desc, c.id desc', openedAt: 'c.opened_at, c.id', dueAt: 'c.due_at, c.id' }[sort];
        const found = await database.db.$queryRaw<{ number: string }[]>(
          Prisma.sql`select c.number from "case" c where ${isAsked} order by ${Prisma.raw(order)} limit 40`,
        );
        expect({ who: actor.id, filter, sort, numbers: [...first.rows, ...second].map(({ number }) => number) }).toEqual({
          who: actor.id,
          filter,
          sort,
          numbers: found.map(({ number }) => number),
        });
      }
});

test('so does a list of tasks', async () => {
  for (const { actor, viewing } of await askers())
    for (const state of ['open', 'done'] as const)
      for (const sort of ['dueAt', '-openedAt'] as const) {
        const query = { actor, viewing, filter: { mine: false, state }, sort, limit: 20 };
        const first = await listTasks(database.db, { ...query, cursor: undefined });
        const second = first.nextCursor === null ? [] : (await listTasks(database.db, { ...query, cursor: first.nextCursor })).rows;
        const order = sort === 'dueAt' ? 't.due_at, t.id' : 't.opened_at desc, t.id desc';
        const found = await database.db.$queryRaw<{ id: string }[]>(Prisma.sql`
          select t.id from task t join "case" c on c.id = t.case_id where t.state = ${state} and ${visibleTo(actor, viewing)} order by ${Prisma.raw(order)} limit 40`);
        expect([...first.rows, ...second].map(({ id }) => id)).toEqual(found.map(({ id }) => id));
      }
});

async function askers(): Promise<{ actor: Actor; viewing: Viewing }[]> {
  const at = new Date();
  const people = await Promise.all([...new Set(asked.map(({ as }) => as))].map((id) => actorOfPerson(database.db, id, at)));
  return people.flatMap((actor) => (actor === null ? [] : [{ actor, viewing: viewingAt(at) }]));
}

async function narrowing({ process, unit }: CaseFilter): Promise<Prisma.Sql> {
  const units = unit === undefined ? null : unitsFrom(await unitPlaces(database.db), unit);
  return Prisma.sql`${process === undefined ? Prisma.sql`true` : Prisma.sql`c.process = any (${process.split(',')})`}
    and ${units === null ? Prisma.sql`true` : Prisma.sql`c.unit_id = any (${units})`}`;
}
