import { z } from 'zod';
import { CaseNumber, Instant, PersonId, Text, UnitId } from '../../domain/ids.ts';
import { coverageRate } from '../../domain/round-item.ts';
import type { CoverageRow, MissingRow } from '../../store/figures/coverage.ts';
import { processOf } from '../../workflows/definitions.ts';
import type { Sheet } from '../sheet.ts';
import { itemTitle } from './item.ts';

/** How many there were to be covered, how many were, and the list of who is missing. */
const Share = z.object({
  toCover: z.int(),
  covered: z.int(),
  missing: z.int(),
  /** Whole per cent, rounded down; null where there was nobody. */
  rate: z.int().nullable(),
  /** The list behind the number. */
  link: z.string(),
});

export const CoverageFiguresView = z.object({
  at: Instant,
  unit: UnitId.nullable(),
  items: z.array(
    Share.extend({
      process: z.string(),
      processTitle: Text,
      /** The round, and which of its lists. */
      case: CaseNumber,
      openedAt: Instant,
      state: z.string(),
      key: z.string(),
      title: Text,
      goal: z.int(),
      byUnit: z.array(Share.extend({ unit: UnitId, unitName: z.string() })),
      /** The first two hundred by unit; the link has them all. */
      missingPeople: z.array(
        z.object({
          person: PersonId.nullable(),
          personName: z.string().nullable(),
          unit: UnitId,
          unitName: z.string(),
          assigneeName: z.string().nullable(),
          dueAt: Instant,
        }),
      ),
    }),
  ),
});

export interface CoverageFigures {
  readonly process: string;
  readonly rows: readonly CoverageRow[];
  readonly missing: readonly MissingRow[];
}

/** @source domain.md §3.2, §3.4, §5: 100 % */
const GOAL = 100;

export const coverageFiguresView = (figures: readonly CoverageFigures[]) =>
  figures.flatMap(({ process, rows, missing }) =>
    listsOf(rows).map(({ number, key, state, openedAt }) => {
      const units = rows.filter((row) => row.number === number && row.key === key);
      return {
        process,
        processTitle: processOf(process).title,
        case: number,
        openedAt: openedAt.toISOString(),
        state,
        key,
        title: itemTitle(process, key),
        goal: GOAL,
        ...share(units, `/api/v1/cases/${number}/items?key=${key}&state=${state === 'closed' ? 'missed' : 'open'}`),
        byUnit: units.map((row) => ({
          unit: row.unit,
          unitName: row.unitName,
          ...share([row], `/api/v1/cases/${number}/items?key=${key}&unit=${row.unit}&state=${state === 'closed' ? 'missed' : 'open'}`),
        })),
        missingPeople: missing
          .filter((row) => row.number === number && row.key === key)
          .map(({ number: _, key: __, dueAt, ...row }) => ({ ...row, dueAt: dueAt.toISOString() })),
      };
    }),
  );

/** One row for each list of each round. */
const listsOf = (rows: readonly CoverageRow[]): readonly CoverageRow[] => [
  ...new Map(rows.map((row) => [`${row.number} ${row.key}`, row] as const)).values(),
];

function share(rows: readonly CoverageRow[], link: string) {
  const sum = (of: 'open' | 'done' | 'missed') => rows.reduce((total, row) => total + row[of], 0);
  const counts = { open: sum('open'), done: sum('done'), missed: sum('missed'), struck: 0, cancelled: 0 };
  const missing = counts.open + counts.missed;
  return { toCover: counts.done + missing, covered: counts.done, missing, rate: coverageRate(counts), link };
}

const head = [
  { zh: '业务', en: 'Process' },
  { zh: '件号', en: 'Round' },
  { zh: '名单', en: 'List' },
  { zh: '单位', en: 'Unit' },
];

/** Two sheets: the share by unit, and who is missing by name. */
export function coverageSheets(figures: readonly CoverageFigures[]): readonly [Sheet, Sheet] {
  const items = coverageFiguresView(figures);
  const of = (each: (typeof items)[number]) => [each.processTitle.zh, each.case, each.title.zh];
  return [
    {
      name: '覆盖率',
      headings: [...head, { zh: '应覆盖', en: 'To cover' }, { zh: '已覆盖', en: 'Covered' }, { zh: '覆盖率 %', en: 'Per cent' }],
      rows: items.flatMap((each) => each.byUnit.map((row) => [...of(each), row.unitName, row.toCover, row.covered, row.rate])),
    },
    {
      name: '未覆盖',
      headings: [...head, { zh: '人员', en: 'Person' }, { zh: '负责人', en: 'Sees to it' }, { zh: '到期', en: 'Due' }],
      rows: items.flatMap((each) =>
        each.missingPeople.map((row) => [...of(each), row.unitName, row.personName, row.assigneeName, row.dueAt.slice(0, 10)]),
      ),
    },
  ];
}
