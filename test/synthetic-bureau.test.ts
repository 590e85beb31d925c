import { syntheticBureau } from '../bench/synthetic/bureau.ts';
import { caseRow } from '../bench/synthetic/case-rows.ts';
import { chanceOf } from '../bench/synthetic/chance.ts';
import { staffOf } from '../bench/synthetic/staff.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Bureau } from '../store/bureau.ts';
import { openBureau } from '../store/open-bureau.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { testRing } from './key-ring.ts';

const at = new Date('2026-11-24T02:00:00Z');
let database: TestDatabase;
let bureau: Bureau;

beforeAll(async () => {
  database = await freshDatabase();
  bureau = await openBureau(database.db, testRing, { demo: false });
  await syntheticBureau(bureau, { cases: 1000, events: 3, at });
});
afterAll(() => database.drop());

async function count(from: Prisma.Sql): Promise<number> {
  const [row] = await database.db.$queryRaw<[{ n: number }]>`select count(*)::integer as n ${from}`;
  return row.n;
}

test('every row of a synthetic bureau refers to one that is there', async () => {
  const keys = await database.db.$queryRaw<{ table: string; column: string; other: string; key: string }[]>`
    select k.conrelid::regclass::text as "table", a.attname as "column", k.confrelid::regclass::text as other, b.attname as key
      from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
     where k.contype = 'f' and cardinality(k.conkey) = 1 and k.conparentid = 0`;
  expect(keys.length).toBeGreaterThan(50);
  for (const { table, column, other, key } of keys) {
    const lost = Prisma.raw(
      `from ${table} r where "${column}" is not null and not exists (select from ${other} o where o."${key}" = r."${column}")`,
    );
    expect(`${table}.${column}: ${await count(lost)} lost`).toBe(`${table}.${column}: 0 lost`);
  }
});

test('its open cases have a task each, and are due when the first of those is', async () => {
  expect(await count(Prisma.sql`from "case" where state = 'open'`)).toBeGreaterThan(50);
  expect(
    await count(Prisma.sql`
    from "case" c where (c.state = 'open') <> exists (select from task t where t.case_id = c.id and t.state = 'open')
      or c.due_at is distinct from (select min(due_at) from task t where t.case_id = c.id and t.state = 'open' and t.paused_at is null)
      or c.level <> coalesce((select max(level) from task t where t.case_id = c.id and t.state = 'open'), 0)`),
  ).toBe(0);
});

test('its kept counters say what counting says', async () => {
  expect(
    await count(Prisma.sql`
    from (select holder, sum(open) as open from inbox_count group by holder) kept
    full join (select coalesce('p:' || assignee, 'r:' || role || '@' || unit_id) as holder, count(*) as open from task where state = 'open' group by 1) counted using (holder)
   where kept.open is distinct from counted.open`),
  ).toBe(0);
});

test('the same seed gives the same cases, another one others', () => {
  const row = (seed: number, n: number) => {
    const chance = chanceOf(seed);
    const { title: _, data: __, ...plain } = caseRow({ bureau, staff: staffOf(chance), chance, cases: 1000, at }, n);
    return plain;
  };
  expect(row(1, 17)).toEqual(row(1, 17));
  expect(row(2, 17)).not.toEqual(row(1, 17));
});
