import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMe } from '../../app/session.tsx';
import { ProblemError } from '../../contract/problem.ts';
import { useLiveChanges } from '../../live/stream.ts';
import { Loading, Refused } from '../../parts/states.tsx';
import { useMinute } from '../../time/clock.tsx';
import { clock, date, dayOf } from '../../time/instants.ts';
import { UnitName } from '../../values/names.tsx';
import { queryOf, withValue } from '../figures/asked.ts';
import { viewsOf } from '../figures/dashboards.ts';
import '../figures/figures.css';
import { onWall } from '../figures/looks.ts';
import { REFRESH_MS, useCoverage, useFigures } from '../figures/use-figures.ts';
import { CoveredLists, Drawn, type Slide, slidesOf } from './slides.tsx';
import { type Rotation, useRotation } from './use-rotation.ts';
import './wall.css';

/** 大屏: the figures one after the other, for a screen that everybody passes. */
export function WallPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const slides = slidesOf(viewsOf(useMe().roles.map(({ role }) => role)));
  const rotation = useRotation(Math.max(1, slides.length));
  const slide = slides[rotation.at];
  useTruth();
  if (slide === undefined) return <Refused error={new ProblemError({ slug: 'forbidden', status: 403, detail: t('figures.forbidden') })} />;
  const unit = params.get('unit');
  return (
    <main className={rotation.isPointed ? 'wall' : 'wall at-rest'}>
      <header className="wall-top">
        <h1>
          {t('app.name')} · {t(`figures.views.${slide.view}`)}
        </h1>
        <p>
          {unit !== null && <UnitName id={unit} />} <Now />
        </p>
      </header>
      <Shown key={rotation.at} slide={slide} params={params} />
      <Controls rotation={rotation} count={slides.length} />
    </main>
  );
}

/** Where the line to the service breaks, asks again at once: the answer, or that there is none, is what the wall then says. */
function useTruth(): void {
  const queries = useQueryClient();
  const isUp = useLiveChanges();
  useEffect(() => {
    if (!isUp) void queries.invalidateQueries({ queryKey: ['figures'] });
  }, [isUp, queries]);
}

function Now() {
  const now = new Date(useMinute()).toISOString();
  return (
    <time dateTime={now}>
      {date(now)} {clock(now)}
    </time>
  );
}

interface ShownProps {
  readonly slide: Slide;
  readonly params: URLSearchParams;
}

const Shown = ({ slide, params }: ShownProps) =>
  slide.view === 'coverage' ? <ShownCoverage params={params} /> : <ShownFigures slide={{ ...slide, view: slide.view }} params={params} />;

function ShownFigures({ slide: { view, by }, params }: ShownProps) {
  const asked = view === 'trend' ? withValue(params, 'grain', by[0] ?? 'month') : params;
  const figures = useFigures(view, queryOf(view, asked, dayOf(new Date())));
  const width = useSyncExternalStore(onResize, () => window.innerWidth);
  const scale = useMemo(() => onWall(width), [width]);
  return (
    <div className="wall-slide">
      <Freshness reading={figures} />
      {figures.data && <Drawn groups={figures.data.groups} by={by} scale={scale} />}
    </div>
  );
}

function ShownCoverage({ params }: Pick<ShownProps, 'params'>) {
  const coverage = useCoverage(queryOf('coverage', params, dayOf(new Date())));
  return (
    <div className="wall-slide">
      <Freshness reading={coverage} />
      {coverage.data && <CoveredLists items={coverage.data.items} />}
    </div>
  );
}

function onResize(tell: () => void): () => void {
  window.addEventListener('resize', tell);
  return () => window.removeEventListener('resize', tell);
}

interface Reading {
  readonly data: unknown;
  readonly error: unknown;
  readonly failureCount: number;
  readonly fetchStatus: string;
  readonly dataUpdatedAt: number;
  readonly refetch: () => unknown;
}

/** When the numbers were read; loudly, where they could not be read since. */
function Freshness({ reading: { data, error, failureCount, fetchStatus, dataUpdatedAt, refetch } }: { readonly reading: Reading }) {
  const { t } = useTranslation();
  const isOld = useMinute() - dataUpdatedAt > 2 * REFRESH_MS;
  if (data === undefined) return error ? <Refused error={error} retry={refetch} /> : <Loading rows={8} />;
  const at = clock(new Date(dataUpdatedAt).toISOString());
  return failureCount > 0 || fetchStatus === 'paused' || isOld ? (
    <p role="alert" className="wall-away">
      {t('wall.away', { at })}
    </p>
  ) : (
    <p className="wall-fresh">{t('wall.readAt', { at })}</p>
  );
}

function Controls({ rotation: { at, isPaused, move, toggle }, count }: { readonly rotation: Rotation; readonly count: number }) {
  const { t } = useTranslation();
  return (
    <footer className="wall-controls">
      <button type="button" onClick={() => move(-1)} aria-label={t('wall.previous')}>
        ←
      </button>
      <button type="button" onClick={toggle}>
        {isPaused ? t('wall.go') : t('wall.pause')}
      </button>
      <button type="button" onClick={() => move(1)} aria-label={t('wall.next')}>
        →
      </button>
      <span>
        {at + 1} / {count}
      </span>
      <span className="wide-only">{t('wall.keys')}</span>
      <button type="button" className="wide-only" onClick={() => void document.documentElement.requestFullscreen()}>
        {t('wall.fullScreen')}
      </button>
      <Link to="/figures">{t('wall.leave')}</Link>
    </footer>
  );
}
