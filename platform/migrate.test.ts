import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freshDatabase, type TestDatabase } from '../test/database.ts';
import { DATABASE_PREFIX } from '../test/services.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fivefold-migrations-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  cpSync('prisma/migrations', folder, { recursive: true });
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function write(name: string, script: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, 'migration.sql'), script);
}

const applied = () => database.db.$queryRaw<{ migration_name: string; applied_steps_count: number; finished: boolean }[]>`
  select migration_name, applied_steps_count, finished_at >= started_at as finished from _prisma_migrations where migration_name like '9%'`;

test('a migrated database needs nothing more', async () => {
  expect(await migrate(database.url, folder)).toEqual([]);
});

test('several nodes that start at once apply each script once', async () => {
  write('9001_first', 'create table first (id int primary key); insert into first values (1)');
  const applications = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, folder)));
  expect(applications.flat()).toEqual(['9001_first']);
  expect(await applied()).toEqual([{ migration_name: '9001_first', applied_steps_count: 1, finished: true }]);
});

test('a script that fails leaves nothing and says why', async () => {
  write('9002_broken', 'create table second (id int); select no_such_column from second');
  await expect(migrate(database.url, folder)).rejects.toThrow(/9002_broken.+no_such_column/);
  expect(await database.db.$queryRaw`select to_regclass('second')::text as made`).toEqual([{ made: null }]);
  expect(await applied()).toHaveLength(1);

  write('9002_broken', 'create table second (id int)');
  expect(await migrate(database.url, folder)).toEqual(['9002_broken']);
});

test('a script that was changed or removed after it ran is refused', async () => {
  write('9001_first', 'create table first (id bigint primary key)');
  await expect(migrate(database.url, folder)).rejects.toThrow('9001_first was changed or removed');
  rmSync(path.join(folder, '9001_first'), { recursive: true });
  await expect(migrate(database.url, folder)).rejects.toThrow('9001_first was changed or removed');
});

test('a database that cannot be reached is said, without its password', async () => {
  const migrating = migrate('postgresql://fivefold:secret-word@127.0.0.1:9/fivefold', folder);
  await expect(migrating).rejects.toThrow(/请检查 DATABASE_URL[\s\S]+check DATABASE_URL/);
  await expect(migrating).rejects.not.toThrow('secret-word');
});

test('an ordinary user migrates its own database, and is not the archivist afterwards', async () => {
  const user = `clerk_${randomUUID().replaceAll('-', '')}`;
  const name = `${DATABASE_PREFIX}${user}`;
  const admin = database.db;
  await admin.$executeRawUnsafe(`create role ${user} login password 'clerk'`);
  await admin.$executeRawUnsafe(`grant fivefold_archivist to ${user} with admin option, inherit false, set false`);
  await admin.$executeRawUnsafe(`create database ${name} owner ${user}`);
  const url = new URL(database.url);
  Object.assign(url, { username: user, password: 'clerk', pathname: `/${name}` });
  await migrate(url.href);
  const own = openDatabase(url.href, { connections: 1 });
  try {
    await expect(own.$executeRaw`set role fivefold_archivist`).rejects.toThrow(/permission denied/);
    await expect(own.$queryRaw`select anonymise_case(1, '', '', '')`).rejects.toThrow(/is not closed/);
  } finally {
    await own.$disconnect();
    await admin.$executeRawUnsafe(`drop database ${name} with (force)`);
    await admin.$executeRawUnsafe(`drop owned by ${user}`);
    await admin.$executeRawUnsafe(`drop role ${user}`);
  }
});
