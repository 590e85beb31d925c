import { z } from 'zod';
import { Instant, type Text, UnitId } from '../../domain/ids.ts';
import { processes } from '../../workflows/definitions.ts';
import type { ApiDeps } from '../deps.ts';
import { ageing } from '../figures/ageing.ts';
import { appeals } from '../figures/appeals.ts';
import { type Asked, asked, type Period, periodOf } from '../figures/asked.ts';
import { bars } from '../figures/bars.ts';
import { overview } from '../figures/overview.ts';
import { type FigureGroup, FiguresView, figureSheets } from '../figures/shape.ts';
import { supervision, timeliness } from '../figures/timeliness.ts';
import { trend } from '../figures/trend.ts';
import { workload } from '../figures/workload.ts';
import { XLSX } from '../read-body.ts';
import { type Route, route, Streamed } from '../route.ts';
import { csvOf, workbookOf } from '../sheet.ts';

interface Figure {
  readonly title: Text;
  /** How many months it covers, the present one included, unless asked for others; nothing where it is about now. */
  readonly months?: number;
  groups(asked: Asked, period: Period): Promise<FigureGroup[]>;
}

const figures: Readonly<Record<string, Figure>> = {
  overview: { title: { zh: '在办概览', en: 'Open, due and overdue' }, groups: overview },
  timeliness: { title: { zh: '各环节用时', en: 'Time per task' }, months: 3, groups: timeliness },
  appeals: { title: { zh: '诉求', en: 'Appeals' }, months: 12, groups: appeals },
  supervision: { title: { zh: '督办按期率', en: 'Directives in time' }, months: 3, groups: supervision },
  bars: { title: { zh: '限制与措施', en: 'Bars and measures' }, groups: bars },
  workload: { title: { zh: '工作负荷', en: 'Workload' }, groups: workload },
  ageing: { title: { zh: '在办时长', en: 'How long open' }, groups: ageing },
  trend: { title: { zh: '趋势', en: 'Trend' }, months: 12, groups: trend },
};

const Query = z.strictObject({
  /** With its sub-units. A leader who oversees nothing is answered for the own unit without it. */
  unit: UnitId.optional(),
  process: z.enum([...processes.keys()]).optional(),
  /** Whole months (of a trend also weeks) of the bureau's zone are counted: those in which these instants lie. */
  from: Instant.optional(),
  to: Instant.optional(),
  format: z.enum(['json', 'xlsx', 'csv']).default('json'),
});

/** 统计数字 (domain.md §5), each with the list behind it. */
export const figureRoutes = (deps: ApiDeps): Route[] =>
  Object.entries(figures).map(([figure, { title, months, groups }]) =>
    route.get(
      `/figures/${figure}`,
      { title, permission: 'figure.read', query: Query, view: FiguresView, problems: ['forbidden'] },
      async (call) => {
        const { format, ...query } = call.query;
        const given = await asked(deps, call, query);
        const period = periodOf(given, 'month', months ?? 1);
        const view: FiguresView = {
          at: Instant.parse(call.at.toISOString()),
          figure,
          unit: given.unit,
          process: query.process ?? null,
          from: months === undefined ? null : period.fromAt,
          to: months === undefined ? null : period.toAt,
          groups: await groups(given, period),
        };
        return format === 'json' ? view : spreadsheet(view, format);
      },
    ),
  );

/** A workbook with a sheet for each table; as CSV one after the other. */
async function spreadsheet(view: FiguresView, format: 'xlsx' | 'csv'): Promise<Streamed> {
  const sheets = figureSheets(view);
  const body = format === 'xlsx' ? await workbookOf(sheets) : sheets.map(csvOf).join('\r\n');
  return new Streamed(async (response) => {
    response
      .attachment(`${view.figure}.${format}`)
      .type(format === 'xlsx' ? XLSX : 'text/csv')
      .set('Cache-Control', 'no-store')
      .send(body);
  });
}
