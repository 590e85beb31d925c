import { PersonId, type UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { type Page, pageOf, parseCursor } from '../cursor.ts';
import { unitsBelow } from '../units-known.ts';

export interface PersonRow {
  readonly id: PersonId;
  readonly username: string;
  readonly name: string;
  readonly badge: string | null;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly unitPath: string;
  readonly category: 'officer' | 'auxiliary' | 'staff';
  readonly post: string | null;
  readonly rank: string | null;
  readonly leftAt: Date | null;
  readonly roles: readonly { readonly role: string; readonly unit: UnitId; readonly acting: boolean; readonly until: string | null }[];
}

export interface PeopleQuery {
  /** Part of a name, or the beginning of a user name or badge. */
  readonly q?: string | undefined;
  /** With its sub-units. */
  readonly unit?: UnitId | undefined;
  readonly role?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly at: Date;
}

/** People in service, by id. Uses person_pkey or, within units, person_by_unit. */
export async function listPeople(db: Database, { q, unit, role, limit, cursor, at }: PeopleQuery): Promise<Page<PersonRow>> {
  const conditions = [
    Prisma.sql`(p.left_at is null or p.left_at > ${at})`,
    ...(cursor === undefined ? [] : [Prisma.sql`p.id > ${parseCursor(cursor, PersonId)[1]}`]),
    ...(unit === undefined ? [] : [Prisma.sql`p.unit_id = any (${unitsBelow(unit)})`]),
    ...(role === undefined ? [] : [holds(role, at)]),
    ...(q === undefined
      ? []
      : [Prisma.sql`(strpos(p.name, ${q}) > 0 or starts_with(p.username, ${q.toLowerCase()}) or starts_with(p.badge, ${q}))`]),
  ];
  const rows = await db.$queryRaw<PersonRow[]>`
    ${personColumns(at)} where ${Prisma.join(conditions, ' and ')} order by p.id limit ${limit + 1}`;
  return pageOf(rows, limit, ({ id }) => [null, id]);
}

/** Anyone ever known to the bureau, or null. */
export async function readPerson(db: Database, person: PersonId, at: Date): Promise<PersonRow | null> {
  const [row] = await db.$queryRaw<PersonRow[]>`${personColumns(at)} where p.id = ${person}`;
  return row ?? null;
}

const personColumns = (at: Date) => Prisma.sql`
  select p.id, p.username, p.name, p.badge, p.unit_id as unit, u.name as "unitName", u.path as "unitPath", p.category, p.post, p.rank, p.left_at as "leftAt",
         coalesce((select json_agg(json_build_object('role', role, 'unit', unit_id, 'acting', acting, 'until', until) order by role, unit_id)
            from (select role, unit_id, acting, nullif(ends_at, 'infinity') as until
                    from role_grant where person_id = p.id and starts_at <= ${at} and ends_at > ${at}
                  union all select 'officer', p.unit_id, false, null) held
           where p.left_at is null or p.left_at > ${at}), '[]') as roles
    from person p join unit u on u.id = p.unit_id`;

const holds = (role: string, at: Date) =>
  role === 'officer'
    ? Prisma.sql`true`
    : Prisma.sql`exists (select 1 from role_grant g where g.person_id = p.id and g.role = ${role} and g.starts_at <= ${at} and g.ends_at > ${at})`;
