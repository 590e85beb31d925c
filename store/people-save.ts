import type { PersonId, UnitId } from '../domain/ids.ts';
import type { KnownUnit, PeoplePlan } from '../domain/people-plan.ts';
import type { Role } from '../domain/roles.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Transaction } from '../platform/database.ts';

/** A row that was written: a new one, or one that was otherwise before. */
export interface Written {
  readonly id: string;
  readonly name: string;
  readonly created: boolean;
}

/** Writes the tree; rows that are as they should be stay untouched. */
export async function saveUnits(
  tx: Transaction,
  { units, paths }: { units: readonly KnownUnit[]; paths: ReadonlyMap<UnitId, string> },
): Promise<Written[]> {
  const rows = JSON.stringify(units.map(({ id, name, parent }) => ({ id, name, parent, path: paths.get(id) })));
  return tx.$queryRaw<Written[]>`
    insert into unit (id, name, parent_id, path)
    select id, name, parent, path from jsonb_to_recordset(${rows}::jsonb) as u (id text, name text, parent text, path text)
    on conflict (id) do update set name = excluded.name, parent_id = excluded.parent_id, path = excluded.path
     where (unit.name, unit.parent_id, unit.path) is distinct from (excluded.name, excluded.parent_id, excluded.path)
    returning id, name, xmax = 0 as created`;
}

export type WrittenPerson = Written & { readonly left: boolean };

export async function savePeople(tx: Transaction, { people, kinship }: PeoplePlan, at: Date): Promise<WrittenPerson[]> {
  const written = await tx.$queryRaw<WrittenPerson[]>`
    insert into person as p (id, username, name, badge, unit_id, category, post, rank, working_since, locale, left_at)
    select id, username, name, badge, unit, category, post, rank, "workingSince", locale, "leftAt"
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as row (
        id text, username text, name text, badge text, unit text, category text, post text, rank text, "workingSince" date, locale text, "leftAt" timestamptz)
    on conflict (id) do update set
      username = excluded.username, name = excluded.name, badge = excluded.badge, unit_id = excluded.unit_id, category = excluded.category,
      post = excluded.post, rank = excluded.rank, working_since = excluded.working_since, locale = excluded.locale, left_at = excluded.left_at
     where (p.username, p.name, p.badge, p.unit_id, p.category, p.post, p.rank, p.working_since, p.locale, p.left_at) is distinct from (
       excluded.username, excluded.name, excluded.badge, excluded.unit_id, excluded.category, excluded.post, excluded.rank, excluded.working_since, excluded.locale, excluded.left_at)
    returning id, name, xmax = 0 as created, coalesce(left_at <= ${at}, false) as "left"`;
  await tx.$executeRaw`
    insert into kinship (person_id, relative_id, kind)
    select person, relative, kind from jsonb_to_recordset(${JSON.stringify(kinship)}::jsonb) as k (person text, relative text, kind text)
    on conflict (person_id, relative_id) do update set kind = excluded.kind`;
  return written;
}

/** A role that someone was given, holds otherwise than before (its end, acting, why), or holds no longer. */
export interface RoleChange {
  readonly person: PersonId;
  readonly role: Role;
  readonly unit: UnitId;
  readonly change: 'granted' | 'changed' | 'ended';
}

/**
 * Makes the listed roles of these people what they hold from `at` on. What is no longer listed ends; what was to begin later and is no longer listed goes; what is
 * listed and held keeps its beginning. A role without a beginning counts from ever, but after a gap from `at`.
 */
export async function saveRoles(
  tx: Transaction,
  { withRoles, grants }: Pick<PeoplePlan, 'withRoles' | 'grants'>,
  at: Date,
): Promise<RoleChange[]> {
  const listed = JSON.stringify(grants);
  const people = [...withRoles];
  const cut = await tx.$queryRaw<Held[]>`
    update role_grant g set ends_at = ${at}
     where g.person_id = any (${people}) and g.starts_at < ${at} and g.ends_at > ${at} and not exists (select 1 from ${wanted(listed)} where ${sameGrant})
    returning ${held}`;
  const dropped = await tx.$queryRaw<Held[]>`
    delete from role_grant g
     where g.person_id = any (${people}) and g.starts_at >= ${at} and g.ends_at > ${at} and not exists (select 1 from ${wanted(listed)} where ${sameGrant})
    returning ${held}`;
  const changed = await tx.$queryRaw<Held[]>`
    update role_grant g set ends_at = coalesce(w.until, 'infinity'), acting = w.acting, reason = w.reason
      from ${wanted(listed)}
     where ${sameGrant} and g.ends_at > ${at} and (g.ends_at, g.acting, g.reason) is distinct from (coalesce(w.until, 'infinity'), w.acting, w.reason)
    returning ${held}`;
  const granted = await tx.$queryRaw<Held[]>`
    insert into role_grant (person_id, role, unit_id, starts_at, ends_at, acting, reason)
    select w.person, w.role, w.unit,
           coalesce(w."from", case when coalesce(w.until > ${at}, true) and exists (
             select 1 from role_grant g where g.person_id = w.person and g.role = w.role and g.unit_id = w.unit) then ${at}::timestamptz else '-infinity' end),
           coalesce(w.until, 'infinity'), w.acting, w.reason
      from ${wanted(listed)}
     where not exists (select 1 from role_grant g where ${sameGrant} and g.ends_at > ${at})
    on conflict (person_id, role, unit_id, starts_at) do update set ends_at = excluded.ends_at, acting = excluded.acting, reason = excluded.reason
     where (role_grant.ends_at, role_grant.acting, role_grant.reason) is distinct from (excluded.ends_at, excluded.acting, excluded.reason)
    returning person_id as person, role, unit_id as unit`;
  const as = (change: RoleChange['change'], rows: readonly Held[]) => rows.map((row) => ({ ...row, change }));
  return [...as('granted', granted), ...as('changed', changed), ...as('ended', [...cut, ...dropped])];
}

type Held = Omit<RoleChange, 'change'>;
const held = Prisma.sql`g.person_id as person, g.role, g.unit_id as unit`;

const wanted = (grants: string) => Prisma.sql`jsonb_to_recordset(${grants}::jsonb) as w (
  person text, role text, unit text, "from" timestamptz, until timestamptz, acting boolean, reason text)`;

const sameGrant = Prisma.sql`(g.person_id, g.role, g.unit_id) = (w.person, w.role, w.unit) and (w."from" is null or w."from" = g.starts_at)`;
