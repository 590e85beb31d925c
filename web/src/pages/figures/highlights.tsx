import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMe } from '../../app/session.tsx';
import type { FigureGroup } from '../../contract/figures.ts';
import { said } from '../../texts/i18n.ts';
import { dayOf } from '../../time/instants.ts';
import { queryOf, withView } from './asked.ts';
import { sumOf } from './compared.ts';
import { type View, viewsOf } from './dashboards.ts';
import { inWords } from './number-words.ts';
import { useCoverage, useFigures } from './use-figures.ts';

/** Beside what is open: of each other view that concerns the reader the one number that says most. */
export function Highlights() {
  const theirs = viewsOf(useMe().roles.map(({ role }) => role));
  return (
    <ul className="key-numbers">
      {theirs.includes('supervision') && <Directives />}
      {theirs.includes('appeals') && <Satisfied />}
      {theirs.includes('coverage') && <Covered />}
      {theirs.includes('bars') && <InForce />}
    </ul>
  );
}

function Directives() {
  const { t } = useTranslation();
  const rows = useGroups('supervision')?.find(({ by }) => by === 'tier')?.rows ?? [];
  const [done, late] = [sumOf(rows, 'done'), sumOf(rows, 'late')];
  return (
    <Highlight view="supervision" title={t('figures.inTime')} value={inWords('percent', share(done - late, done))}>
      {t('figures.doneAndLate', { done, late })}
    </Highlight>
  );
}

function Satisfied() {
  const { t } = useTranslation();
  const rows = useGroups('appeals')?.find(({ by }) => by === 'answer')?.rows ?? [];
  const [satisfied, answers] = [
    sumOf(
      rows.filter(({ key }) => key === 'satisfied'),
      'cases',
    ),
    sumOf(rows, 'cases'),
  ];
  return (
    <Highlight view="appeals" title={t('figures.satisfied')} value={inWords('percent', share(satisfied, answers))}>
      {t('figures.answers', { count: answers })}
    </Highlight>
  );
}

/** The list that is furthest from whole. */
function Covered() {
  const { t } = useTranslation();
  const items = useCoverage(useQueryOf('coverage')).data?.items ?? [];
  const least = items.toSorted((one, other) => (one.rate ?? 101) - (other.rate ?? 101))[0];
  return (
    <Highlight view="coverage" title={t('figures.leastCovered')} value={inWords('percent', least?.rate ?? null)}>
      {least ? `${said(least.processTitle)} · ${said(least.title)}` : t('figures.nothing')}
    </Highlight>
  );
}

function InForce() {
  const { t } = useTranslation();
  const rows = useGroups('bars')?.find(({ by }) => by === 'kind')?.rows ?? [];
  return (
    <Highlight view="bars" title={t('figures.inForce')} value={inWords('cases', sumOf(rows, 'inForce'))}>
      {t('figures.ending', { count: sumOf(rows, 'ending') })}
    </Highlight>
  );
}

const useGroups = (view: 'supervision' | 'appeals' | 'bars'): readonly FigureGroup[] | undefined =>
  useFigures(view, useQueryOf(view)).data?.groups;

function useQueryOf(view: View): URLSearchParams {
  const [params] = useSearchParams();
  return queryOf(view, params, dayOf(new Date()));
}

/** Whole per cent, rounded down: what is not all is not 100. */
const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.floor((100 * part) / whole));

interface HighlightProps {
  readonly view: View;
  readonly title: string;
  readonly value: string;
  readonly children: ReactNode;
}

function Highlight({ view, title, value, children }: HighlightProps) {
  const [params] = useSearchParams();
  return (
    <li>
      <Link to={`?${withView(params, view)}`} className="key-number">
        <span>{title}</span>
        <span className="share">{value}</span>
        <span className="quiet">{children}</span>
      </Link>
    </li>
  );
}
