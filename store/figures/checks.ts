import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import type { ByUnitRow, MissingOfYearRow, YearQuery } from './leave.ts';

/** How many of those in service had their health check of a year, by unit; nothing where nobody has begun one. Uses case_period_pkey. */
export const checksByUnit = (db: Database, query: YearQuery): Promise<ByUnitRow[]> =>
  db.$queryRaw<ByUnitRow[]>(Prisma.sql`
    select unit, "unitName", count(*) filter (where done)::integer as covered, count(*) filter (where not done)::integer as missing
      from (${people(query)}) each
     where exists (select from case_period where process = 'health-check' and period = ${String(query.year)})
     group by unit, "unitName", path order by path`);

/** Who had none yet, by name. */
export const checksMissing = (db: Database, query: YearQuery, most: number): Promise<MissingOfYearRow[]> =>
  db.$queryRaw<MissingOfYearRow[]>(Prisma.sql`
    select person, "personName", unit, "unitName" from (${people(query)}) each where not done order by path, person limit ${most}`);

/** A check has been done once its result is in. */
const people = ({ scope, year }: YearQuery): Prisma.Sql => Prisma.sql`
  select p.id as person, p.name as "personName", u.id as unit, u.name as "unitName", u.path,
         exists (select from case_period y join "case" c on c.id = y.case_id
                  where y.process = 'health-check' and y.person_id = p.id and y.period = ${String(year)}
                    and (c.outcome in ('healthy', 'followed-up') or c.stage = 'follow-up')) as done
    from person p join unit u on u.id = p.unit_id
   where p.left_at is null
     and ${scope === null ? Prisma.sql`true` : Prisma.sql`exists (select 1 from unnest(${[...scope]}::text[]) as led where starts_with(u.path, led))`}`;
