import type { CaseNumber, PersonId, UnitId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { Reopened, StartInput } from '../domain/step.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Bureau } from './bureau.ts';
import { dataContext } from './case-file.ts';

interface StartRow {
  readonly number: CaseNumber;
  readonly process: string;
  readonly policyVersion: string;
  readonly data: Uint8Array;
  readonly subject: PersonId | null;
  readonly unit: UnitId;
  readonly openedBy: PersonId | null;
  readonly spawnedBy: CaseNumber | null;
  readonly bell: boolean;
  readonly run: number;
  readonly reopened: Reopened | null;
}

/** @throws Problem `case-not-open` for one that is closed: a late request must not set it going again */
export async function startInput(bureau: Bureau, number: CaseNumber): Promise<StartInput> {
  const [input] = await read(bureau, Prisma.sql`c.number = ${number} and c.state <> 'closed'`);
  if (input === undefined) throw new Problem('case-not-open');
  return input;
}

/**
 * Cases of which the engine is not known to have the workflow, oldest first: accepted while it was away, or left by a node that stopped before it started them.
 * What came in the last ten seconds is being started by whoever accepted it. Uses case_unstarted.
 */
export const unstarted = (bureau: Bureau, limit: number): Promise<StartInput[]> =>
  read(
    bureau,
    Prisma.sql`not c.begun and c.state <> 'closed' and (c.state = 'accepted' or c.opened_at < now() - interval '10 seconds') order by c.id limit ${limit}`,
  );

async function read({ db, ring }: Bureau, where: Prisma.Sql): Promise<StartInput[]> {
  const rows = await db.$queryRaw<StartRow[]>(Prisma.sql`
    select c.number, c.process, c.policy_version as "policyVersion", coalesce(c.first_data, c.data) as data, c.subject_id as subject, c.unit_id as unit, c.opened_by as "openedBy", c.bell, c.runs as run,
           (select o.number from case_link l join "case" o on o.id = l.other_id where l.case_id = c.id and l.relation = 'opened-by' limit 1) as "spawnedBy",
           c.reopened
      from "case" c where ${where}`);
  return rows.map(({ data, reopened, spawnedBy, ...row }) => ({
    ...row,
    data: ring.openJson('database', data, dataContext(row.number)),
    ...(spawnedBy && { spawnedBy }),
    ...(reopened && { reopened }),
  }));
}

/** The engine has it: the case is open. Its first step says so too. */
export const markStarted = ({ db }: Pick<Bureau, 'db'>, number: CaseNumber): Promise<number> =>
  db.$executeRaw`update "case" set begun = true, state = 'open' where number = ${number} and not begun and state <> 'closed'`;

/** The engine has not confirmed it: the sweep will start it. */
export const markUnstarted = ({ db }: Pick<Bureau, 'db'>, number: CaseNumber): Promise<number> =>
  db.$executeRaw`update "case" set state = 'accepted' where number = ${number} and state = 'open' and not begun`;
