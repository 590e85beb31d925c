import type { FigureSight } from '../../domain/access-figure.ts';
import type { FigureMeasure } from '../../domain/figures.ts';
import type { UnitId } from '../../domain/ids.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';

/** What a reader asks of the figures. */
export interface FigureScope extends FigureSight {
  /** Path of a unit, which counts with those below it; null for the whole bureau. */
  readonly unitPath: string | null;
  /** One process of those that the reader counts. */
  readonly process: string | null;
}

/** So many of something, kept apart by whether they are sealed. */
export interface FigureRow {
  readonly process: string;
  readonly unit: UnitId;
  readonly day: string;
  readonly key: string;
  readonly bucket: number;
  readonly plain: number;
  readonly sealed: number;
}

export interface FigureQuery {
  readonly measures: readonly FigureMeasure[];
  /** First and last day, both included, `YYYY-MM-DD`. */
  readonly days?: readonly [string, string];
  /** What the rows are told apart by; the other fields are empty. */
  readonly by: readonly ('process' | 'unit' | 'day' | 'key' | 'bucket')[];
}

/** The sums of kept counters. Uses figure_count_pkey; `figure_move` holds a minute's steps. */
export const readFigures = (db: Database, scope: FigureScope, { measures, days, by }: FigureQuery) =>
  db.$queryRaw<(FigureRow & { measure: FigureMeasure })[]>(Prisma.sql`
    select f.measure, ${columns(by)}, ${sums} from (${keptIn(Prisma.sql`measure = any (${[...measures]}) and ${between(days)} and ${inScope(scope)}`)}) f
     group by 1, 2, 3, 4, 5, 6 having sum(f.n) <> 0 order by 1, 2, 3, 4, 5, 6`);

const columns = (by: FigureQuery['by']): Prisma.Sql => {
  const told = (field: FigureQuery['by'][number], column: Prisma.Sql, none: Prisma.Sql) => (by.includes(field) ? column : none);
  const text = Prisma.sql`''`;
  return Prisma.sql`${told('process', Prisma.sql`f.process`, text)} as process, ${told('unit', Prisma.sql`f.unit_id`, text)} as unit,
    ${told('day', Prisma.sql`f.day::text`, text)} as day, ${told('key', Prisma.sql`f.key`, text)} as key, ${told('bucket', Prisma.sql`f.bucket`, Prisma.sql`0::smallint`)} as bucket`;
};

const sums = Prisma.sql`
  coalesce(sum(f.n) filter (where f.confidentiality <> 'sealed'), 0)::integer as plain, coalesce(sum(f.n) filter (where f.confidentiality = 'sealed'), 0)::integer as sealed`;

/** Rows of the kept counters with what the last minute's steps moved them by. */
export const keptIn = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select measure, process, unit_id, confidentiality, day, key, bucket, n from figure_count where ${where}
  union all select measure, process, unit_id, confidentiality, day, key, bucket, n from figure_move where ${where}`;

const between = (days: FigureQuery['days']): Prisma.Sql =>
  days === undefined ? Prisma.sql`true` : Prisma.sql`day between ${days[0]}::date and ${days[1]}::date`;

/** Rows with `process`, `unit_id` and `confidentiality` that the reader counts. */
export function inScope({ unitPath, process, processes, confidential }: FigureScope): Prisma.Sql {
  return Prisma.join(
    [
      confidential ? Prisma.sql`true` : Prisma.sql`confidentiality in ('open', 'internal')`,
      ...(processes === null ? [] : [Prisma.sql`process = any (${[...processes]})`]),
      ...(process === null ? [] : [Prisma.sql`process = ${process}`]),
      ...(unitPath === null ? [] : [Prisma.sql`unit_id = any (array(select id from unit where starts_with(path, ${unitPath})))`]),
    ],
    ' and ',
  );
}

/** Cases that became overdue in the course of today: the counters know only days. Uses case_open_by_due. */
export const overdueSince = (db: Database, scope: FigureScope, { from, to }: { readonly from: Date; readonly to: Date }) =>
  db.$queryRaw<Pick<FigureRow, 'process' | 'unit' | 'plain' | 'sealed'>[]>(Prisma.sql`
    select process, unit_id as unit, (count(*) filter (where confidentiality <> 'sealed'))::integer as plain, (count(*) filter (where confidentiality = 'sealed'))::integer as sealed
      from "case" where state = 'open' and due_at > ${from} and due_at < ${to} and ${inScope(scope)} group by 1, 2`);

export interface UnitPlace {
  readonly id: UnitId;
  readonly name: string;
  readonly path: string;
}

/** The units under a path, each after the one above it, those included that are dissolved: their cases count on. Reads all units. */
export const unitsAt = (db: Database, unitPath: string | null): Promise<UnitPlace[]> =>
  db.$queryRaw`select id, name, path from unit where starts_with(path, ${unitPath ?? ''}) order by path`;
