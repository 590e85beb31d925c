import { pageBehind } from '../../contract/behind.ts';
import type { FigureRow } from '../../contract/figures.ts';

/* A period beside the one before it. */

export interface Compared {
  readonly now: readonly FigureRow[];
  readonly before: readonly FigureRow[];
}

/** The later half, and the earlier one. */
export function halves(rows: readonly FigureRow[]): Compared {
  const half = Math.floor(rows.length / 2);
  const begin = rows.length - 2 * half;
  return { before: rows.slice(begin, begin + half), now: rows.slice(begin + half) };
}

export const sumOf = (rows: readonly FigureRow[], key: string): number =>
  rows.reduce((sum, { numbers }) => sum + (numbers[key]?.value ?? 0), 0);

/** Whole per cent by which it grew; null where there was nothing before. */
export const growth = (now: number, before: number): number | null => (before === 0 ? null : Math.round((100 * (now - before)) / before));

/**
 * The page with what several neighbouring periods counted together.
 * Null where they did not all count the same kinds of cases: sealed ones count only where there are enough of them.
 */
export function pageOver(rows: readonly FigureRow[], key: 'opened' | 'closed'): string | null {
  const lists = rows.map(({ numbers }) => new URLSearchParams(numbers[key]?.link?.split('?')[1]));
  const [first, last] = [lists[0], lists.at(-1)];
  const end = last?.get(`${key}To`);
  if (first === undefined || !end || lists.some((each) => kinds(each) !== kinds(first))) return null;
  first.set(`${key}To`, end);
  return pageBehind(`/api/v1/cases?${first}`);
}

const kinds = (list: URLSearchParams): string => list.get('confidentiality') ?? '';
