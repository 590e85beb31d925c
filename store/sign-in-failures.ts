import { createHash } from 'node:crypto';
import { Problem } from '../domain/problems.ts';
import { accountLockSeconds, FORGIVEN_AFTER_MS, sourceLockSeconds } from '../domain/sign-in-limits.ts';
import type { Database } from '../platform/database.ts';

/** What a try to sign in is counted under. Only hashes are kept. */
export interface SignInKeys {
  readonly account: Uint8Array<ArrayBuffer>;
  readonly source: Uint8Array<ArrayBuffer>;
}

export const signInKeys = (username: string, source: string): SignInKeys => ({
  account: hashOf(`account ${username}`),
  source: hashOf(`source ${source}`),
});

/** @throws Problem `locked-out` while either is locked; a try in that time changes nothing */
export async function refuseLocked(db: Database, { account, source }: SignInKeys, at: Date): Promise<void> {
  const [row] = await db.$queryRaw<{ until: Date | null }[]>`
    select max(locked_until) as until from sign_in_failure where key in (${account}, ${source}) and locked_until > ${at}`;
  if (row?.until) throw new Problem('locked-out', { retryAfter: Math.ceil((row.until.getTime() - at.getTime()) / 1000) });
}

export async function countFailure(db: Database, { account, source }: SignInKeys, at: Date): Promise<void> {
  await db.$executeRaw`delete from sign_in_failure where last_at < ${forgiven(at)}`;
  await addFailure(db, account, at, accountLockSeconds);
  await addFailure(db, source, at, sourceLockSeconds);
}

/** A success clears the name; the source keeps its count, or one known password would buy endless guesses at others. */
export async function clearFailures(db: Database, { account }: SignInKeys): Promise<void> {
  await db.$executeRaw`delete from sign_in_failure where key = ${account}`;
}

async function addFailure(db: Database, key: Uint8Array<ArrayBuffer>, at: Date, lockSeconds: (failures: number) => number): Promise<void> {
  const [row] = await db.$queryRaw<{ failures: number }[]>`
    insert into sign_in_failure (key, failures, last_at, locked_until) values (${key}, 1, ${at}, ${at})
    on conflict (key) do update set failures = sign_in_failure.failures + 1, last_at = ${at}
    returning failures`;
  const until = new Date(at.getTime() + lockSeconds(row?.failures ?? 1) * 1000);
  await db.$executeRaw`update sign_in_failure set locked_until = greatest(locked_until, ${until}) where key = ${key}`;
}

const forgiven = (at: Date): Date => new Date(at.getTime() - FORGIVEN_AFTER_MS);

const hashOf = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());
