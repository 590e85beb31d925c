import { codeOf } from '../platform/setup-error.ts';
import { sqlState } from '../store/in-transaction.ts';

/** Codes by which Prisma, pg and PostgreSQL say that the server can't be reached, is going down, or has no connection free. */
const awayCodes: readonly string[] = [
  'P1001', // Prisma: cannot reach the server
  'P1002', // Prisma: timed out
  'P1008', // Prisma: operation timed out
  'P1017', // Prisma: connection closed
  'P2024', // Prisma: no connection from the pool in time
  'P2028', // Prisma: no transaction in time
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '08000',
  '08003',
  '08006',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
];

const awayText =
  /connection terminated|timeout exceeded when trying to connect|server closed the connection|Can't reach database server|not queryable/i;

/** Whether an error means that the database is away, anywhere down its chain of causes. */
export function databaseIsAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (awayCodes.includes(codeOf(at) ?? '') || awayText.test(at.message) || awayCodes.includes(sqlState(at) ?? '')) return true;
  }
  return false;
}
