import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { unreachable } from './database.ts';
import { reasonOf, SetupError } from './setup-error.ts';

const folder = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
/** Any number that nothing else locks: several nodes that start at once migrate one after the other. */
const MIGRATION_LOCK = 5_550_001;

interface Migration {
  readonly name: string;
  readonly script: string;
  /** SHA-256 of the script, as Prisma notes it. */
  readonly checksum: string;
}

/**
 * Applies what is missing of `prisma/migrations`, each script in a transaction of its own, and notes it in Prisma's own `_prisma_migrations` table, so
 * that `prisma migrate deploy` may take over at any time.
 * @returns the names applied now
 * @throws SetupError when an applied script was changed or is gone, or one fails (nothing of it stays)
 */
export async function migrate(databaseUrl: string, migrationsFolder = folder): Promise<readonly string[]> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'fivefold migrate' });
  await client.connect().catch((error: unknown) => {
    throw unreachable(error);
  });
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(createTable);
    const applied = await appliedChecksums(client);
    const migrations = await readMigrations(migrationsFolder);
    refuseChanged(applied, migrations);
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function readMigrations(from: string): Promise<readonly Migration[]> {
  const entries = await readdir(from, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(path.join(from, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

async function appliedChecksums(client: Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function refuseChanged(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of applied) {
    if (known.get(name) === checksum) continue;
    throw new SetupError(
      `数据库迁移脚本 ${name} 在执行之后被改动或删除：请恢复原脚本，或改用与该数据库相符的版本。`,
      `The migration ${name} was changed or removed after it ran: restore it, or use the release that made this database.`,
    );
  }
}

async function apply(client: Client, { name, script, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at');
    await client.query(script);
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       values ($1, $2, clock_timestamp(), $3, $4, 1)`,
      [randomUUID(), checksum, name, rows[0]?.at],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new SetupError(
      `数据库迁移 ${name} 失败，已撤回：${reasonOf(error)}`,
      `The migration ${name} failed and was taken back: ${reasonOf(error)}`,
      error,
    );
  }
}

const createTable = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;
