import { demand } from '../../domain/access.ts';
import { figureSight, ledUnit } from '../../domain/access-figure.ts';
import { plainDateOf } from '../../domain/calendar.ts';
import { LEAST_SEALED, monthOf, weekOf } from '../../domain/figures.ts';
import type { Instant, UnitId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { Role } from '../../domain/roles.ts';
import { instantOf, zoneClock } from '../../domain/time-zone.ts';
import { type FigureRow, type FigureScope, type UnitPlace, unitsAt } from '../../store/figures/read.ts';
import { unitPath } from '../../store/lists/units.ts';
import { oversight } from '../../workflows/definitions.ts';
import type { Asking } from '../case-for.ts';
import type { ApiDeps } from '../deps.ts';
import { type FigureNumber, number } from './shape.ts';

export interface FigureQuery {
  readonly unit?: UnitId | undefined;
  readonly process?: string | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** What a reader asked for, as far as they may. */
export interface Asked {
  readonly deps: ApiDeps;
  readonly at: Date;
  readonly unit: UnitId | null;
  readonly scope: FigureScope;
  readonly units: readonly UnitPlace[];
  readonly query: FigureQuery;
}

const desks: readonly Role[] = ['auditor', ...new Set(Object.values(oversight).flat())];

/** Whoever leads and oversees nothing is answered for the unit that they lead. @throws Problem `not-found` for no such unit, `forbidden` */
export async function asked(deps: ApiDeps, { actor, at }: Pick<Asking, 'actor' | 'at'>, query: FigureQuery): Promise<Asked> {
  const overseesAny = actor.roles.some(({ role }) => desks.includes(role));
  const own = query.unit === undefined && !overseesAny ? ledUnit(actor) : undefined;
  const unit = query.unit ?? own?.unit ?? null;
  const path = unit === null ? null : await unitPath(deps.db, unit, at);
  if (unit !== null && path === null) throw new Problem('not-found');
  demand(actor, 'figure.read', { unitPath: path, overseenBy: desks });
  const process = query.process ?? null;
  const scope = { ...figureSight(actor, oversight, { unitPath: path, process }), unitPath: path, process };
  return { deps, at, unit, scope, units: await unitsAt(deps.db, path), query };
}

/** A number of cases with the list of them. */
export const casesOf = (asked: Asked, rows: Countable, filter: Filter): FigureNumber =>
  number(countOf(rows), linkTo('/api/v1/cases', asked, rows, filter));
/** A number of tasks with the list of them. */
export const tasksOf = (asked: Asked, rows: Countable, filter: Filter): FigureNumber =>
  number(countOf(rows), linkTo('/api/v1/tasks', asked, rows, filter));

type Countable = readonly Pick<FigureRow, 'plain' | 'sealed'>[];

export type Filter = Readonly<Record<string, string>>;

/** What is counted, and no more: not what the reader sees because of a part of their own. */
function linkTo(path: string, { scope, unit }: Asked, rows: Countable, filter: Filter): string {
  const process = scope.process ?? scope.processes?.join(',');
  const confidentiality = ['open', 'internal', ...(scope.confidential ? ['confidential'] : []), ...(countsSealed(rows) ? ['sealed'] : [])];
  const scoped = { ...(process && { process }), ...(unit && { unit }), confidentiality: confidentiality.join(',') };
  return `${path}?${new URLSearchParams({ ...scoped, ...filter })}`;
}

/** Months or weeks, whole ones, of which the numbers are; the end is not included. */
export interface Period {
  readonly from: string;
  /** The day after the last. */
  readonly to: string;
  readonly fromAt: Instant;
  readonly toAt: Instant;
  /** First and last day, both included. */
  readonly days: readonly [string, string];
}

/** The period that was asked for, in whole months or weeks; the last so many, the present one included, where none was. */
export function periodOf({ deps, at, query }: Asked, grain: 'week' | 'month', last: number): Period {
  const { timeZone } = deps.policies.current.calendar;
  const clock = zoneClock(timeZone);
  const dateAt = (instant: number) => plainDateOf(clock.dayNumberAt(instant));
  const begin = grain === 'week' ? weekOf : monthOf;
  const end = query.to === undefined ? dateAt(at.getTime()) : dateAt(Date.parse(query.to) - 1);
  const to = next(begin(end), grain, 1);
  const from = query.from === undefined ? next(to, grain, -last) : begin(dateAt(Date.parse(query.from)));
  return { from, to, fromAt: startOf(from, timeZone), toAt: startOf(to, timeZone), days: [from, next(to, 'day', -1)] };
}

export function startOf(date: string, timeZone: string): Instant {
  return instantOf(zoneClock(timeZone).instantAt(Date.parse(date) / 86_400_000, 0));
}

/** The day so many weeks, months or days later. */
export function next(date: string, grain: 'day' | 'week' | 'month', by: number): string {
  const day = new Date(`${date}T00:00Z`);
  if (grain === 'month') day.setUTCMonth(day.getUTCMonth() + by);
  else day.setUTCDate(day.getUTCDate() + by * (grain === 'week' ? 7 : 1));
  return day.toISOString().slice(0, 10);
}

/** What may be counted of some rows. */
export const countOf = (rows: Countable): number =>
  rows.reduce((sum, { plain }) => sum + plain, 0) + (countsSealed(rows) ? sealedOf(rows) : 0);

const sealedOf = (rows: Countable): number => rows.reduce((sum, { sealed }) => sum + sealed, 0);
const countsSealed = (rows: Countable): boolean => sealedOf(rows) >= LEAST_SEALED;

/** The rows of each unit with those of the units below it, of the units that have any. */
export function byUnit<R extends Pick<FigureRow, 'unit'>>({ units }: Asked, rows: readonly R[]): { unit: UnitPlace; rows: R[] }[] {
  const paths = new Map(units.map(({ id, path }) => [id, path]));
  return units
    .map((unit) => ({ unit, rows: rows.filter((row) => paths.get(row.unit)?.startsWith(unit.path)) }))
    .filter(({ rows: here }) => here.length > 0);
}

/** The rows by one of their fields, in the order in which it comes. */
export function groupedBy<R, K extends string | number>(rows: readonly R[], key: (row: R) => K): [K, R[]][] {
  const groups = new Map<K, R[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups];
}
