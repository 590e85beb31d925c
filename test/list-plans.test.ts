import { syntheticBureau } from '../bench/synthetic/bureau.ts';
import { askedLists, type ExplainedList, explainedLists } from '../bench/synthetic/lists.ts';
import { openBureau } from '../store/open-bureau.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { testRing } from './key-ring.ts';

/*
 * On 5,000 cases of which PostgreSQL is told that they are a million: its statistics are multiplied, so that it reckons as it would there. Those who see few of them, a sixtieth and most of
 * them ask for every list with every filter.
 */
const CASES = 5000;

let database: TestDatabase;
let lists: readonly ExplainedList[];

beforeAll(async () => {
  database = await freshDatabase();
  const bureau = await openBureau(database.db, testRing, { demo: false });
  const made = await syntheticBureau(bureau, { cases: CASES, events: 0 });
  await tellOf(1_000_000 / CASES);
  const askers = new Set(['officer', 'unit leader', 'supervision desk']);
  lists = await explainedLists(
    { ...made, bureau, databaseUrl: database.url },
    askedLists(made).filter(({ who }) => askers.has(who)),
  );
}, 240_000);
afterAll(() => database.drop());

async function tellOf(times: number): Promise<void> {
  const { db } = database;
  for (const table of ['"case"', 'task', 'participant']) {
    await db.$executeRawUnsafe(`alter table ${table} set (autovacuum_enabled = false)`);
    await db.$executeRaw`
      update pg_class set reltuples = reltuples * ${times} where oid = ${table}::regclass or oid in (select indexrelid from pg_index where indrelid = ${table}::regclass)`;
  }
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
