import { readFile } from 'node:fs/promises';
import type { ZoneClock } from '../domain/time-zone.ts';
import type { Database } from '../platform/database.ts';
import { hashPassword } from '../store/password.ts';
import { importPeople } from '../store/people-import.ts';

/**
 * The demonstration bureau's units and people, by the same import that administrators use, each with an account and this password. Done again it restores what
 * the files say and gives every account the password.
 */
export async function loadDemoPeople(db: Database, { password, zone, at }: DemoPeople): Promise<void> {
  const [units, people] = await Promise.all(['units.csv', 'people.csv'].map((name) => readFile(new URL(name, import.meta.url), 'utf8')));
  const result = await importPeople(db, { units, people, zone, at, by: null, dryRun: false });
  if (!result.ok) {
    const faults = result.errors.map(({ row, column, message }) => `${result.table}.csv, row ${row}, ${column}: ${message.en}`);
    throw new Error(`the demo bureau cannot be loaded: ${faults.join('; ')}`);
  }
  await setDemoPassword(db, password);
}

/** Gives everybody an account with this password, hashed once: two hundred and more slow hashes would hold up the start. */
export async function setDemoPassword(db: Database, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await db.$executeRaw`
    insert into account (person_id, password_hash) select id, ${hash} from person
    on conflict (person_id) do update set password_hash = excluded.password_hash`;
}

export interface DemoPeople {
  /** Of every account. */
  readonly password: string;
  readonly zone: ZoneClock;
  readonly at: Date;
}
