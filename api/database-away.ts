import { Problem } from '../domain/problems.ts';
import { codeOf } from '../platform/setup-error.ts';
import { sqlState } from '../store/in-transaction.ts';

/** What Prisma, pg and PostgreSQL say where no connection could be had: the statement was never sent. */
const unreached = {
  codes: [
    'P1001', // Prisma: cannot reach the server
    'P2024', // Prisma: no connection from the pool in time
    'ECONNREFUSED',
    '57P03', // cannot_connect_now
    '53300', // too_many_connections
  ],
  text: /timeout exceeded when trying to connect|Can't reach database server/i,
};

/** What they say where the connection broke: what was sent may have been done. */
const broken = {
  codes: [
    'P1002', // Prisma: timed out
    'P1008', // Prisma: operation timed out
    'P1017', // Prisma: connection closed
    'P2028', // Prisma: no transaction in time
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    '08000',
    '08003',
    '08006',
    '57P01', // admin_shutdown
    '57P02', // crash_shutdown
  ],
  text: /connection terminated|server closed the connection|not queryable/i,
};

/** Whether an error means that the database is away, anywhere down its chain of causes. */
export function databaseIsAway(error: unknown): 'unreached' | 'broken' | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (says(unreached, at)) return 'unreached';
    if (says(broken, at)) return 'broken';
  }
  return null;
}

const says = ({ codes, text }: typeof broken, error: Error): boolean =>
  codes.includes(codeOf(error) ?? '') || codes.includes(sqlState(error) ?? '') || text.test(error.message);

/** For what follows once a request has taken effect, its answer above all: should the database fail now, nobody may be told that nothing was changed. @throws Problem `outcome-unknown` */
export const onceDone = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw databaseIsAway(error) === null ? error : new Problem('outcome-unknown');
  });
