import { Prisma } from '../../generated/prisma/client.ts';
import { forItsValues } from '../../platform/database.ts';
import type { Bureau } from '../bureau.ts';
import { queryTokens } from '../search-tokens.ts';

/** What a search finds: the ids of the cases where they are few, else a condition on `c`, and the process where they are all of one. */
export type Found = { readonly ids: readonly string[] } | { readonly where: Prisma.Sql; readonly process?: string };

/** More are not collected but come across. */
const FEW = 2000;
/** Of the newest so many cases, so many have a word that is frequent: one in five hundred, as `FEW` are of a million. */
const LOOKED_AT = 4000;
const FREQUENT = 8;

export const isNumber = (q: string): boolean => /^[A-Za-z]{2}-[\d-]*$/.test(q);

/**
 * Cases by the beginning of their number, or by words of their title, whether or not somebody may see them. Uses case_number_key, case_by_search and case_by_opened. PostgreSQL takes each pair
 * of characters for a matter of its own and so a long word for a rare one: it would collect 100,000 cases to show the first fifty. What is frequent is found in a page or two of the newest.
 */
export async function found({ db, ring }: Pick<Bureau, 'db' | 'ring'>, q: string): Promise<Found> {
  if (isNumber(q)) return foundByNumber(db, q.toUpperCase());
  const words = queryTokens(ring, q)
    .filter((tokens) => tokens.length > 0)
    .map((tokens) => Prisma.sql`c.search @> ${tokens}::integer[]`);
  if (words.length === 0) return { ids: [] };
  const where = Prisma.sql`(${Prisma.join(words, ' or ')})`;
  // Not by the index of the condition, and not taken for rare.
  const comeAcross = { where: Prisma.sql`case when ${where} then true end` };
  if (await isFrequent(db, where)) return comeAcross;
  const some = await collected(db, where);
  return some.length > FEW ? comeAcross : { ids: some.map(({ id }) => id) };
}

/** No two processes share the letters of a number. Its year is the bureau's: a day more on either side is none too few in any zone. */
async function foundByNumber(db: Bureau['db'], beginning: string): Promise<Found> {
  const isIt = Prisma.sql`starts_with(c.number, ${beginning})`;
  const some = await collected(db, isIt);
  if (some.length <= FEW) return { ids: some.map(({ id }) => id) };
  const year = /^..-(\d{4})/.exec(beginning)?.[1];
  const inYear = year
    ? Prisma.sql`c.opened_at between ${`${year}-01-01`}::timestamptz - interval '1 day' and ${`${year}-12-31`}::timestamptz + interval '2 days'`
    : Prisma.sql`true`;
  return { where: Prisma.sql`${isIt} and ${inYear}`, ...(some[0] && { process: some[0].process }) };
}

async function isFrequent(db: Bureau['db'], where: Prisma.Sql): Promise<boolean> {
  const [row] = await db.$queryRaw<[{ n: number }]>(Prisma.sql`${forItsValues}
    select count(*)::integer as n
      from (select from (select search from "case" order by opened_at desc, id desc limit ${LOOKED_AT}) c where ${where} limit ${FREQUENT}) hit`);
  return row.n === FREQUENT;
}

const collected = (db: Bureau['db'], where: Prisma.Sql): Promise<{ id: string; process: string }[]> =>
  db.$queryRaw(Prisma.sql`${forItsValues} select c.id::text, c.process from "case" c where ${where} limit ${FEW + 1}`);
