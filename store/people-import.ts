import type { TableError } from '../domain/csv-table.ts';
import type { PersonId } from '../domain/ids.ts';
import { type PeoplePlan, planPeople, planUnits } from '../domain/people-plan.ts';
import { readPeople, readUnits } from '../domain/people-table.ts';
import type { ZoneClock } from '../domain/time-zone.ts';
import type { Database, Transaction } from '../platform/database.ts';
import { forgetActors } from './actor.ts';
import { knownPeople, knownUnits } from './people-known.ts';
import { type RoleChange, savePeople, saveRoles, saveUnits, type Written, type WrittenPerson } from './people-save.ts';

export interface PeopleImport {
  /** CSV; see domain/people-table.ts for the columns. */
  readonly units?: string;
  readonly people?: string;
  readonly at: Date;
  readonly zone: ZoneClock;
  /** Who imports; null where the bureau itself does. Nobody changes their own roles. */
  readonly by: PersonId | null;
  /** Checks everything, changes nothing. */
  readonly dryRun: boolean;
}

/** Everything that became otherwise, row by row. */
export interface ImportChanges {
  readonly units: readonly Written[];
  readonly people: readonly WrittenPerson[];
  readonly roles: readonly (RoleChange & { readonly name: string })[];
}

export type ImportResult =
  | { readonly ok: true; readonly changes: ImportChanges }
  | { readonly ok: false; readonly table: 'units' | 'people'; readonly errors: readonly TableError[] };

/** Lays tables of units and people over what is known: everything, or nothing and every row that is wrong. Importing the same again changes nothing. */
export async function importPeople(db: Database, given: PeopleImport): Promise<ImportResult> {
  try {
    const result = await db.$transaction(
      async (tx): Promise<ImportResult> => {
        const changes = await importInto(tx, given);
        if (given.dryRun) throw new Undone({ ok: true, changes });
        return { ok: true, changes };
      },
      { timeout: 60_000 },
    );
    forgetActors(db);
    return result;
  } catch (error) {
    if (error instanceof Undone) return error.result;
    throw error;
  }
}

/** Carries a result out of a transaction that is to change nothing. */
class Undone extends Error {
  readonly result: ImportResult;

  constructor(result: ImportResult) {
    super('nothing was imported');
    this.result = result;
  }
}

async function importInto(tx: Transaction, given: PeopleImport): Promise<ImportChanges> {
  await tx.$executeRaw`lock table unit, person, role_grant in share row exclusive mode`;
  const units = given.units === undefined ? [] : await importUnits(tx, given.units);
  const plan = given.people === undefined ? nobody : await planOf(tx, given.people, given);
  const people = await savePeople(tx, plan, given.at);
  const roles = await saveRoles(tx, plan, given.at);
  const own = plan.grants.find(({ person }) => person === given.by)?.row ?? 1;
  if (roles.some(({ person }) => person === given.by)) refuse('people', [{ row: own, column: 'roles', message: ownRoles }]);
  const names = new Map(plan.people.map(({ id, name }) => [id, name]));
  return { units, people, roles: roles.map((role) => ({ ...role, name: names.get(role.person) ?? role.person })) };
}

async function importUnits(tx: Transaction, csv: string) {
  const { lines, errors } = readUnits(csv);
  const plan = planUnits(lines, await knownUnits(tx));
  refuse('units', [...errors, ...plan.errors]);
  return saveUnits(tx, plan);
}

async function planOf(tx: Transaction, csv: string, { zone }: PeopleImport): Promise<PeoplePlan> {
  const { lines, errors } = readPeople(csv, zone);
  const faulty = new Set(errors.map(({ row }) => row));
  const sound = lines.filter(({ row }) => !faulty.has(row));
  const plan = planPeople(sound, { people: await knownPeople(tx), units: await knownUnits(tx) });
  refuse('people', [...errors, ...plan.errors]);
  return plan;
}

function refuse(table: 'units' | 'people', errors: readonly TableError[]): void {
  if (errors.length === 0) return;
  throw new Undone({ ok: false, table, errors: errors.toSorted((one, other) => one.row - other.row) });
}

const nobody: PeoplePlan = { people: [], withRoles: [], grants: [], kinship: [], errors: [] };
const ownRoles = {
  zh: '不能更改本人的角色，请由另一人导入。',
  en: 'You cannot change your own roles. Let another person import this row.',
};
