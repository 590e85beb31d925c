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

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** First and last month of the period, both included, as `2026-11`; null where none is asked for. */
export function monthsIn(params: URLSearchParams): { readonly from: string; readonly to: string } | null {
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
  return MONTH.test(from) && MONTH.test(to) && from <= to ? { from, to } : null;
}

/** The query of `GET /figures/…`. */
export function queryOf(view: View, params: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of hasProcess(view) ? ['unit', 'process'] : ['unit']) {
    const value = params.get(name);
    if (value) query.set(name, value);
  }
  const months = hasPeriod(view) ? monthsIn(params) : null;
  if (months) {
    query.set('from', startOf(months.from));
    query.set('to', startOf(monthLater(months.to, 1)));
  }
  return query;
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

/** A month begins at midnight of the bureau's zone. */
export const startOf = (month: string): string => `${month}-01T00:00:00+08:00`;
