import { PersonId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Database } from '../platform/database.ts';
import { forgetActors } from './actor.ts';
import { hashPassword, isPassword } from './password.ts';
import { openSession, type Session } from './sessions.ts';
import { clearFailures, countFailure, refuseLocked, signInKeys } from './sign-in-failures.ts';

export interface SignIn {
  readonly username: string;
  readonly password: string;
  /** The address from which it comes, or the network that stands for it. */
  readonly source: string;
  readonly at: Date;
}

/**
 * Opens a session for a name and its password.
 * @throws Problem `wrong-credentials` for an unknown name, a wrong password, a disabled account and someone who has left alike; `locked-out` with
 *   `retryAfter` after too many failures
 */
export async function signIn(db: Database, { username, password, source, at }: SignIn): Promise<Session & { person: PersonId }> {
  const keys = signInKeys(username, source);
  // One after the other: many guesses sent at once would all pass the check before the first is counted.
  return inTurn(username, async () => {
    await refuseLocked(db, keys, at);
    const person = await personWith(db, { username, password, at });
    if (person === null) {
      await countFailure(db, keys, at);
      throw new Problem('wrong-credentials');
    }
    await clearFailures(db, keys);
    return { person, ...(await openSession(db, person, at)) };
  });
}

/** Gives someone an account or a new password; whoever is signed in with the old one is signed out. */
export async function setPassword(db: Database, person: PersonId, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.$transaction([
    db.account.upsert({ where: { personId: person }, create: { personId: person, passwordHash }, update: { passwordHash } }),
    db.session.deleteMany({ where: { personId: person } }),
  ]);
  forgetActors(db);
}

/** A disabled account signs nobody in and ends its sessions. Someone without an account has none to disable. */
export async function setDisabled(db: Database, person: PersonId, disabled: boolean): Promise<void> {
  await db.$transaction([
    db.account.updateMany({ where: { personId: person }, data: { disabled } }),
    ...(disabled ? [db.session.deleteMany({ where: { personId: person } })] : []),
  ]);
  forgetActors(db);
}

async function personWith(db: Database, { username, password, at }: Omit<SignIn, 'source'>): Promise<PersonId | null> {
  const found = await db.person.findUnique({ where: { username }, include: { account: true } });
  const isRight = await isPassword(password, found?.account?.passwordHash ?? null);
  const mayEnter = found !== null && found.account?.disabled === false && (found.leftAt === null || found.leftAt > at);
  return isRight && mayEnter ? PersonId.parse(found.id) : null;
}

const turns = new Map<string, Promise<unknown>>();

/** Runs `work` when all earlier work under this key has ended. */
async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turn = Promise.allSettled([turns.get(key)]).then(work);
  turns.set(key, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}
