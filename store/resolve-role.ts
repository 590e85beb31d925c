import type { Instant, PersonId, UnitId } from '../domain/ids.ts';
import { fallbackRoles, type HolderAt, nearestHolders, type ResolvedRole } from '../domain/nearest-holder.ts';
import type { Role } from '../domain/roles.ts';
import type { Transaction } from '../platform/database.ts';

export interface RoleRequest {
  readonly role: Role;
  /** The search begins here and goes upward. */
  readonly unit: UnitId;
  readonly at: Instant;
  readonly excluded: readonly PersonId[];
  /** Begins at the unit's parent: a superior unit's review. The bureau itself has none above it and answers for itself. */
  readonly above?: boolean;
  /** The roles that may do it instead, where that is not the leaders. */
  readonly instead?: readonly Role[];
}

/** Who does what is asked of a role, at an instant of the case: holders by grant, acting leaders included, who have not left, in units that are not dissolved. */
export async function resolveRole(tx: Transaction, request: RoleRequest): Promise<ResolvedRole> {
  return nearestHolders(request, await holdersFor(tx, request));
}

/** What was asked in a transaction holds until its end: cases that are accepted together ask for the same desks. */
const asked = new WeakMap<Transaction, Map<string, Promise<readonly HolderRow[]>>>();

function holdersFor(tx: Transaction, request: RoleRequest): Promise<readonly HolderRow[]> {
  const known = asked.get(tx) ?? new Map<string, Promise<readonly HolderRow[]>>();
  asked.set(tx, known);
  const key = `${[request.role, ...(request.instead ?? [])]} ${request.unit} ${request.above ?? false}`;
  const rows = known.get(key) ?? queryHolders(tx, [request]);
  known.set(key, rows);
  return rows;
}

/** Several at once, in their order, with one query. Uses role_grant_by_role, unit_pkey and, for `officer`, person_by_unit. */
export async function resolveRoles(tx: Transaction, requests: readonly RoleRequest[]): Promise<readonly ResolvedRole[]> {
  const rows = await queryHolders(tx, requests);
  return requests.map((request, index) =>
    nearestHolders(
      request,
      rows.filter((row) => row.index === index),
    ),
  );
}

function queryHolders(tx: Transaction, requests: readonly RoleRequest[]): Promise<readonly HolderRow[]> {
  const asking = JSON.stringify(
    requests.map(({ role, unit, at, above = false, instead = fallbackRoles }, index) => ({
      index,
      roles: [role, ...instead],
      unit,
      at,
      above,
    })),
  );
  return tx.$queryRaw<HolderRow[]>`
    with asked as (
      select * from jsonb_to_recordset(${asking}::jsonb) as a (index integer, roles text[], unit text, at timestamptz, above boolean)
    ), place as (
      select a.index, a.roles, a.at, step.unit_id, (cardinality(steps) - step.nth)::integer as distance
        from asked a join unit u on u.id = a.unit, string_to_array(trim(both '/' from u.path), '/') steps,
             unnest(steps) with ordinality as step (unit_id, nth)
       where (not a.above or step.nth < cardinality(steps) or cardinality(steps) = 1)
         and not exists (select 1 from unit gone where gone.id = step.unit_id and gone.dissolved_at <= a.at)
    )
    select place.index, g.role, g.unit_id as unit, place.distance, g.person_id as person, g.acting
      from place join role_grant g on g.unit_id = place.unit_id and g.role = any (place.roles) and g.starts_at <= place.at and g.ends_at > place.at
      join person p on p.id = g.person_id and (p.left_at is null or p.left_at > place.at)
    union all
    select place.index, 'officer', p.unit_id, place.distance, p.id, false
      from place join person p on p.unit_id = place.unit_id and (p.left_at is null or p.left_at > place.at)
     where 'officer' = any (place.roles)`;
}

interface HolderRow extends HolderAt {
  readonly index: number;
}
