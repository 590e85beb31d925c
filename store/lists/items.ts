import { type Actor, leaderRoles } from '../../domain/actor.ts';
import { type CaseNumber, ItemId, type PersonId, type UnitId } from '../../domain/ids.ts';
import type { Coverage, ItemState } from '../../domain/round-item.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import { type Page, pageOf, parseCursor } from '../cursor.ts';
import { itemContext } from '../item-acts.ts';
import { unitsBelow } from '../units-known.ts';

export interface ItemRow {
  readonly id: ItemId;
  readonly number: CaseNumber;
  readonly process: string;
  readonly key: string;
  readonly person: PersonId | null;
  readonly personName: string | null;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly unitPath: string;
  readonly assignee: PersonId | null;
  readonly assigneeName: string | null;
  readonly state: ItemState;
  readonly struckAs: 'left' | 'off-roster' | 'by-hand' | null;
  readonly level: number;
  readonly dueAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: PersonId | null;
  readonly need: 'asked' | 'agreed' | 'declined' | null;
  /** The appeal that the person opened about the need. */
  readonly needCase: CaseNumber | null;
}

/** How much of a list someone sees: all of it, or what they see to, what is about them and what is in the units that they lead. */
export interface ItemScope {
  readonly actor: Actor;
  readonly all: boolean;
}

export interface ItemFilter {
  readonly key?: string | undefined;
  readonly state?: ItemState | undefined;
  /** With its sub-units. */
  readonly unit?: UnitId | undefined;
  readonly assignee?: PersonId | undefined;
  /** Part of a name. */
  readonly q?: string | undefined;
}

interface ItemsQuery extends ItemScope, ItemFilter {
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** The list of a round, page by page. Uses round_item_by_case. */
export async function listItems(db: Database, number: CaseNumber, query: ItemsQuery): Promise<Page<ItemRow>> {
  const { key, state, unit, assignee, q, limit, cursor } = query;
  const conditions = [
    Prisma.sql`i.case_id = (select id from "case" where number = ${number})`,
    inScope(query),
    ...(cursor === undefined ? [] : [Prisma.sql`i.id > ${parseCursor(cursor, ItemId)[1]}::bigint`]),
    ...(key === undefined ? [] : [Prisma.sql`i.key = ${key}`]),
    ...(state === undefined ? [] : [Prisma.sql`i.state = ${state}`]),
    ...(assignee === undefined ? [] : [Prisma.sql`i.assignee = ${assignee}`]),
    ...(unit === undefined ? [] : [Prisma.sql`i.unit_id = any (${unitsBelow(unit)})`]),
    ...(q === undefined ? [] : [Prisma.sql`(strpos(p.name, ${q}) > 0 or strpos(u.name, ${q}) > 0)`]),
  ];
  const rows = await db.$queryRaw<ItemRow[]>(
    Prisma.sql`${itemColumns} where ${Prisma.join(conditions, ' and ')} order by i.id limit ${limit + 1}`,
  );
  return pageOf(rows, limit, ({ id }) => [null, id]);
}

/** What is open for someone, and what is about them, in whichever rounds; the latest first. Uses round_item_open_by_assignee and round_item_of_person. */
export const itemsOfPerson = (db: Database, person: PersonId): Promise<ItemRow[]> =>
  db.$queryRaw<ItemRow[]>(Prisma.sql`
    ${itemColumns} where i.id in (select id from round_item where assignee = ${person} and state = 'open' union select id from round_item where person_id = ${person})
     order by i.id desc limit 1000`);

/** Uses round_item_pkey. */
export async function readItem(db: Database, number: CaseNumber, id: ItemId): Promise<ItemRow | null> {
  const [row] = await db.$queryRaw<ItemRow[]>(Prisma.sql`${itemColumns} where i.id = ${id}::bigint and c.number = ${number}`);
  return row ?? null;
}

/** What was recorded of it, or undefined. */
export const itemContents = async (db: Database, ring: KeyRing, item: Pick<ItemRow, 'id' | 'number'>): Promise<unknown> =>
  (await contentsOfItems(db, ring, [item])).get(item.id);

/** What was recorded of each, by id. Uses round_item_pkey. */
export async function contentsOfItems(
  db: Database,
  ring: KeyRing,
  items: readonly Pick<ItemRow, 'id' | 'number'>[],
): Promise<ReadonlyMap<ItemId, unknown>> {
  const rows = await db.$queryRaw<{ id: ItemId; number: CaseNumber; answer: Uint8Array }[]>`
    select i.id::text, c.number, i.answer from round_item i join "case" c on c.id = i.case_id
     where i.id = any (${items.map(({ id }) => id)}::bigint[]) and i.answer is not null`;
  const opened = ({ id, number, answer }: (typeof rows)[number]) =>
    (ring.openJson('database', answer, itemContext(number, id)) as { data: unknown }).data;
  return new Map(rows.map((row) => [row.id, opened(row)] as const));
}

/** The open items of these people under a key of the round. Uses round_item_person. */
export const openItemsOf = (db: Database, number: CaseNumber, { key, people }: { key: string; people: readonly PersonId[] }) =>
  db.$queryRaw<{ id: ItemId; person: PersonId; state: ItemState }[]>`
    select i.id::text, i.person_id as person, i.state from round_item i join "case" c on c.id = i.case_id
     where c.number = ${number} and i.key = ${key} and i.person_id = any (${[...people]})`;

/** How far a round has come in what someone leads, by list; nothing for whoever leads nothing. Uses round_count_pkey. */
export const coverageFor = (db: Database, number: CaseNumber, scope: ItemScope): Promise<({ readonly key: string } & Coverage)[]> =>
  db.$queryRaw(Prisma.sql`
    select i.key, ${sums} from round_count i join unit u on u.id = i.unit_id
     where i.case_id = (select id from "case" where number = ${number}) and (${ledBy(scope)}) group by i.key order by i.key`);

/** Items by state, over rows of round_count `i`. */
export const sums = Prisma.join(
  (['open', 'done', 'struck', 'missed', 'cancelled'] as const).map(
    (state) => Prisma.sql`coalesce(sum(i.items) filter (where i.state = ${state}), 0)::int as ${Prisma.raw(state)}`,
  ),
);

const itemColumns = Prisma.sql`
  select i.id::text, c.number, c.process, i.key, i.person_id as person, p.name as "personName", i.unit_id as unit, u.name as "unitName", u.path as "unitPath",
         i.assignee, a.name as "assigneeName", i.state, i.struck_as as "struckAs", i.level, i.due_at as "dueAt", i.closed_at as "closedAt", i.closed_by as "closedBy",
         i.need, i.need_case as "needCase"
    from round_item i join "case" c on c.id = i.case_id join unit u on u.id = i.unit_id
    left join person p on p.id = i.person_id left join person a on a.id = i.assignee`;

const inScope = (scope: ItemScope): Prisma.Sql =>
  scope.all
    ? Prisma.sql`true`
    : Prisma.sql`(i.assignee = ${scope.actor.id} or i.person_id = ${scope.actor.id} or i.closed_by = ${scope.actor.id} or ${ledBy(scope)})`;

const ledBy = ({ actor, all }: ItemScope): Prisma.Sql => {
  if (all) return Prisma.sql`true`;
  const led = actor.roles.filter(({ role }) => leaderRoles.some((leader) => leader === role)).map(({ unitPath }) => unitPath);
  return led.length === 0
    ? Prisma.sql`false`
    : Prisma.join(
        led.map((path) => Prisma.sql`starts_with(u.path, ${path})`),
        ' or ',
        '(',
        ')',
      );
};
