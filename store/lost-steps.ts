/*
 * A step is committed to the record before the engine knows of it. When the engine dies in between, or the worker with it, the case wakes up without that step: the record is
 * ahead of the workflow. Every step of a workflow is therefore numbered, and says how many of them its workflow knows (`known`). What set a step off is kept with it, sealed:
 * taken again in order, the causes bring the workflow to where the record is, because a cause that the record has changes nothing there and is answered as the first time.
 */
import type { CaseNumber } from '../domain/ids.ts';
import type { Ahead } from '../domain/step.ts';
import { instantOf } from '../domain/time-zone.ts';
import type { Bureau, StepContext } from './bureau.ts';
import { stepContext } from './case-file.ts';
import type { LockedCase } from './load-case.ts';

interface Row {
  readonly cause: string;
  readonly at: Date;
  readonly input: Uint8Array;
}

/** What set off the next step after the first `known` ones, if the record has more. Uses case_step_pkey. */
export async function stepAfter({ tx, ring }: StepContext, row: LockedCase, known: number): Promise<Ahead['ahead'] | null> {
  if (row.steps <= known) return null;
  const [next] = await tx.$queryRaw<Row[]>`
    select cause, at, input from case_step where case_id = ${row.id}::bigint and nth > ${known} and input is not null order by nth limit 1`;
  if (next === undefined) return null; // the rest of a step of several parts: its first part is known
  return { at: instantOf(next.at.getTime()), cause: ring.openJson('database', next.input, stepContext(row.number, next.cause)) };
}

/** The causes of the last steps of a case's workflow, the last one first; the caller knows their shape. Uses case_step_pkey. */
export async function lastCauses({ db, ring }: Bureau, number: CaseNumber, count: number): Promise<unknown[]> {
  const rows = await db.$queryRaw<Row[]>`
    select s.cause, s.at, s.input from case_step s join "case" c on c.id = s.case_id
     where c.number = ${number} and s.input is not null order by s.nth desc limit ${count}`;
  return rows.map(({ cause, input }) => ring.openJson('database', input, stepContext(number, cause)));
}

/** Cases that took a step shortly before the last one of all: those that a crash of everything at once may have set back. Uses case_step_by_time. */
export async function lastTouched({ db }: Pick<Bureau, 'db'>, seconds: number): Promise<CaseNumber[]> {
  const rows = await db.$queryRaw<{ number: CaseNumber }[]>`
    select distinct c.number from case_step s join "case" c on c.id = s.case_id
     where s.input is not null and s.at > (select max(at) from case_step where input is not null) - make_interval(secs => ${seconds})`;
  return rows.map(({ number }) => number);
}
