import { type View, views } from './dashboards.ts';

/* What is asked for stands in the address, so that it can be kept and sent on. */

/** Views about a period; the others are about now. */
const ofPeriod: readonly View[] = ['supervision', 'appeals', 'timeliness', 'trend'];

/** Views whose processes are given. */
const ofGivenProcesses: readonly View[] = ['supervision', 'appeals', 'coverage', 'funds'];

export const hasProcess = (view: View): boolean => !ofGivenProcesses.includes(view);
export const hasPeriod = (view: View): boolean => ofPeriod.includes(view);

/** The view of the address, if it is one of these; otherwise their first. */
export const viewIn = (params: URLSearchParams, theirs: readonly View[]): View =>
  theirs.find((view) => view === params.get('view')) ?? theirs[0] ?? views[0];

/** The same about another view. */
export const withView = (params: URLSearchParams, view: View): URLSearchParams => withValue(params, 'view', view);

export const withValue = (params: URLSearchParams, name: string, value: string): URLSearchParams =>
  new URLSearchParams([...params].filter(([each]) => each !== name).concat([[name, value]]));

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** First and last month of the period, both included, as `2026-11`; null where none is asked for. */
export function monthsIn(params: URLSearchParams): { readonly from: string; readonly to: string } | null {
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
  return MONTH.test(from) && MONTH.test(to) && from <= to ? { from, to } : null;
}

export const grains = ['month', 'week'] as const;
export type Grain = (typeof grains)[number];

export const grainIn = (params: URLSearchParams): Grain => (params.get('grain') === 'week' ? 'week' : 'month');

/**
 * The query of `GET /figures/…`. A trend is asked for twice as long as it is shown, so that it can be compared with the period before.
 * @param today the bureau's day
 */
export function queryOf(view: View, params: URLSearchParams, today: string): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of hasProcess(view) ? ['unit', 'process'] : ['unit']) {
    const value = params.get(name);
    if (value) query.set(name, value);
  }
  const months = hasPeriod(view) ? monthsIn(params) : null;
  const from = months && (view === 'trend' ? monthLater(months.from, -monthsFrom(months.from, months.to)) : months.from);
  if (months && from) {
    query.set('from', startOf(from));
    query.set('to', startOf(monthLater(months.to, 1)));
  } else if (view === 'trend') query.set('from', usualStart(grainIn(params), today));
  return query;
}

/** Twelve weeks or months, and the twelve before. */
function usualStart(grain: Grain, today: string): string {
  const month = today.slice(0, 7);
  if (grain === 'month') return startOf(monthLater(month, -23));
  const day = new Date(`${today}T00:00Z`);
  day.setUTCDate(day.getUTCDate() - 23 * 7);
  return startOfDay(day.toISOString().slice(0, 10));
}

/** `2026-11` and a number of months, which may be negative. */
export function monthLater(month: string, by: number): string {
  const day = new Date(`${month}-01T00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + by);
  return day.toISOString().slice(0, 7);
}

/** How many months from one to the other, both included. */
export const monthsFrom = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1;

const startOf = (month: string): string => startOfDay(`${month}-01`);

/** A day begins at midnight of the bureau's zone. */
const startOfDay = (day: string): string => `${day}T00:00:00+08:00`;
