import type { PersonId, UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';

export interface YearQuery {
  /** Paths of units; null for all. */
  readonly scope: readonly string[] | null;
  readonly year: number;
}

export interface ByUnitRow {
  readonly unit: UnitId;
  readonly unitName: string;
  readonly covered: number;
  readonly missing: number;
}

/** How many of those to whom leave of a year is due have taken all of it, by unit. Uses leave_year_of_year and leave_period_of_person. */
export const leaveByUnit = (db: Database, query: YearQuery): Promise<ByUnitRow[]> =>
  db.$queryRaw<ByUnitRow[]>(Prisma.sql`
    select unit, "unitName", count(*) filter (where "left" <= 0)::integer as covered, count(*) filter (where "left" > 0)::integer as missing
      from (${accounts(query)}) account group by unit, "unitName", path order by path`);

export interface MissingOfYearRow {
  readonly person: PersonId;
  readonly personName: string;
  readonly unit: UnitId;
  readonly unitName: string;
}

/** Who has days left, by name, those with the most of each unit first. */
export const leaveLeft = (db: Database, query: YearQuery, most: number): Promise<MissingOfYearRow[]> =>
  db.$queryRaw<MissingOfYearRow[]>(Prisma.sql`
    select person, "personName", unit, "unitName" from (${accounts(query)}) account
     where "left" > 0 order by path, "left" desc, person limit ${most}`);

const accounts = ({ scope, year }: YearQuery): Prisma.Sql => Prisma.sql`
  select p.id as person, p.name as "personName", u.id as unit, u.name as "unitName", u.path,
         y.entitled - y.taken_before - coalesce((select sum(d.days) from leave_period d where d.person_id = y.person_id and d.year = y.year and d.state = 'approved'), 0) as "left"
    from leave_year y join person p on p.id = y.person_id join unit u on u.id = p.unit_id
   where y.year = ${year} and p.left_at is null
     and ${scope === null ? Prisma.sql`true` : Prisma.sql`exists (select 1 from unnest(${[...scope]}::text[]) as led where starts_with(u.path, led))`}`;
