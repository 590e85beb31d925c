import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { FigureGroup } from '../../contract/figures.ts';
import { type Grain, grainIn, grains, withValue } from './asked.ts';
import { type Compared, growth, halves, pageOver, sumOf } from './compared.ts';
import { FigureTable } from './figure-table.tsx';
import { inWords } from './number-words.ts';
import { TrendChart } from './trend-chart.tsx';

/** 趋势: what came and went, beside the period before. */
export function Trend({ groups }: { readonly groups: readonly FigureGroup[] }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const grain = grainIn(params);
  const group = groups.find(({ by }) => by === grain);
  const compared = useMemo(() => halves(group?.rows ?? []), [group]);
  if (group === undefined) return null;
  const choose = (value: Grain) => setParams((before) => withValue(before, 'grain', value));
  return (
    <>
      <div className="filters">
        <Segmented
          aria-label={t('figures.grain')}
          value={grain}
          onChange={choose}
          options={grains.map((value) => ({ value, label: t(`figures.grains.${value}`) }))}
        />
      </div>
      <Comparison compared={compared} grain={grain} />
      <section className="panel padded">
        <TrendChart grain={grain} compared={compared} />
      </section>
      <FigureTable group={{ ...group, rows: compared.now.toReversed() }} />
    </>
  );
}

function Comparison({ compared: { now, before }, grain }: { readonly compared: Compared; readonly grain: Grain }) {
  const { t } = useTranslation();
  return (
    <ul className="key-numbers">
      {(['opened', 'closed'] as const).map((key) => {
        const [count, earlier] = [sumOf(now, key), sumOf(before, key)];
        const change = growth(count, earlier);
        const [page, pageBefore] = [pageOver(now, key), pageOver(before, key)];
        return (
          <li key={key} className="key-number">
            <span>{t(`figures.${key}`)}</span>
            <strong>{page === null ? inWords('cases', count) : <Link to={page}>{inWords('cases', count)}</Link>}</strong>
            <span>
              {t(`figures.before.${grain}`, { count: now.length })}{' '}
              {pageBefore === null ? earlier : <Link to={pageBefore}>{inWords('cases', earlier)}</Link>}
              {change !== null && t('figures.change', { change: change > 0 ? `+${change}` : String(change) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
