import { readFile } from 'node:fs/promises';
import { readPeople } from '../domain/people-table.ts';
import type { ZoneClock } from '../domain/time-zone.ts';
import type { Database } from '../platform/database.ts';
import { SetupError } from '../platform/setup-error.ts';
import { hashPassword } from '../store/password.ts';
import { importPeople } from '../store/people-import.ts';

export interface DemoPeople {
  /** Of every account. */
  readonly password: string;
  readonly zone: ZoneClock;
  readonly at: Date;
}

/**
 * Loads the demonstration bureau into a database that knows nobody yet; later only sees to it that its accounts have this password, and leaves everything else as
 * people have changed it.
 * @throws SetupError when the database belongs to another bureau: one known password must not open it
 */
export async function openDemoBureau(db: Database, demo: DemoPeople): Promise<void> {
  if ((await db.person.findFirst()) === null) return loadDemoPeople(db, demo);
  if ((await setDemoPassword(db, demo)) === 0) throw notADemo;
}

/** The units and people of the demonstration bureau, by the same import that administrators use, each with an account. Done again it restores what the files say. */
export async function loadDemoPeople(db: Database, demo: DemoPeople): Promise<void> {
  const [units, people] = await Promise.all([textOf('units.csv'), textOf('people.csv')]);
  const result = await importPeople(db, { units, people, zone: demo.zone, at: demo.at, by: null, dryRun: false });
  if (!result.ok) {
    const faults = result.errors.map(({ row, column, message }) => `${result.table}.csv, row ${row}, ${column}: ${message.en}`);
    throw new Error(`the demo bureau cannot be loaded: ${faults.join('; ')}`);
  }
  await setDemoPassword(db, demo);
}

/**
 * Gives the people of the files an account with this password, hashed once: two hundred and more slow hashes would hold up the start. Others keep theirs.
 * @returns how many they are
 */
async function setDemoPassword(db: Database, { password, zone }: DemoPeople): Promise<number> {
  const { lines } = readPeople(await textOf('people.csv'), zone);
  const known = JSON.stringify(lines.map(({ username, badge }) => ({ username, badge })));
  const hash = await hashPassword(password);
  return db.$executeRaw`
    insert into account (person_id, password_hash)
    select p.id, ${hash} from person p join jsonb_to_recordset(${known}::jsonb) as demo (username text, badge text) using (username, badge)
    on conflict (person_id) do update set password_hash = excluded.password_hash`;
}

const textOf = (file: string): Promise<string> => readFile(new URL(file, import.meta.url), 'utf8');

const notADemo = new SetupError(
  '该数据库中是另一单位的人员：演示模式会给演示账号统一口令，不在此装入。请设 FIVEFOLD_DEMO=0，或换一个空数据库。',
  'This database holds the people of another bureau, and demo accounts share one password: set FIVEFOLD_DEMO=0, or give an empty database.',
);
