import { z } from 'zod';
import { CaseNumber, Instant, PersonId, Text, UnitId } from '../../domain/ids.ts';
import { coverageRate } from '../../domain/round-item.ts';
import type { CoverageRow, MissingRow } from '../../store/figures/coverage.ts';
import { type HardshipList, type HardshipRow, hardshipLists } from '../../store/figures/hardship.ts';
import type { ByUnitRow, MissingOfYearRow } from '../../store/figures/leave.ts';
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
      /** The round, where it is one, and which of its lists. */
      case: CaseNumber.nullable(),
      openedAt: Instant.nullable(),
      state: z.string().nullable(),
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
          dueAt: Instant.nullable(),
        }),
      ),
    }),
  ),
});

/** One list of those to be covered, whatever it comes from. */
export interface CoverageList {
  readonly process: string;
  readonly case: CaseNumber | null;
  readonly openedAt: Date | null;
  readonly state: string | null;
  readonly key: string;
  readonly title: Text;
  readonly units: readonly { readonly unit: UnitId; readonly unitName: string; readonly covered: number; readonly missing: number }[];
  readonly missing: readonly MissingPerson[];
  /** The list behind the numbers, of the whole or of one unit. */
  link(unit?: UnitId): string;
}

type MissingPerson = Omit<MissingRow, 'number' | 'key' | 'dueAt'> & { readonly dueAt: Date | null };

/** @source domain.md §3.2, §3.4, §5: 100 % */
const GOAL = 100;

export const coverageFiguresView = (lists: readonly CoverageList[]) =>
  lists.map(({ process, openedAt, units, missing, link, ...list }) => ({
    ...list,
    process,
    processTitle: processOf(process).title,
    openedAt: openedAt?.toISOString() ?? null,
    goal: GOAL,
    ...share(units, link()),
    byUnit: units.map((row) => ({ unit: row.unit, unitName: row.unitName, ...share([row], link(row.unit)) })),
    missingPeople: missing.map(({ dueAt, ...row }) => ({ ...row, dueAt: dueAt?.toISOString() ?? null })),
  }));

function share(units: CoverageList['units'], link: string) {
  const covered = units.reduce((sum, each) => sum + each.covered, 0);
  const missing = units.reduce((sum, each) => sum + each.missing, 0);
  const counts = { open: missing, done: covered, missed: 0, struck: 0, cancelled: 0 };
  return { toCover: covered + missing, covered, missing, rate: coverageRate(counts), link };
}

/** The lists of rounds. */
export const roundLists = (process: string, rows: readonly CoverageRow[], missing: readonly MissingRow[]): CoverageList[] =>
  listsOf(rows).map(({ number, key, state, openedAt }) => ({
    process,
    case: number,
    openedAt,
    state,
    key,
    title: itemTitle(process, key),
    units: rows
      .filter((row) => row.number === number && row.key === key)
      .map(({ unit, unitName, done, open, missed }) => ({ unit, unitName, covered: done, missing: open + missed })),
    missing: missing.filter((row) => row.number === number && row.key === key).map(({ number: _, key: __, ...row }) => row),
    link: (unit) =>
      `/api/v1/cases/${number}/items?key=${key}${unit === undefined ? '' : `&unit=${unit}`}&state=${state === 'closed' ? 'missed' : 'open'}`,
  }));

/** One row for each list of each round. */
const listsOf = (rows: readonly CoverageRow[]): readonly CoverageRow[] => [
  ...new Map(rows.map((row) => [`${row.number} ${row.key}`, row] as const)).values(),
];

const hardshipTitles: Readonly<Record<HardshipList, Text>> = {
  filing: { zh: '建档率', en: 'Put on file' },
  aid: { zh: '帮扶率', en: 'Aided, with a helper and a plan' },
};
/** Where whoever is missing stands. */
const hardshipStages: Readonly<Record<HardshipList, string>> = { filing: 'verify,decide-file,object', aid: 'plan' };

/** Who is on file, and who has a helper. */
export const hardshipFigures = (rows: readonly HardshipRow[], most: number): CoverageList[] =>
  hardshipLists
    .filter((key) => rows.some((row) => row.key === key))
    .map((key) => {
      const listed = rows.filter((row) => row.key === key);
      const units = new Map(listed.map(({ unit, unitName }) => [unit, unitName] as const));
      const count = (unit: UnitId, covered: boolean) => listed.filter((row) => row.unit === unit && row.covered === covered).length;
      return {
        process: 'hardship-file',
        case: null,
        openedAt: null,
        state: null,
        key,
        title: hardshipTitles[key],
        units: [...units].map(([unit, unitName]) => ({ unit, unitName, covered: count(unit, true), missing: count(unit, false) })),
        missing: listed
          .filter(({ covered }) => !covered)
          .slice(0, most)
          .map(({ person, personName, unit, unitName, handlerName, dueAt }) => ({
            person,
            personName,
            unit,
            unitName,
            assigneeName: handlerName,
            dueAt,
          })),
        link: (unit) =>
          `/api/v1/cases?process=hardship-file&state=open&stage=${hardshipStages[key]}${unit === undefined ? '' : `&unit=${unit}`}`,
      };
    });

interface OfYear {
  readonly process: 'annual-leave' | 'health-check';
  readonly year: number;
  readonly units: readonly ByUnitRow[];
  readonly missing: readonly MissingOfYearRow[];
}

const ofYearTitles = {
  // 年休假落实率: to whom leave of the year is due, and who has taken all of it.
  'annual-leave': (year) => ({ zh: `${year} 年休假全部休完`, en: `All leave of ${year} taken` }),
  // 体检率: who is in service, and whose result is in.
  'health-check': (year) => ({ zh: `${year} 年体检`, en: `Health checks of ${year}` }),
} satisfies Record<OfYear['process'], (year: number) => Text>;

/** What everyone has once a year. */
export const yearLists = ({ process, year, units, missing }: OfYear): CoverageList[] =>
  units.length === 0
    ? []
    : [
        {
          process,
          case: null,
          openedAt: null,
          state: null,
          key: process === 'annual-leave' ? 'leave' : 'check',
          title: ofYearTitles[process](year),
          units,
          missing: missing.map((row) => ({ ...row, assigneeName: null, dueAt: null })),
          link: (unit) => `/api/v1/cases?process=${process}&state=open${unit === undefined ? '' : `&unit=${unit}`}`,
        },
      ];

const head = [
  { zh: '业务', en: 'Process' },
  { zh: '件号', en: 'Round' },
  { zh: '名单', en: 'List' },
  { zh: '单位', en: 'Unit' },
];

/** Two sheets: the share by unit, and who is missing by name. */
export function coverageSheets(lists: readonly CoverageList[]): readonly [Sheet, Sheet] {
  const items = coverageFiguresView(lists);
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
        each.missingPeople.map((row) => [...of(each), row.unitName, row.personName, row.assigneeName, row.dueAt?.slice(0, 10) ?? null]),
      ),
    },
  ];
}
