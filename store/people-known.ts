import type { KnownPerson, KnownUnit } from '../domain/people-plan.ts';
import type { Transaction } from '../platform/database.ts';

/** All units, in the order of the tree. */
export const knownUnits = (tx: Transaction): Promise<KnownUnit[]> =>
  tx.$queryRaw<KnownUnit[]>`select id, name, parent_id as parent from unit order by path`;

/** Everybody, those who left included. */
export const knownPeople = (tx: Transaction): Promise<KnownPerson[]> => tx.$queryRaw<KnownPerson[]>`
  select id, username, name, badge, unit_id as unit, category, post, rank, working_since::text as "workingSince", locale,
         to_char(left_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "leftAt"
    from person`;
