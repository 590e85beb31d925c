import type { PersonId, UnitId } from '../domain/ids.ts';
import type { KnownUnit, PeoplePlan } from '../domain/people-plan.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Transaction } from '../platform/database.ts';

/** Writes the tree; rows that are as they should be stay untouched. */
export async function saveUnits(tx: Transaction, { units, paths }: { units: readonly KnownUnit[]; paths: ReadonlyMap<UnitId, string> }) {
  const rows = JSON.stringify(units.map(({ id, name, parent }) => ({ id, name, parent, path: paths.get(id) })));
  const written = await tx.$queryRaw<{ created: boolean }[]>`
    insert into unit (id, name, parent_id, path)
    select id, name, parent, path from jsonb_to_recordset(${rows}::jsonb) as u (id text, name text, parent text, path text)
    on conflict (id) do update set name = excluded.name, parent_id = excluded.parent_id, path = excluded.path
     where (unit.name, unit.parent_id, unit.path) is distinct from (excluded.name, excluded.parent_id, excluded.path)
    returning xmax = 0 as created`;
  return countsOf(written);
}

export async function savePeople(tx: Transaction, { people, kinship }: PeoplePlan, at: Date) {
  const written = await tx.$queryRaw<{ created: boolean; left: boolean }[]>`
    insert into person as p (id, username, name, badge, unit_id, category, post, rank, locale, left_at)
    select id, username, name, badge, unit, category, post, rank, locale, "leftAt"
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as row (
        id text, username text, name text, badge text, unit text, category text, post text, rank text, locale text, "leftAt" timestamptz)
    on conflict (id) do update set
      username = excluded.username, name = excluded.name, badge = excluded.badge, unit_id = excluded.unit_id, category = excluded.category,
      post = excluded.post, rank = excluded.rank, locale = excluded.locale, left_at = excluded.left_at
     where (p.username, p.name, p.badge, p.unit_id, p.category, p.post, p.rank, p.locale, p.left_at) is distinct from (
       excluded.username, excluded.name, excluded.badge, excluded.unit_id, excluded.category, excluded.post, excluded.rank, excluded.locale, excluded.left_at)
    returning xmax = 0 as created, coalesce(left_at <= ${at}, false) as "left"`;
  await tx.$executeRaw`
    insert into kinship (person_id, relative_id, kind)
    select person, relative, kind from jsonb_to_recordset(${JSON.stringify(kinship)}::jsonb) as k (person text, relative text, kind text)
    on conflict (person_id, relative_id) do update set kind = excluded.kind`;
  return { ...countsOf(written), left: written.filter(({ left }) => left).length };
}

export interface GrantCounts {
  readonly granted: number;
  readonly ended: number;
  /** Whose roles were changed. */
  readonly people: readonly PersonId[];
}

type Touched = { person: PersonId }[];

/**
 * Makes the listed roles of these people what they hold from `at` on. What is no longer listed ends; what was to begin later and is no longer listed goes; what is
 * listed and held keeps its beginning. A role without a beginning counts from ever, but after a gap from `at`.
 */
export async function saveRoles(
  tx: Transaction,
  { withRoles, grants }: Pick<PeoplePlan, 'withRoles' | 'grants'>,
  at: Date,
): Promise<GrantCounts> {
  const listed = JSON.stringify(grants);
  const people = [...withRoles];
  const cut = await tx.$queryRaw<Touched>`
    update role_grant g set ends_at = ${at}
     where g.person_id = any (${people}) and g.starts_at < ${at} and g.ends_at > ${at} and not exists (select 1 from ${wanted(listed)} where ${sameGrant})
    returning g.person_id as person`;
  const dropped = await tx.$queryRaw<Touched>`
    delete from role_grant g
     where g.person_id = any (${people}) and g.starts_at >= ${at} and g.ends_at > ${at} and not exists (select 1 from ${wanted(listed)} where ${sameGrant})
    returning g.person_id as person`;
  const changed = await tx.$queryRaw<Touched>`
    update role_grant g set ends_at = coalesce(w.until, 'infinity'), acting = w.acting, reason = w.reason
      from ${wanted(listed)}
     where ${sameGrant} and g.ends_at > ${at} and (g.ends_at, g.acting, g.reason) is distinct from (coalesce(w.until, 'infinity'), w.acting, w.reason)
    returning g.person_id as person`;
  const granted = await tx.$queryRaw<Touched>`
    insert into role_grant (person_id, role, unit_id, starts_at, ends_at, acting, reason)
    select w.person, w.role, w.unit,
           coalesce(w."from", case when coalesce(w.until > ${at}, true) and exists (
             select 1 from role_grant g where g.person_id = w.person and g.role = w.role and g.unit_id = w.unit) then ${at}::timestamptz else '-infinity' end),
           coalesce(w.until, 'infinity'), w.acting, w.reason
      from ${wanted(listed)}
     where not exists (select 1 from role_grant g where ${sameGrant} and g.ends_at > ${at})
    on conflict (person_id, role, unit_id, starts_at) do update set ends_at = excluded.ends_at, acting = excluded.acting, reason = excluded.reason
     where (role_grant.ends_at, role_grant.acting, role_grant.reason) is distinct from (excluded.ends_at, excluded.acting, excluded.reason)
    returning person_id as person`;
  return {
    granted: granted.length,
    ended: cut.length + dropped.length,
    people: [...cut, ...dropped, ...changed, ...granted].map(({ person }) => person),
  };
}

const wanted = (grants: string) => Prisma.sql`jsonb_to_recordset(${grants}::jsonb) as w (
  person text, role text, unit text, "from" timestamptz, until timestamptz, acting boolean, reason text)`;

const sameGrant = Prisma.sql`(g.person_id, g.role, g.unit_id) = (w.person, w.role, w.unit) and (w."from" is null or w."from" = g.starts_at)`;

const countsOf = (written: readonly { created: boolean }[]) => ({
  created: written.filter(({ created }) => created).length,
  changed: written.filter(({ created }) => !created).length,
});
