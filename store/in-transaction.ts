import type { Database, Transaction } from '../platform/database.ts';

const attempts = 5;

/** Runs `write` in one transaction; what PostgreSQL gave up because of a deadlock or a serialisation conflict is tried again, at most four times. */
export async function inTransaction<T>(db: Database, write: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(write, { maxWait: 2000, timeout: 15_000 });
    } catch (error) {
      if (attempt === attempts || !isTransient(error)) throw error;
    }
  }
}

/** SQLSTATE of an error of the driver or of Prisma around it. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, meta } = error as { code?: unknown; cause?: unknown; meta?: unknown };
  const inner = sqlState(cause) ?? sqlState(meta) ?? driverState(error);
  if (inner) return inner;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('P2') ? code : undefined;
}

const driverState = (error: object): string | undefined => {
  const { driverAdapterError, originalCode } = error as { driverAdapterError?: unknown; originalCode?: unknown };
  if (typeof originalCode === 'string') return originalCode;
  return driverAdapterError === undefined ? undefined : sqlState(driverAdapterError);
};

/** P2034 is Prisma's word for a deadlock or write conflict. */
const isTransient = (error: unknown): boolean =>
  ['40001', '40P01'].includes(sqlState(error) ?? '') ||
  (typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2034');
