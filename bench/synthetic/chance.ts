import { Prisma } from '../../generated/prisma/client.ts';

/** Chance that repeats itself: the same seed, number and matter always give the same share of 0 (included) to 1. */
export type Chance = (n: number, matter: string) => number;

export const chanceOf =
  (seed: number): Chance =>
  (n, matter) =>
    mixed(mixed(n + seed * 0x9e3779b1) ^ textHash(matter)) / 2 ** 32;

/** One of the list, each as likely. @throws Error for an empty one */
export function oneOf<T>(list: readonly T[], share: number): T {
  const chosen = list[Math.floor(share * list.length)];
  if (chosen === undefined) throw new Error('there is nothing to choose from');
  return chosen;
}

/** The same for a set of rows: `n` is a whole number of the row, such as `c.id`. */
export const sqlChance =
  (seed: number) =>
  (n: string, matter: string): Prisma.Sql =>
    Prisma.raw(`((hashint8extended((${n})::bigint, ${seed * 1_000_003 + textHash(matter)}) & 1048575) / 1048576.0::double precision)`);
export type SqlChance = ReturnType<typeof sqlChance>;

function mixed(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
