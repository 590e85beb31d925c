/* The filters that stand in the address of a list, in words. */

/** What `GET /cases` takes besides paging. */
export const caseFilters = [
  'process',
  'confidentiality',
  'state',
  'stage',
  'unit',
  'handler',
  'subject',
  'overdue',
  'level',
  'dueBefore',
  'due',
  'openedFrom',
  'openedTo',
  'closedFrom',
  'closedTo',
  'outcome',
  'reopened',
  'label',
  'labelledFrom',
  'labelledTo',
  'restriction',
  'restrictedUntil',
  'q',
] as const;

/** What `GET /tasks` takes besides paging. */
export const taskFilters = [
  'unit',
  'state',
  'due',
  'process',
  'confidentiality',
  'assignee',
  'key',
  'late',
  'closedFrom',
  'closedTo',
] as const;

/** What the lists of a round take: which of them, where, and how far. */
export const itemFilters = ['list', 'unit', 'itemState'] as const;

export type FilterName = (typeof caseFilters)[number] | (typeof taskFilters)[number] | (typeof itemFilters)[number];

/** Two ends of one period are one filter to whoever reads them. */
const periods = {
  openedFrom: 'opened',
  openedTo: 'opened',
  closedFrom: 'closed',
  closedTo: 'closed',
  labelledFrom: 'labelled',
  labelledTo: 'labelled',
} as const satisfies Partial<Record<FilterName, string>>;
type Period = (typeof periods)[keyof typeof periods];

/** A filter to be shown: either a value, or a period of which an end may be missing. */
export type Filter =
  | { readonly kind: 'value'; readonly name: FilterName; readonly value: string; readonly removes: readonly FilterName[] }
  | {
      readonly kind: 'period';
      readonly name: Period;
      readonly from: string | null;
      readonly to: string | null;
      readonly removes: readonly FilterName[];
    };

/** The filters of an address that a list knows, those of a period as one. */
export function filtersIn(params: URLSearchParams, known: readonly FilterName[]): readonly Filter[] {
  const set = known.filter((name) => (params.get(name) ?? '') !== '');
  const values = set.filter((name) => !isEnd(name)).map((name) => oneOf(name, params.get(name) ?? ''));
  const named = [...new Set(set.filter(isEnd).map((name) => periods[name]))];
  return [...values, ...named.map((name) => periodOf(name, params))];
}

/** What of an address is a query of the list. */
export function queryOf(params: URLSearchParams, known: readonly FilterName[]): URLSearchParams {
  const kept = [...params].filter(([name, value]) => value !== '' && (name === 'sort' || known.some((each) => each === name)));
  return new URLSearchParams(kept);
}

export function withoutFilter(params: URLSearchParams, { removes }: Pick<Filter, 'removes'>): URLSearchParams {
  const after = new URLSearchParams(params);
  for (const name of removes) after.delete(name);
  return after;
}

const isEnd = (name: FilterName): name is keyof typeof periods => name in periods;

const oneOf = (name: FilterName, value: string): Filter => ({ kind: 'value', name, value, removes: [name] });

function periodOf(name: Period, params: URLSearchParams): Filter {
  const [from, to] = [`${name}From`, `${name}To`] as const;
  return { kind: 'period', name, from: params.get(from), to: params.get(to), removes: [from, to] };
}
