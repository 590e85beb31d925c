import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { figureScope } from '../../domain/access-figure.ts';
import { Instant, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { Role } from '../../domain/roles.ts';
import { checksByUnit, checksMissing } from '../../store/figures/checks.ts';
import { coverageByUnit, missingFrom } from '../../store/figures/coverage.ts';
import { hardshipFiles } from '../../store/figures/hardship.ts';
import { leaveByUnit, leaveLeft } from '../../store/figures/leave.ts';
import { unitPath } from '../../store/lists/units.ts';
import { processes } from '../../workflows/definitions.ts';
import type { Asking } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { XLSX } from '../read-body.ts';
import { type Route, route, Streamed } from '../route.ts';
import { csvOf, workbookOf } from '../sheet.ts';
import {
  CoverageFiguresView,
  type CoverageList,
  coverageFiguresView,
  coverageSheets,
  hardshipFigures,
  roundLists,
  yearLists,
} from '../views/coverage.ts';

/** What everyone has once a year. */
const yearly = {
  'annual-leave': { byUnit: leaveByUnit, missing: leaveLeft },
  'health-check': { byUnit: checksByUnit, missing: checksMissing },
};
const isYearly = (id: string): id is keyof typeof yearly => Object.hasOwn(yearly, id);

/** Rounds, the files of hardship, and what everyone has once a year. */
const covered = [...processes.values()].filter(({ id, items }) => items !== undefined || id === 'hardship-file' || isYearly(id));
const desks: readonly Role[] = [...new Set(covered.flatMap(({ overseenBy }) => overseenBy))];

const MOST_SHOWN = 200;
const MOST_EXPORTED = 50_000;

const Query = z.strictObject({
  /** With its sub-units. */
  unit: UnitId.optional(),
  process: z.enum(covered.map(({ id }) => id)).optional(),
  /** Rounds opened from then on; without both `from` and `to` the latest of each. */
  from: Instant.optional(),
  to: Instant.optional(),
  format: z.enum(['json', 'xlsx', 'csv']).default('json'),
});
type Query = z.output<typeof Query>;

/** 覆盖率 (domain.md §5), with whoever is missing. */
export const coverageRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/figures/coverage',
    {
      title: { zh: '覆盖率：谁还没有覆盖', en: 'Coverage: who is missing' },
      permission: 'figure.read',
      query: Query,
      view: CoverageFiguresView,
      problems: ['forbidden'],
    },
    async (call) => {
      const { query, at } = call;
      if (query.format !== 'json') return spreadsheet(await coverageFor(deps, call, query, MOST_EXPORTED), query.format);
      const figures = await coverageFor(deps, call, query, MOST_SHOWN);
      return { at: at.toISOString(), unit: query.unit ?? null, items: coverageFiguresView(figures) };
    },
  ),
];

/** Of each process what the reader answers for: the whole bureau for a desk that oversees it, the own units for a leader; of confidential files only for the desk. */
async function coverageFor(
  { db, policies }: ApiDeps,
  { actor, at }: Pick<Asking, 'actor' | 'at'>,
  { unit, process, from, to }: Query,
  most: number,
) {
  const path = unit === undefined ? null : await unitPath(db, unit, at);
  if (unit !== undefined && path === null) throw new Problem('not-found');
  demand(actor, 'figure.read', { unitPath: path, overseenBy: desks });
  const year = yearAt(policies, to === undefined ? at.getTime() : Date.parse(to) - 1);
  const lists = covered
    .filter(({ id }) => process === undefined || process === id)
    .map(async ({ id, overseenBy, confidentiality, items }): Promise<readonly CoverageList[]> => {
      const answersFor = figureScope(actor, overseenBy);
      const scope = path === null ? answersFor : answersFor === null || answersFor.some((led) => path.startsWith(led)) ? [path] : [];
      if (confidentiality === 'confidential' && answersFor !== null) return [];
      if (isYearly(id)) {
        const ofYear = { scope, year };
        const [units, missing] = await Promise.all([yearly[id].byUnit(db, ofYear), yearly[id].missing(db, ofYear, most)]);
        return yearLists({ process: id, year, units, missing });
      }
      if (items === undefined) return hardshipFigures(await hardshipFiles(db, { scope, from, to }), most);
      const query = { process: id, scope, from, to };
      return roundLists(id, ...(await Promise.all([coverageByUnit(db, query), missingFrom(db, query, most)])));
    });
  return (await Promise.all(lists)).flat();
}

/** What comes once a year is that of the year in which the time ends that is asked about. */
const yearAt = ({ current }: ApiDeps['policies'], at: number): number => Number(current.calendar.dayAt(at).date.slice(0, 4));

async function spreadsheet(lists: readonly CoverageList[], format: 'xlsx' | 'csv'): Promise<Streamed> {
  const sheets = coverageSheets(lists);
  const body = format === 'xlsx' ? await workbookOf(sheets) : csvOf(sheets[1]);
  return new Streamed(async (response) => {
    response
      .attachment(`coverage.${format}`)
      .type(format === 'xlsx' ? XLSX : 'text/csv')
      .set('Cache-Control', 'no-store')
      .send(body);
  });
}
