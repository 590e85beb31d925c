import type { Actor, HeldRole } from '../domain/actor.ts';
import type { Locale, PersonId } from '../domain/ids.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database, Transaction } from '../platform/database.ts';
import { tokenHash } from './session-token.ts';

/** A role given or taken elsewhere takes effect here at the latest after this time, in milliseconds. */
const CACHE_MS = 2000;
const CACHE_ENTRIES = 20_000;

/**
 * Whoever holds this session at `at`, or null: unknown, expired or revoked token, account disabled, person left.
 * Remembers the answer for two seconds; `forgetActors` drops it at once on this node.
 */
export async function actorOfToken(db: Database, token: string, at: Date): Promise<Actor | null> {
  const hash = tokenHash(token);
  const key = Buffer.from(hash).toString('base64url');
  const known = cacheOf(db).get(key);
  if (known !== undefined && Math.abs(at.getTime() - known.at) < CACHE_MS) return known.actor;
  const actor = await readActor(db, sessionHolder(hash, at), at);
  remember(db, key, { actor, at: at.getTime() });
  return actor;
}

/** Somebody with what they hold at `at`, or null if there is no such person or they have left. */
export const actorOfPerson = (db: Database | Transaction, person: PersonId, at: Date): Promise<Actor | null> =>
  readActor(db, Prisma.sql`select ${person}::text`, at);

/** After a change of roles, substitutes, kinship, accounts or sessions. */
export const forgetActors = (db: Database): void => cacheOf(db).clear();

const sessionHolder = (hash: Uint8Array<ArrayBuffer>, at: Date) => Prisma.sql`
  select s.person_id from session s join account a on a.person_id = s.person_id
   where s.token_hash = ${hash} and s.expires_at > ${at} and not a.disabled`;

interface HolderRow {
  readonly id: PersonId;
  readonly username: string;
  readonly name: string;
  readonly locale: Locale;
  readonly is_self: boolean;
  readonly processes: readonly string[] | null;
  readonly roles: readonly HeldRole[];
  readonly relatives: readonly PersonId[];
}

/** One row for the person and one for each absent person they stand in for, without what the absent one holds only as acting: neither chains. Uses session_pkey, substitution_by_to, role_grant_by_person, kinship_pkey. */
async function readActor(db: Database | Transaction, person: Prisma.Sql, at: Date): Promise<Actor | null> {
  const rows = await db.$queryRaw<HolderRow[]>`
    with me as (
      select id from person where id = (${person}) and (left_at is null or left_at > ${at})
    ), holder as (
      select id, true as is_self, null::text[] as processes from me
      union all
      select s.person_id, false, s.processes from substitution s join me on me.id = s.to_id where s.starts_at <= ${at} and s.ends_at > ${at}
    )
    select p.id, p.username, p.name, p.locale, holder.is_self, holder.processes,
           (select json_agg(json_strip_nulls(json_build_object('role', held.role, 'unit', held.unit_id, 'unitPath', u.path, 'acting', nullif(held.acting, false)))
                            order by u.path, held.role)
              from (select role, unit_id, bool_and(acting) as acting from role_grant g
                     where g.person_id = p.id and g.starts_at <= ${at} and g.ends_at > ${at} and (holder.is_self or not g.acting) group by role, unit_id
                     union select 'officer', p.unit_id, false) held
              join unit u on u.id = held.unit_id) as roles,
           array(select relative_id from kinship where person_id = p.id) as relatives
      from holder join person p on p.id = holder.id
     where p.left_at is null or p.left_at > ${at}
     order by holder.is_self desc, p.id`;
  const [self, ...absent] = rows;
  if (self === undefined) return null;
  return {
    id: self.id,
    username: self.username,
    name: self.name,
    locale: self.locale,
    roles: self.roles,
    relatives: self.relatives,
    standsInFor: absent.map(({ id, roles, relatives, processes }) => ({ id, roles, relatives, processes })),
  };
}

interface Remembered {
  readonly actor: Actor | null;
  readonly at: number;
}

const caches = new WeakMap<Database, Map<string, Remembered>>();

function cacheOf(db: Database): Map<string, Remembered> {
  const cache = caches.get(db) ?? new Map<string, Remembered>();
  caches.set(db, cache);
  return cache;
}

function remember(db: Database, key: string, value: Remembered): void {
  const cache = cacheOf(db);
  if (cache.size >= CACHE_ENTRIES) cache.clear();
  cache.set(key, value);
}
