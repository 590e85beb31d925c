import type { CaseNumber, PersonId, TaskId } from '../domain/ids.ts';
import type { Database } from '../platform/database.ts';

export interface OwnLeaveRow {
  readonly number: CaseNumber;
  readonly state: 'accepted' | 'open' | 'closed';
  readonly year: number;
  /** The open task by which the person plans, asks or withdraws. */
  readonly task: TaskId | null;
  /** By when the next request is decided. */
  readonly decidedBy: Date | null;
}

/** A person's cases of annual leave, the latest year first. Uses case_period_pkey and task_by_case. */
export const ownLeave = (db: Database, person: PersonId): Promise<OwnLeaveRow[]> =>
  db.$queryRaw<OwnLeaveRow[]>`
    select c.number, c.state, y.period::integer as year,
           (select t.id from task t where t.case_id = c.id and t.state = 'open' and t.key in ('request', 'change') order by t.ordinal desc limit 1) as task,
           (select min(t.due_at) from task t where t.case_id = c.id and t.state = 'open' and t.key = 'decide') as "decidedBy"
      from case_period y join "case" c on c.id = y.case_id
     where y.process = 'annual-leave' and y.person_id = ${person} order by y.period desc`;
