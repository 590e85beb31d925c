import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureGroup } from '../../contract/figures.ts';
import { said } from '../../texts/i18n.ts';
import type { Compared } from './compared.ts';
import { axisLooks, frame, onPage, type Scale } from './looks.ts';

const Chart = lazy(() => import('./chart.tsx'));

interface ChartProps {
  readonly group: FigureGroup;
  readonly compared: Compared;
  readonly scale?: Scale;
  /** Pixels. */
  readonly height?: number;
}

/** What came and went as bars, what is left as a line; the period before is dashed. */
export function TrendChart({ group, compared, scale = onPage, height = 320 }: ChartProps) {
  const { t } = useTranslation();
  const option = useMemo(
    () => optionOf({ grain: group.by, compared, scale, word: (key) => t(`figures.${key}`) }),
    [group.by, compared, scale, t],
  );
  return (
    <figure className="chart">
      <Suspense fallback={<div style={{ height }} />}>
        <Chart option={option} label={said(group.title)} height={height} />
      </Suspense>
    </figure>
  );
}

interface Drawing {
  readonly grain: string;
  readonly compared: Compared;
  readonly scale: Scale;
  word(key: string): string;
}

function optionOf({ grain, compared: { now, before }, scale, word }: Drawing) {
  const looks = axisLooks(scale);
  const values = (rows: Compared['now'], key: string) => rows.map(({ numbers }) => numbers[key]?.value ?? 0);
  const bar = (key: 'opened' | 'closed', color: string) => ({
    name: word(key),
    type: 'bar',
    color,
    barMaxWidth: scale.text * 1.7,
    data: values(now, key),
  });
  const line = (name: string, data: readonly number[], color: string, type: 'solid' | 'dashed') => ({
    ...{ name, data, color, type: 'line', symbolSize: 6 },
    lineStyle: { type, width: 2 },
  });
  return {
    ...frame(scale),
    // On a phone the legend has two lines.
    media: [{ query: { maxWidth: 480 }, option: { grid: { top: scale.text * 5 } } }],
    xAxis: { ...looks, type: 'category', data: now.map(({ key }) => (grain === 'month' ? key.slice(0, 7) : key.slice(5))) },
    yAxis: { ...looks, type: 'value', minInterval: 1, axisLine: { show: false } },
    series: [
      bar('opened', scale.main),
      bar('closed', scale.second),
      line(word('openAtEnd'), values(now, 'open'), scale.line, 'solid'),
      line(word('openedBefore'), values(before, 'opened'), scale.before, 'dashed'),
    ],
  };
}
