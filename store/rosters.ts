import type { Instant, PersonId, UnitId } from '../domain/ids.ts';
import type { Roster } from '../domain/round-item.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Transaction } from '../platform/database.ts';

/** Someone, or a unit itself, that a round must cover. */
export interface Listed {
  readonly person: PersonId | null;
  readonly unit: UnitId;
}

/** Whom a round covers at an instant, in order of id. Whoever is on file stays so after leaving the service, until the file is closed. Uses case_by_process. */
export const rosterAt = (tx: Pick<Transaction, '$queryRaw'>, roster: Roster, at: Instant): Promise<Listed[]> =>
  tx.$queryRaw<Listed[]>(rosterSql[roster](at));

const rosterSql = {
  staff: (at) =>
    Prisma.sql`select id as person, unit_id as unit from person where left_at is null or left_at > ${at}::timestamptz order by id`,
  // 建档: an injury is on file from its report, a hardship once it was decided.
  'on-file': () => Prisma.sql`
    select p.id as person, p.unit_id as unit from person p
     where p.id in (select subject_id from "case" where process = 'injury-care' and state <> 'closed'
       union select subject_id from "case" where process = 'hardship-file' and state <> 'closed' and stage = 'on-file') order by p.id`,
  units: (at) => Prisma.sql`
    select null as person, id as unit from unit where parent_id is not null and (dissolved_at is null or dissolved_at > ${at}::timestamptz) order by id`,
} satisfies Record<Roster, (at: Instant) => Prisma.Sql>;
