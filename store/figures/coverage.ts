import type { CaseNumber, Instant, PersonId, UnitId } from '../../domain/ids.ts';
import type { Coverage } from '../../domain/round-item.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { sums } from '../lists/items.ts';

export interface CoverageQuery {
  readonly process: string;
  /** Paths of units; null for all. */
  readonly scope: readonly string[] | null;
  /** Rounds opened in this time; without both the latest alone. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

export interface CoverageRow extends Coverage {
  readonly number: CaseNumber;
  readonly state: string;
  readonly openedAt: Date;
  readonly key: string;
  readonly unit: UnitId;
  readonly unitName: string;
}

/** How far the rounds of a process have come, by list and unit, from the kept counters. Uses case_by_process and round_count_pkey. */
export const coverageByUnit = (db: Database, query: CoverageQuery): Promise<CoverageRow[]> =>
  db.$queryRaw<CoverageRow[]>(Prisma.sql`
    select c.number, c.state, c.opened_at as "openedAt", i.key, i.unit_id as unit, u.name as "unitName", ${sums}
      from (${roundsOf(query)}) c join round_count i on i.case_id = c.id join unit u on u.id = i.unit_id
     where ${inUnits(query)} group by c.number, c.state, c.opened_at, c.id, i.key, i.unit_id, u.name, u.path order by c.id desc, i.key, u.path`);

export interface MissingRow {
  readonly number: CaseNumber;
  readonly key: string;
  readonly person: PersonId | null;
  readonly personName: string | null;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly assigneeName: string | null;
  readonly dueAt: Date;
}

/** Who is missing, by name: those of each list that come first, by unit. Uses round_item_by_case. */
export const missingFrom = (db: Database, query: CoverageQuery, most: number): Promise<MissingRow[]> =>
  db.$queryRaw<MissingRow[]>(Prisma.sql`
    select number, key, person, "personName", unit, "unitName", "assigneeName", "dueAt"
      from (select c.number, c.id as round, i.key, i.person_id as person, p.name as "personName", i.unit_id as unit, u.name as "unitName", a.name as "assigneeName",
                   i.due_at as "dueAt", u.path, i.id, row_number() over (partition by c.id, i.key order by u.path, i.id) as nth
              from (${roundsOf(query)}) c join round_item i on i.case_id = c.id join unit u on u.id = i.unit_id
              left join person p on p.id = i.person_id left join person a on a.id = i.assignee
             where i.state in ('open', 'missed') and ${inUnits(query)}) listed
     where nth <= ${most} order by round desc, key, nth`);

const roundsOf = ({ process, from, to }: CoverageQuery): Prisma.Sql =>
  from === undefined && to === undefined
    ? Prisma.sql`select id, number, state, opened_at from "case" where process = ${process} order by opened_at desc, id desc limit 1`
    : Prisma.sql`select id, number, state, opened_at from "case" where process = ${process}
        and opened_at >= ${from ?? '-infinity'}::timestamptz and opened_at < ${to ?? 'infinity'}::timestamptz`;

const inUnits = ({ scope }: CoverageQuery): Prisma.Sql =>
  scope === null
    ? Prisma.sql`true`
    : Prisma.sql`exists (select 1 from unnest(${[...scope]}::text[]) as led where starts_with(u.path, led))`;
