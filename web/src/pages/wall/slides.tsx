import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverageItem, FigureGroup } from '../../contract/figures.ts';
import { Nothing } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { BarChart } from '../figures/bar-chart.tsx';
import { halves } from '../figures/compared.ts';
import type { View } from '../figures/dashboards.ts';
import type { Scale } from '../figures/looks.ts';
import { inWords } from '../figures/number-words.ts';
import { KeyNumbers } from '../figures/overview.tsx';
import { RateBar } from '../figures/rate-bar.tsx';
import { TrendChart } from '../figures/trend-chart.tsx';

/** What is on the wall: nothing by which a person could be known. */
export interface Slide {
  readonly view: Exclude<View, 'coverage' | 'funds' | 'workload' | 'bars'> | 'coverage';
  /** Which tables of the figure; all lists of coverage. */
  readonly by: readonly string[];
}

const all: readonly Slide[] = [
  { view: 'overview', by: ['total'] },
  { view: 'overview', by: ['process'] },
  { view: 'overview', by: ['unit'] },
  { view: 'supervision', by: ['tier', 'unit'] },
  { view: 'trend', by: ['week'] },
  { view: 'trend', by: ['month'] },
  { view: 'appeals', by: ['route', 'outcome'] },
  { view: 'coverage', by: [] },
];

export const slidesOf = (views: readonly View[]): readonly Slide[] => all.filter(({ view }) => views.includes(view));

export function Drawn({
  groups,
  by,
  scale,
}: {
  readonly groups: readonly FigureGroup[];
  readonly by: readonly string[];
  readonly scale: Scale;
}) {
  const shown = groups.filter((group) => by.includes(group.by));
  return (
    <div className={shown.length > 1 ? 'wall-pair' : undefined}>
      {shown.map((group) => (
        <Group key={group.by} group={group} scale={scale} />
      ))}
    </div>
  );
}

function Group({ group, scale }: { readonly group: FigureGroup; readonly scale: Scale }): ReactNode {
  const { t } = useTranslation();
  const compared = useMemo(() => halves(group.rows), [group]);
  if (group.by === 'total') return <KeyNumbers group={group} />;
  if (group.rows.length === 0) return <Nothing>{t('figures.nothing')}</Nothing>;
  return (
    <section aria-label={said(group.title)}>
      <h2>{said(group.title)}</h2>
      {group.by === 'week' || group.by === 'month' ? (
        <TrendChart grain={group.by} compared={compared} scale={scale} height={Math.max(220, window.innerHeight * 0.5)} />
      ) : (
        <BarChart group={group} scale={scale} />
      )}
      <Spoken group={group} />
    </section>
  );
}

/** The numbers of a chart for whoever hears the wall. */
function Spoken({ group: { title, columns, rows } }: { readonly group: FigureGroup }) {
  return (
    <div className="spoken">
      <table>
        <caption>{said(title)}</caption>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{said(row.title)}</th>
              {columns.map(({ key, of, title: column }) => (
                <td key={key}>
                  {said(column)} {inWords(of, row.numbers[key]?.value ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How far each list is covered, and nobody's name. */
export function CoveredLists({ items }: { readonly items: readonly CoverageItem[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return <Nothing>{t('figures.nothing')}</Nothing>;
  return (
    <ul className="wall-lists">
      {items.map(({ process, case: round, key, processTitle, title, rate, covered, toCover, goal }) => (
        <li key={`${process} ${round} ${key}`}>
          <span>
            {said(processTitle)} · {said(title)}
          </span>
          <RateBar rate={rate} />
          <span className="share">{inWords('percent', rate)}</span>
          <span className="quiet">{t('figures.covered', { covered, toCover, goal })}</span>
        </li>
      ))}
    </ul>
  );
}
