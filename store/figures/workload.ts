import type { PersonId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { type FigureScope, inScope } from './read.ts';

export interface WorkloadRow {
  readonly person: PersonId;
  readonly name: string;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly open: number;
  readonly overdue: number;
}

/** Who has most open tasks; what is asked of the person concerned and what is sealed is no work to be compared. Uses task_open_by_assignee. */
export const workloads = (db: Database, { unitPath, ...scope }: FigureScope, { at, most }: { readonly at: Date; readonly most: number }) =>
  db.$queryRaw<WorkloadRow[]>(Prisma.sql`
    select p.id as person, p.name, u.id as unit, u.name as "unitName", held.open, held.overdue
      from (select assignee, count(*)::integer as open, (count(*) filter (where due_at < ${at} and paused_at is null))::integer as overdue
              from (select t.assignee, t.due_at, t.paused_at, c.process, c.confidentiality, t.unit_id
                      from task t join "case" c on c.id = t.case_id where t.state = 'open' and t.assignee is not null and t.role <> 'subject') held
             where confidentiality <> 'sealed' and ${inScope({ ...scope, unitPath })} group by assignee) held
      join person p on p.id = held.assignee join unit u on u.id = p.unit_id
     order by held.open desc, held.overdue desc, p.id limit ${most}`);
