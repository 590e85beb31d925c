import { careProcesses } from '../domain/care-team.ts';
import type { TaskId } from '../domain/ids.ts';
import { partyRoles, secondPersonRoles } from '../domain/recusal.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../platform/database.ts';

const MOST = 50;

/**
 * Who could do each of these open tasks at `at`, by user name: the assignee or the holders of its role, and whoever stands in for them; nobody who is excluded. At most
 * fifty for a task. Uses role_grant_by_role, person_by_unit, substitution_by_person.
 */
export async function candidatesOf(db: Database, tasks: readonly TaskId[], at: Date): Promise<ReadonlyMap<TaskId, readonly string[]>> {
  if (tasks.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: TaskId; candidates: string[] }[]>(Prisma.sql`
    select t.id, array(
      select p.username
        from (with holder as (
                select t.assignee as id, false as acting where t.assignee is not null
                union select g.person_id, g.acting from role_grant g
                       where t.assignee is null and g.role = t.role and g.unit_id = t.unit_id and g.starts_at <= ${at} and g.ends_at > ${at}
                union select m.id, false from person m where t.assignee is null and t.role = 'officer' and m.unit_id = t.unit_id)
              select id from holder
              union select s.to_id from holder join substitution s on s.person_id = holder.id
                     where not holder.acting and t.role <> 'subject'
                       and (c.confidentiality in ('open', 'internal') or t.urgent and c.process <> all (${careProcesses}))
                       and s.starts_at <= ${at} and s.ends_at > ${at} and (s.processes is null or c.process = any (s.processes))) who
        join person p on p.id = who.id
       where (p.left_at is null or p.left_at > ${at}) and (t.role = 'subject' or ${isFree})
       order by p.username limit ${MOST}) as candidates
      from task t join "case" c on c.id = t.case_id
     where t.id = any (${[...tasks]}) and t.state = 'open'`);
  return new Map(rows.map(({ id, candidates }) => [id, candidates]));
}

const tookPartBefore = Prisma.join(
  Object.entries(secondPersonRoles).map(([duty, roles]) => Prisma.sql`t.duty = ${duty} and part.role = any (${[...roles]})`),
  ' or ',
);

/** `exclusionOf` of domain/recusal.ts over the person `p`. */
const isFree = Prisma.sql`(
  not (p.id = any (t.excluded))
  and not exists (select 1 from participant part where part.case_id = t.case_id and (
    part.person_id = p.id and (part.role = any (${[...partyRoles, 'recused']}) or ${tookPartBefore})
    or part.role = any (${[...partyRoles]}) and part.person_id in (select relative_id from kinship where person_id = p.id))))`;
