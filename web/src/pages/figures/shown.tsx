import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { FigureGroup } from '../../contract/figures.ts';
import { Loading, Refused } from '../../parts/states.tsx';
import { useMinute } from '../../time/clock.tsx';
import { ago } from '../../time/due.tsx';
import { dayOf, lastDayOf } from '../../time/instants.ts';
import { queryOf } from './asked.ts';
import { Coverage } from './coverage.tsx';
import type { View } from './dashboards.ts';
import { FigureTable } from './figure-table.tsx';
import { Funds } from './funds.tsx';
import { Overview } from './overview.tsx';
import { ScopePickers } from './scope-pickers.tsx';
import { Trend } from './trend.tsx';
import { useCoverage, useFigures, useFunds } from './use-figures.ts';

/** One view, with the pickers of what it is about. */
export function Shown({ view }: { readonly view: View }) {
  if (view === 'coverage') return <ShownCoverage />;
  return view === 'funds' ? <ShownFunds /> : <ShownFigures view={view} />;
}

function ShownFigures({ view }: { readonly view: Exclude<View, 'coverage' | 'funds'> }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const figures = useFigures(view, queryOf(view, params, dayOf(new Date())));
  return (
    <>
      <ScopePickers view={view} answered={figures.data?.unit ?? null} />
      <Read reading={figures}>
        {({ groups, from, to }) => (
          <>
            {from !== null && to !== null && view !== 'trend' && (
              <p className="quiet covers">{t('figures.covers', { months: inMonths(from, to) })}</p>
            )}
            {drawn(view, groups)}
          </>
        )}
      </Read>
    </>
  );
}

/** Whole months, the end not included: `2026-09 – 2026-11`. */
function inMonths(from: string, to: string): string {
  const [first, last] = [dayOf(new Date(from)), lastDayOf(to)].map((day) => day.slice(0, 7));
  return first === last ? `${first}` : `${first} – ${last}`;
}

function drawn(view: View, groups: readonly FigureGroup[]): ReactNode {
  if (view === 'overview') return <Overview groups={groups} />;
  if (view === 'trend') return <Trend groups={groups} />;
  return groups.map((group) => <FigureTable key={group.by} group={group} />);
}

function ShownCoverage() {
  const [params] = useSearchParams();
  const coverage = useCoverage(queryOf('coverage', params, dayOf(new Date())));
  return (
    <>
      <ScopePickers view="coverage" answered={coverage.data?.unit ?? null} />
      <Read reading={coverage}>{({ items }) => <Coverage items={items} />}</Read>
    </>
  );
}

const ShownFunds = () => <Read reading={useFunds()}>{({ items }) => <Funds items={items} />}</Read>;

interface ReadProps<T> {
  readonly reading: {
    readonly data: T | undefined;
    readonly error: unknown;
    readonly dataUpdatedAt: number;
    readonly refetch: () => unknown;
  };
  readonly children: (data: T) => ReactNode;
}

/** While it is read, when it could not be, and how old it is. */
function Read<T>({ reading: { data, error, dataUpdatedAt, refetch }, children }: ReadProps<T>) {
  const { t } = useTranslation();
  const now = useMinute();
  if (data === undefined) return error ? <Refused error={error} retry={refetch} /> : <Loading rows={8} />;
  const readAt = new Date(dataUpdatedAt).toISOString();
  return (
    <>
      {error !== null && (
        <p className="banner" role="status">
          {t('figures.stale')}
        </p>
      )}
      {children(data)}
      <p className="quiet">{t('figures.asOf', { at: ago(t, readAt, Math.max(now, dataUpdatedAt)) })}</p>
    </>
  );
}
