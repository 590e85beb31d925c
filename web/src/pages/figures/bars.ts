import { pageBehind } from '../../contract/behind.ts';
import type { FigureGroup, FigureNumber, FigureRow } from '../../contract/figures.ts';
import type { Text } from '../../contract/types.ts';

/* Which tables are drawn, and as which bars. */

/** One bar, in parts that add up to it. */
export interface Bar {
  readonly title: Text;
  readonly parts: readonly { readonly value: number; readonly page: string | null }[];
}

export interface Bars {
  /** Of each part the column whose title it has, and whether it is what is left of the whole without the other. */
  readonly parts: readonly { readonly key: string; readonly title: Text; readonly isRest: boolean; readonly isBad: boolean }[];
  readonly bars: readonly Bar[];
}

const MOST_BARS = 12;

/** Rows that have an order of their own. */
const ordered: readonly string[] = ['score', 'tier', 'level'];

/** Tables that are drawn in another way. */
const drawnElsewhere: readonly string[] = ['week', 'month'];

/** Columns of which one counts some of what the other counts. */
const splits = [
  { whole: 'done', part: 'late' },
  { whole: 'open', part: 'overdue' },
  { whole: 'inForce', part: 'ending' },
] as const;

/** The longest bars of a table, or all where they have an order; null for one that says nothing as a drawing. */
export function barsOf({ by, columns, rows }: FigureGroup): Bars | null {
  // The first unit has all the others in it.
  const drawn = by.startsWith('unit') && rows.length > 1 ? rows.slice(1) : rows;
  if (drawn.length < 2 || drawnElsewhere.includes(by)) return null;
  const column = (key: string) => columns.find((each) => each.key === key);
  const inOrder = (key: string) => (ordered.includes(by) ? drawn : longest(drawn, key));
  for (const { whole, part } of splits) {
    const [of, some] = [column(whole), column(part)];
    if (of === undefined || some === undefined) continue;
    const bars = inOrder(whole).map((row) => splitBar(row, whole, part));
    const rest = { key: whole, title: of.title, isRest: true, isBad: false };
    return { parts: [rest, { key: part, title: some.title, isRest: false, isBad: true }], bars };
  }
  const only = column('cases') ?? column('open');
  if (only === undefined) return null;
  const bars = inOrder(only.key).map((row) => ({ title: row.title, parts: [partOf(row.numbers[only.key])] }));
  return { parts: [{ key: only.key, title: only.title, isRest: false, isBad: false }], bars };
}

function longest(rows: readonly FigureRow[], key: string): readonly FigureRow[] {
  const value = (row: FigureRow) => row.numbers[key]?.value ?? 0;
  return rows.toSorted((one, other) => value(other) - value(one)).slice(0, MOST_BARS);
}

function splitBar({ title, numbers }: FigureRow, whole: string, part: string): Bar {
  const some = partOf(numbers[part]);
  const all = partOf(numbers[whole]);
  return { title, parts: [{ value: Math.max(0, all.value - some.value), page: all.page }, some] };
}

const partOf = (number: FigureNumber | undefined) => ({
  value: number?.value ?? 0,
  page: number?.link ? pageBehind(number.link) : null,
});
