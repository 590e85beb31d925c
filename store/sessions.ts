import type { PersonId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';
import { forgetActors } from './actor.ts';
import { newToken, tokenHash } from './session-token.ts';

const SESSION_HOURS = 12;

export interface Session {
  /** Shown once, here; the database keeps its hash. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Signs someone in for twelve hours, and clears away all sessions that have run out. */
export async function openSession(db: Database, person: PersonId, at: Date): Promise<Session> {
  const token = newToken();
  const expiresAt = new Date(at.getTime() + SESSION_HOURS * 3_600_000);
  await db.$executeRaw`delete from session where expires_at <= ${at}`;
  await db.session.create({ data: { tokenHash: tokenHash(token), personId: person, createdAt: at, expiresAt } });
  return { token, expiresAt };
}

/** Signs out: the token is worth nothing from now on, on other nodes within two seconds. */
export async function endSession(db: Database, token: string): Promise<void> {
  await db.session.deleteMany({ where: { tokenHash: tokenHash(token) } });
  forgetActors(db);
}
