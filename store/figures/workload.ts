import type { PersonId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { type FigureScope, inScope, keptIn } from './read.ts';

export interface WorkloadRow {
  readonly person: PersonId;
  readonly name: string;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly open: number;
  readonly overdue: number;
}

export interface WorkloadQuery {
  /** Its day, `YYYY-MM-DD`, and when it began. */
  readonly today: string;
  readonly todayFrom: Date;
  readonly at: Date;
  readonly most: number;
}

/** Who has most open tasks; what is sealed is not told of anybody. Uses figure_count_pkey and, for what ran out in the course of today, task_open_by_due. */
export const workloads = (db: Database, scope: FigureScope, { today, todayFrom, at, most }: WorkloadQuery) =>
  db.$queryRaw<WorkloadRow[]>(Prisma.sql`
    with held as materialized (
      select key as person, sum(n) as open, coalesce(sum(n) filter (where day < ${today}::date), 0) as overdue
        from (${keptIn(Prisma.sql`measure = 'held' and confidentiality <> 'sealed' and ${inScope(scope)}`)}) f
       group by key having sum(n) > 0 order by 2 desc, 3 desc, key limit ${most}),
    ran_out as (
      select assignee as person, count(*) as overdue
        from (select t.assignee, t.unit_id, c.process, c.confidentiality from task t join "case" c on c.id = t.case_id
               where t.state = 'open' and t.due_at > ${todayFrom} and t.due_at < ${at} and t.paused_at is null and t.role <> 'subject') t
       where confidentiality <> 'sealed' and ${inScope(scope)} group by assignee)
    select p.id as person, p.name, u.id as unit, u.name as "unitName", h.open::integer, (h.overdue + coalesce(r.overdue, 0))::integer as overdue
      from held h join person p on p.id = h.person join unit u on u.id = p.unit_id left join ran_out r on r.person = h.person
     order by h.open desc, 6 desc, p.id`);
