import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { reasonOf, SetupError } from './setup-error.ts';

export type Database = PrismaClient;
/** What a transaction offers: `db.$transaction(async (tx: Transaction) => …)`. */
export type Transaction = Parameters<Parameters<Database['$transaction']>[0]>[0];

export interface DatabaseLimits {
  /** Connections of this process. */
  readonly connections?: number;
  /** A statement that runs longer is ended by the server, in milliseconds. */
  readonly statementTimeoutMs?: number;
}

/** Connects on first use; close it with `$disconnect()`. */
export function openDatabase(url: string, { connections = 10, statementTimeoutMs = 30_000 }: DatabaseLimits = {}): Database {
  const pool = {
    connectionString: url,
    max: connections,
    // Callers are told within two seconds that the database is away, rather than left waiting.
    connectionTimeoutMillis: 2000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
    application_name: 'fivefold',
    // A page of a list is read sooner than a second process is started.
    options: '-c max_parallel_workers_per_gather=0',
  };
  return new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }) });
}

/** Texts of which a connection keeps the plan; what lists build from filters beyond that is planned each time. */
const keptStatements = 300;

/** Begins a statement whose best plan depends on its values, such as a list with filters: it is planned for those it is given, each time. */
export const forItsValues = Prisma.raw('/* planned for its values */');

/** Names statements by their text, so that each connection parses and plans it once: a step's writing statement takes longer to plan than to run. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    if (sql.trimStart().startsWith(forItsValues.sql)) return '';
    const known = names.get(sql);
    // An empty name is PostgreSQL's unnamed statement, planned each time.
    if (known !== undefined || names.size >= keptStatements) return known ?? '';
    names.set(sql, `s${names.size}`);
    return `s${names.size - 1}`;
  };
}

const START_LIMIT_MS = 30_000;

/** Waits for a database that is just starting. @throws SetupError when it does not answer within half a minute */
export async function untilAnswering(db: Database): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await db.$queryRaw`select 1`;
      return;
    } catch (error) {
      if (Date.now() > until) throw unreachable(error);
      await sleep(500);
    }
  }
}

/** Never repeats the URL: it holds the password. */
export const unreachable = (error: unknown): SetupError =>
  new SetupError(
    `数据库连接失败（${reasonOf(error)}）：请检查 DATABASE_URL，并确认数据库已启动、可从本机访问。`,
    'The database cannot be reached: check DATABASE_URL, and that it runs and can be reached from here.',
    error,
  );
