import type { CaseNumber } from '../domain/ids.ts';
import type { Bureau } from './bureau.ts';
import { stepContext } from './case-file.ts';

export interface KeptSubmission {
  readonly number: CaseNumber;
  /** The id of the update that carried it. */
  readonly cause: string;
  /** As it was given; the caller knows its shape. */
  readonly submission: unknown;
}

interface Row {
  readonly number: CaseNumber;
  readonly cause: string;
  readonly input: Uint8Array;
}

/** The last submissions that the record of a case holds, oldest first. Uses case_step_pkey. */
export async function lastSubmissions({ db, ring }: Bureau, number: CaseNumber, count: number): Promise<KeptSubmission[]> {
  const rows = await db.$queryRaw<Row[]>`
    select c.number, s.cause, s.input from case_step s join "case" c on c.id = s.case_id
     where c.number = ${number} and s.input is not null order by s.at desc limit ${count}`;
  return rows
    .reverse()
    .map(({ input, ...row }) => ({ ...row, submission: ring.openJson('database', input, stepContext(row.number, row.cause)) }));
}

/** Open cases that took a submission shortly before the last one of all: those that a crash of everything at once may have set back. Uses case_step_by_time. */
export async function lastTouched({ db }: Bureau, seconds: number): Promise<CaseNumber[]> {
  const rows = await db.$queryRaw<{ number: CaseNumber }[]>`
    select distinct c.number from case_step s join "case" c on c.id = s.case_id
     where s.input is not null and c.state <> 'closed' and s.at > (select max(at) from case_step where input is not null) - make_interval(secs => ${seconds})`;
  return rows.map(({ number }) => number);
}
