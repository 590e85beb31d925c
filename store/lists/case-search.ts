import { Prisma } from '../../generated/prisma/client.ts';
import { forItsValues } from '../../platform/database.ts';
import type { Bureau } from '../bureau.ts';
import { queryTokens } from '../search-tokens.ts';

/** What a search finds: the ids of the cases where they are few, else a condition on `c` that most pages of cases have rows for. */
export type Found = { readonly ids: readonly string[] } | { readonly where: Prisma.Sql };

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
  if (isNumber(q)) return collected(db, Prisma.sql`starts_with(c.number, ${q.toUpperCase()})`, (where) => where);
  const words = queryTokens(ring, q)
    .filter((tokens) => tokens.length > 0)
    .map((tokens) => Prisma.sql`c.search @> ${tokens}::integer[]`);
  if (words.length === 0) return { ids: [] };
  const where = Prisma.sql`(${Prisma.join(words, ' or ')})`;
  return (await isFrequent(db, where)) ? { where: comeAcross(where) } : collected(db, where);
}

async function isFrequent(db: Bureau['db'], where: Prisma.Sql): Promise<boolean> {
  const [row] = await db.$queryRaw<[{ n: number }]>(Prisma.sql`${forItsValues}
    select count(*)::integer as n
      from (select from (select search from "case" order by opened_at desc, id desc limit ${LOOKED_AT}) c where ${where} limit ${FREQUENT}) hit`);
  return row.n === FREQUENT;
}

/** @param otherwise how they are found where they are many */
async function collected(db: Bureau['db'], where: Prisma.Sql, otherwise = comeAcross): Promise<Found> {
  const rows = await db.$queryRaw<{ id: string }[]>(
    Prisma.sql`${forItsValues} select c.id::text from "case" c where ${where} limit ${FEW + 1}`,
  );
  return rows.length > FEW ? { where: otherwise(where) } : { ids: rows.map(({ id }) => id) };
}

/** Not by the index of the condition, and not taken for rare. */
const comeAcross = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`case when ${where} then true end`;
