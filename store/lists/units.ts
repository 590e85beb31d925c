import type { PersonId, UnitId } from '../../domain/ids.ts';
import type { Database } from '../../platform/database.ts';

export interface UnitRow {
  readonly id: UnitId;
  readonly name: string;
  readonly parent: UnitId | null;
  /** Whoever heads it at that instant: its leader or, where there is none, who acts as such. */
  readonly leader: PersonId | null;
  readonly leaderName: string | null;
}

/** All units of the bureau that are not dissolved, each after the one above it. Uses role_grant_by_role. */
export const listUnits = (db: Database, at: Date): Promise<UnitRow[]> => db.$queryRaw<UnitRow[]>`
  select u.id, u.name, u.parent_id as parent, leader.id as leader, leader.name as "leaderName"
    from unit u left join lateral (
      select p.id, p.name from role_grant g join person p on p.id = g.person_id
       where g.role = any (case when u.parent_id is null then '{bureau-leader, unit-leader}'::text[] else '{unit-leader}' end) and g.unit_id = u.id
         and g.starts_at <= ${at} and g.ends_at > ${at} and (p.left_at is null or p.left_at > ${at})
       order by g.role, g.acting, g.starts_at desc, p.id limit 1) leader on true
   where u.dissolved_at is null or u.dissolved_at > ${at}
   order by u.path`;

/** The path of a unit that is not dissolved, or null. Uses unit_pkey. */
export async function unitPath(db: Database, unit: UnitId, at: Date): Promise<string | null> {
  const [row] = await db.$queryRaw<{ path: string }[]>`
    select path from unit where id = ${unit} and (dissolved_at is null or dissolved_at > ${at})`;
  return row?.path ?? null;
}

export interface ActingRow {
  readonly person: PersonId;
  readonly name: string;
  readonly role: string;
  readonly from: Date;
  readonly until: Date;
  readonly reason: string | null;
}

/** Who acts in a unit at `at` or will, by when it begins. Uses role_grant_by_role. */
export const actingIn = (db: Database, unit: UnitId, { roles, at }: { roles: readonly string[]; at: Date }): Promise<ActingRow[]> =>
  db.$queryRaw`
    select g.person_id as person, p.name, g.role, g.starts_at as "from", g.ends_at as until, g.reason
      from role_grant g join person p on p.id = g.person_id
     where g.role = any (${[...roles]}) and g.unit_id = ${unit} and g.acting and g.ends_at > ${at}
     order by g.starts_at, g.person_id`;
