import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Database, openDatabase } from '../platform/database.ts';
import { testService } from './service.ts';
import { DATABASE_PREFIX, TEMPLATE } from './services.ts';

export interface TestDatabase {
  readonly url: string;
  readonly db: Database;
  /** Closes `db` and drops the database. @throws Error when another connection to it was left open */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own for a test file: `const { db, drop } = await freshDatabase(); afterAll(drop);` */
export async function freshDatabase(): Promise<TestDatabase> {
  const adminUrl = await testService('postgres');
  const name = `${DATABASE_PREFIX}${randomUUID().replaceAll('-', '')}`;
  await administer(adminUrl, (admin) => admin.query(`create database ${name} template ${TEMPLATE} strategy file_copy`));
  const url = adminUrl.replace(/\/postgres$/, `/${name}`);
  const db = openDatabase(url, { connections: 5 });
  const drop = async () => {
    await db.$disconnect();
    await administer(adminUrl, async (admin) => {
      const left = await connectionsTo(admin, name);
      await admin.query(`drop database ${name} with (force)`);
      if (left.length > 0) throw new Error(`connections left open: ${left.join(', ')}`);
    });
  };
  return { url, db, drop };
}

/** A connection that was just closed is listed for a moment longer. */
async function connectionsTo(admin: Client, name: string): Promise<readonly string[]> {
  const query = 'select application_name, query from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()';
  for (let tries = 100; ; tries--) {
    const { rows } = await admin.query<{ application_name: string; query: string }>(query, [name]);
    if (rows.length === 0 || tries === 0) return rows.map((row) => `${row.application_name}: ${row.query.slice(0, 80)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function administer(url: string, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
