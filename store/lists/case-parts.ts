/*
 * How a list is read whose rows somebody sees by seeing their case: one part for each way of seeing cases (sightingsOf in visible.ts), every part narrowed to what is asked for, in the order of
 * the list and no longer than a page; then merged. A part has one plain condition, so that an index leads to its rows: somebody with five cases of a million waits for five, a desk that sees
 * half of them for the fifty on its page. What offices show is read first: where that fills the page, the rest is read no further than the page goes.
 */
import type { Actor } from '../../domain/actor.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { type Database, forItsValues } from '../../platform/database.ts';
import type { UnitPlace } from '../units-known.ts';
import { contentSightingsOf, type PartsAsked, type Sighting, sightingsOf, type Viewing } from '../visible.ts';

export interface Narrowing extends PartsAsked {
  readonly units?: readonly string[] | undefined;
  /** Only cases whose contents the reader sees: whoever looks for words must not learn of titles. */
  readonly contents?: boolean | undefined;
}

/** What each part asks of the case `c`; none where the reader can see nothing of what is asked for. */
export interface CaseParts {
  readonly byOffice: readonly Prisma.Sql[];
  readonly others: readonly Prisma.Sql[];
  /** All of the others as one condition, for cases that are at hand. */
  readonly check: Prisma.Sql;
}

export function caseParts(
  { actor, viewing, units, caseId }: { actor: Actor; viewing: Viewing; units: readonly UnitPlace[]; caseId?: Prisma.Sql },
  narrowing: Narrowing,
): CaseParts {
  const sightings = (narrowing.contents ? contentSightingsOf : sightingsOf)(actor, viewing, units, caseId, narrowing);
  const others = sightings.filter(({ isOffice }) => !isOffice);
  const check = Prisma.join([Prisma.sql`false`, ...others.map((each) => each.check)], ' or ');
  return {
    byOffice: sightings.filter(({ isOffice }) => isOffice).flatMap((sighting) => narrowed(sighting, narrowing) ?? []),
    others: others.flatMap((sighting) => narrowed(sighting, narrowing) ?? []),
    check: narrowed({ processes: null, units: null, where: Prisma.sql`(${check})` }, narrowing) ?? Prisma.sql`false`,
  };
}

/** Parts that are none of the ways of seeing cases: whatever they ask of `c` includes that. */
export const onlyParts = (others: readonly Prisma.Sql[]): CaseParts => ({ byOffice: [], others, check: Prisma.sql`false` });

/** A part; null where nothing that it shows is asked for. */
export function narrowed({ where, ...seen }: Pick<Sighting, 'processes' | 'units' | 'where'>, narrowing: Narrowing): Prisma.Sql | null {
  const processes = both(seen.processes, narrowing.processes);
  const units = both(seen.units, narrowing.units);
  if (processes?.length === 0 || units?.length === 0) return null;
  const conditions = [processes && among(Prisma.sql`c.process`, processes), units && among(Prisma.sql`c.unit_id`, units), where];
  return Prisma.join(
    conditions.filter((condition) => condition !== null),
    ' and ',
  );
}

/** What is in both; null and undefined stand for everything. */
export const both = (some: readonly string[] | null, others: readonly string[] | undefined): readonly string[] | null =>
  some === null ? (others ?? null) : others === undefined ? some : some.filter((each) => others.includes(each));

/** An index whose next column is the list's order can be followed for one value, not for several. */
export const among = (column: Prisma.Sql, values: readonly string[]): Prisma.Sql =>
  values.length === 1 ? Prisma.sql`${column} = ${values[0]}` : Prisma.sql`${column} = any (${[...values]})`;

/** Rows that follow one another in an index, from the beginning or from a cursor on. */
export interface Stretch {
  readonly where: Prisma.Sql;
  /** What they are in the order of, before their id; null where by their id alone. */
  readonly at: Prisma.Sql | null;
  readonly direction: 'asc' | 'desc';
}

export interface Reading {
  /** Tables with their aliases; `c` is the case. */
  readonly from: Prisma.Sql;
  readonly id: Prisma.Sql;
  readonly idType: 'bigint' | 'text';
  readonly stretch: Stretch;
  readonly where: Prisma.Sql;
  /** The table that the order is of, and what of `where` it can tell without another one. */
  readonly within: Prisma.Sql;
  /** A page that spans no more rows of that is looked through for what else somebody sees; on a wider one that is looked up. */
  readonly span: number;
  readonly limit: number;
}

/** A query for the `id` and `at` of the first rows of a stretch, in order; null where there can be none. */
export async function firstOf(db: Database, { byOffice, others, check }: CaseParts, reading: Reading): Promise<Prisma.Sql | null> {
  const { id, idType, limit } = reading;
  if (byOffice.length === 0 || others.length === 0) return merged([...byOffice, ...others], reading);
  const first = await db.$queryRaw<{ id: string; at: string | null }[]>(
    Prisma.sql`${forItsValues} select id::text, at::text from (${merged(byOffice, reading)}) first order by ${orderOf(reading.stretch, 'first.')}`,
  );
  const last = first[limit - 1];
  const rest = last === undefined ? others : await restBefore(db, { others, check }, reading, isBefore(reading, last));
  const known = Prisma.sql`${id} = any (${first.map((row) => row.id)}::${Prisma.raw(idType)}[])`;
  return merged([...rest, ...(first.length > 0 ? [known] : [])], reading);
}

async function restBefore(
  db: Database,
  { others, check }: Pick<CaseParts, 'others' | 'check'>,
  reading: Reading,
  bound: Prisma.Sql,
): Promise<Prisma.Sql[]> {
  const { id, within, stretch, span: most } = reading;
  const [{ span }] = await db.$queryRaw<[{ span: number }]>(Prisma.sql`${forItsValues}
    select count(*)::integer as span
      from (select ${id} as id, ${stretch.at ?? Prisma.sql`null`} as at from ${within} and ${stretch.where} and ${bound} order by ${orderOf(stretch)} limit ${most + 1}) page`);
  return span > most ? others.map((part) => Prisma.sql`${part} and ${bound}`) : [Prisma.sql`${check} and ${bound}`];
}

function merged(parts: readonly Prisma.Sql[], reading: Reading): Prisma.Sql | null {
  if (parts.length === 0) return null;
  const { from, id, stretch, where, limit } = reading;
  const order = orderOf(stretch);
  const pages = parts.map(
    (part) => Prisma.sql`(select ${id} as id, ${stretch.at ?? Prisma.sql`null::timestamptz`} as at from ${from}
      where ${part} and ${where} and ${stretch.where} order by ${order} limit ${limit})`,
  );
  return Prisma.sql`select id, at from (${Prisma.join(pages, ' union ')}) part order by ${order} limit ${limit}`;
}

/** The order of a stretch, of columns `id` and `at`. @param of alias of their table, with its point */
export function orderOf({ at, direction }: Stretch, of = ''): Prisma.Sql {
  return Prisma.raw(at === null ? `${of}id ${direction}` : `${of}at ${direction}, ${of}id ${direction}`);
}

function isBefore({ id, idType, stretch }: Reading, last: { id: string; at: string | null }): Prisma.Sql {
  const type = Prisma.raw(idType);
  const before = Prisma.raw(stretch.direction === 'asc' ? '<' : '>');
  return stretch.at === null
    ? Prisma.sql`${id} ${before} ${last.id}::${type}`
    : Prisma.sql`(${stretch.at}, ${id}) ${before} (${last.at}::timestamptz, ${last.id}::${type})`;
}
