import type { CaseNumber, PersonId, TaskId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

export interface OwnCheckRow {
  readonly number: CaseNumber;
  readonly state: 'accepted' | 'open' | 'closed';
  readonly stage: string;
  readonly outcome: string | null;
  readonly year: number;
  /** The open task by which the person registers, or asks for another appointment. */
  readonly task: TaskId | null;
  /** When the appointment is. */
  readonly at: Date | null;
  /** What was booked, sealed under `taskContext`. */
  readonly booked: Uint8Array | null;
}

/** A person's health checks, the latest year first. Uses case_period_pkey and task_by_case. */
export const ownChecks = (db: Database, person: PersonId): Promise<OwnCheckRow[]> =>
  db.$queryRaw<OwnCheckRow[]>`
    select c.number, c.state, c.stage, c.outcome, y.period::integer as year, t.id as task,
           case t.key when 'appointment' then t.due_at end as at, case t.key when 'appointment' then t.context end as booked
      from case_period y
      join "case" c on c.id = y.case_id
      left join task t on t.case_id = c.id and t.state = 'open' and t.key in ('register', 'appointment')
     where y.process = 'health-check' and y.person_id = ${person} order by y.period desc`;
