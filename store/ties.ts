import type { PersonId } from '../domain/ids.ts';
import type { Ties } from '../domain/independence.ts';
import type { Database } from '../platform/database.ts';

/** What could tie someone to a unit. Earlier cases of the same process don't: whoever inspected a unit once may do it again. Uses participant_by_person. */
export async function tiesOf(db: Database, person: PersonId, to: { readonly unitPath: string; readonly process: string }): Promise<Ties> {
  const [row] = await db.$queryRaw<[Ties]>`
    select (select u.path from person p join unit u on u.id = p.unit_id where p.id = ${person}) as "unitPath",
           array(select u.path from kinship k join person p on p.id = k.relative_id join unit u on u.id = p.unit_id
                  where k.person_id = ${person} and p.left_at is null) as "relativesPaths",
           exists (select 1 from participant part join "case" c on c.id = part.case_id join unit u on u.id = c.unit_id
                    where part.person_id = ${person} and part.role = 'handler' and u.path = ${to.unitPath} and c.process <> ${to.process}) as "hasHandledThere"`;
  return row;
}
