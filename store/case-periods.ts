import type { Instant, PersonId, UnitId } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import { nextPeriodOn, periodOn } from '../domain/round-period.ts';
import type { Acceptance } from '../domain/step.ts';
import type { Database } from '../platform/database.ts';
import type { StepContext } from './bureau.ts';

interface Opening {
  readonly acceptance: Acceptance;
  readonly at: Instant;
  /** Of the case's row, which is written with the rest of the transaction. */
  readonly id: string;
}

/** Takes the person's period for a case that is being accepted. @throws Problem `already-has-case` where another one has it and is not closed */
export async function takePeriod({ tx, policies: { current } }: StepContext, { acceptance, at, id }: Opening): Promise<void> {
  const { process, subject, ownPeriod } = acceptance;
  if (ownPeriod === undefined || subject === null) return;
  const { date } = current.calendar.dayAt(Date.parse(at));
  const period = (ownPeriod.ahead ? nextPeriodOn : periodOn)(ownPeriod.rhythm, date);
  const taken = await tx.$executeRaw`
    insert into case_period (process, person_id, period, case_id) values (${process}, ${subject}, ${period}, ${id}::bigint)
    on conflict (process, person_id, period) do update set case_id = excluded.case_id
     where exists (select 1 from "case" c where c.id = case_period.case_id and c.state = 'closed')`;
  if (taken === 0) throw new Problem('already-has-case');
}

interface Concerned {
  readonly process: string;
  readonly period: string;
  readonly at: Instant;
  readonly concerns: 'known-service' | 'everyone';
}

/** For whom the bureau opens a case of a period by itself: whoever is in service and has none, open or closed; of some processes only those of whom it is known since when they work. */
export const concernedBy = (db: Database, { process, period, at, concerns }: Concerned): Promise<{ person: PersonId; unit: UnitId }[]> =>
  db.$queryRaw`
    select p.id as person, p.unit_id as unit from person p
     where (p.left_at is null or p.left_at > ${at}::timestamptz)
       and (${concerns === 'everyone'} or p.working_since is not null or exists (select 1 from leave_year y where y.person_id = p.id))
       and not exists (select 1 from case_period c where c.process = ${process} and c.person_id = p.id and c.period = ${period})
     order by p.id`;
