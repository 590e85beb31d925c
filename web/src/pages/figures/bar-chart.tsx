import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FigureGroup } from '../../contract/figures.ts';
import { said } from '../../texts/i18n.ts';
import { type Bars, barsOf } from './bars.ts';
import { axisLooks, frame, onPage, type Scale } from './looks.ts';
import { inWords } from './number-words.ts';

const Chart = lazy(() => import('./chart.tsx'));

interface Props {
  readonly group: FigureGroup;
  readonly scale?: Scale;
}

/** A table as bars, each of which leads to its list; nothing where bars would say nothing. */
export function BarChart({ group, scale = onPage }: Props) {
  const { t } = useTranslation();
  const go = useNavigate();
  const drawn = useMemo(() => {
    const bars = barsOf(group);
    return bars && { option: optionOf(bars, scale, (key) => t(`figures.rest.${key}`)), count: bars.bars.length };
  }, [group, scale, t]);
  if (drawn === null) return null;
  const height = drawn.count * scale.text * 2.2 + scale.text * 5;
  return (
    <figure className="chart">
      <Suspense fallback={<div style={{ height }} />}>
        <Chart option={drawn.option} label={said(group.title)} height={height} onOpen={go} />
      </Suspense>
    </figure>
  );
}

function optionOf({ parts, bars }: Bars, scale: Scale, restOf: (key: string) => string) {
  const looks = axisLooks(scale);
  const isOnly = parts.length === 1;
  const label = { show: true, position: 'right', color: scale.ink, fontSize: scale.text };
  const category = { ...looks, type: 'category', inverse: true, data: bars.map(({ title }) => shortened(said(title))) };
  return {
    ...frame(scale),
    ...(isOnly && { legend: { show: false }, grid: { ...frame(scale).grid, top: 0 } }),
    xAxis: { ...looks, type: 'value', minInterval: 1 },
    yAxis: { ...category, axisLabel: { ...looks.axisLabel, interval: 0 } },
    series: parts.map(({ key, title, isRest, isBad }, index) => ({
      name: isRest ? restOf(key) : said(title),
      type: 'bar',
      stack: 'all',
      barMaxWidth: scale.text * 1.3,
      color: isBad ? scale.bad : scale.main,
      data: bars.map((bar) => bar.parts[index]),
      // At the end of the bar, of all its parts.
      ...(scale.showsValues && index === parts.length - 1 && { label: { ...label, formatter: valuesIn(bars) } }),
    })),
  };
}

/** The whole and, where there is any, the last part of it in brackets. */
const valuesIn =
  (bars: Bars['bars']) =>
  ({ dataIndex }: { readonly dataIndex: number }): string => {
    const values = bars[dataIndex]?.parts.map(({ value }) => value) ?? [];
    const [whole, part] = [values.reduce((sum, value) => sum + value, 0), values[1] ?? 0];
    return part === 0 ? inWords('cases', whole) : `${inWords('cases', whole)} (${inWords('cases', part)})`;
  };

/** In letters, of which a Chinese one is as wide as two others. */
const MOST_WIDTH = 26;

function shortened(title: string): string {
  let width = 0;
  const letters = [...title];
  const end = letters.findIndex((letter) => {
    width += letter > '\u2e7f' ? 2 : 1;
    return width > MOST_WIDTH;
  });
  return end < 0 ? title : `${letters.slice(0, end).join('')}…`;
}
