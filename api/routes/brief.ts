import { z } from 'zod';
import { demand } from '../../domain/access.ts';
import { briefScope } from '../../domain/access-brief.ts';
import { briefBounds } from '../../domain/brief.ts';
import { Instant, PlainDate, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { briefMadeAt } from '../../store/brief.ts';
import { type BriefQuery, briefCounts, briefItems } from '../../store/lists/brief.ts';
import { unitPath } from '../../store/lists/units.ts';
import { briefCsv, briefWorkbook } from '../brief-sheet.ts';
import type { Asking } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { XLSX } from '../read-body.ts';
import { type Route, route, Streamed } from '../route.ts';
import { viewingAt } from '../viewing.ts';
import { BriefView, briefCountsView, briefItemView } from '../views/brief.ts';
import { pageSize } from './paging.ts';

/** More than this no spreadsheet holds that somebody reads. */
const MOST_EXPORTED = 50_000;

const Query = z.object({
  unit: UnitId.optional(),
  /** The brief of that morning, as it was; without it, how things stand now. */
  on: PlainDate.optional(),
  format: z.enum(['json', 'xlsx', 'csv']).default('json'),
  limit: pageSize,
  cursor: z.string().max(500).optional(),
});

export const briefRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/brief',
    {
      title: { zh: '交办清单', en: 'The daily brief' },
      permission: 'brief.read',
      query: Query,
      view: BriefView,
    },
    async ({ actor, at, query: { unit, on, format, limit, cursor } }) => {
      const { brief, head } = await briefFor(deps, { actor, at }, { unit, on });
      if (format !== 'json') return spreadsheet(deps, brief, { format, name: `brief-${head.on}` });
      const [page, counts] = await Promise.all([
        briefItems(deps.db, { ...brief, limit, cursor }),
        cursor === undefined ? briefCounts(deps.db, brief) : null,
      ]);
      return { ...head, ...(counts && briefCountsView(counts)), items: page.rows.map(briefItemView), nextCursor: page.nextCursor };
    },
  ),
];

interface Wanted {
  readonly unit: UnitId | undefined;
  readonly on: PlainDate | undefined;
}

/** @throws Problem `not-found` for a unit that there isn't, or a day that had no brief */
async function briefFor({ db, policies }: ApiDeps, { actor, at }: Pick<Asking, 'actor' | 'at'>, { unit, on }: Wanted) {
  const path = unit === undefined ? null : await unitPath(db, unit, at);
  if (unit !== undefined && path === null) throw new Problem('not-found');
  demand(actor, 'brief.read', { unitPath: path });
  const { calendar } = policies.current;
  const madeAt = on === undefined ? at : await briefMadeAt(db, on);
  if (madeAt === null) throw new Problem('not-found');
  const source = on === undefined ? { now: briefBounds(at.getTime(), calendar) } : { on };
  const brief: BriefQuery = { source, actor, viewing: viewingAt(at), scope: path === null ? briefScope(actor) : [path] };
  const head = { on: on ?? calendar.dayAt(at.getTime()).date, at: Instant.parse(madeAt.toISOString()), unit: unit ?? null };
  return { brief, head };
}

async function spreadsheet(
  { db, policies }: ApiDeps,
  brief: BriefQuery,
  { format, name }: { readonly format: 'xlsx' | 'csv'; readonly name: string },
): Promise<Streamed> {
  const [{ rows: items }, counts] = await Promise.all([
    briefItems(db, { ...brief, limit: MOST_EXPORTED, cursor: undefined }),
    briefCounts(db, brief),
  ]);
  const sheet = { items, counts, timeZone: policies.current.policy.timeZone };
  const body = format === 'xlsx' ? await briefWorkbook(sheet) : briefCsv(sheet);
  return new Streamed(async (response) => {
    response
      .attachment(`${name}.${format}`)
      .type(format === 'xlsx' ? XLSX : 'text/csv')
      .set('Cache-Control', 'no-store')
      .send(body);
  });
}
