import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { pageBehind } from '../../contract/behind.ts';
import type { FigureRow } from '../../contract/figures.ts';
import type { Compared } from './compared.ts';
import { axisLooks, frame, onPage, type Scale } from './looks.ts';

const Chart = lazy(() => import('./chart.tsx'));

interface ChartProps {
  readonly grain: string;
  readonly compared: Compared;
  readonly scale?: Scale;
  /** Pixels. */
  readonly height?: number;
}

/** What came and went, beside what came in the period before; and what was left of it, which is many times as much. */
export function TrendChart({ grain, compared, scale = onPage, height = 320 }: ChartProps) {
  const { t } = useTranslation();
  const go = useNavigate();
  const [flow, left] = useMemo(() => {
    const drawing = { grain, compared, scale, word: (key: string) => t(`figures.${key}`) };
    return [flowOf(drawing), leftOf(drawing)];
  }, [grain, compared, scale, t]);
  return (
    <div className="trend">
      <Suspense fallback={<div style={{ height }} />}>
        <Chart option={flow} label={t('figures.flow')} height={height} onOpen={go} />
        <Chart option={left} label={t('figures.openAtEnd')} height={height} />
      </Suspense>
    </div>
  );
}

interface Drawing {
  readonly grain: string;
  readonly compared: Compared;
  readonly scale: Scale;
  word(key: string): string;
}

function flowOf(drawing: Drawing) {
  const { compared, scale, word } = drawing;
  const bar = (key: 'opened' | 'closed', color: string) => ({
    ...{ name: word(key), type: 'bar', color, barMaxWidth: scale.text * 1.7 },
    data: compared.now.map(({ numbers }) => ({
      value: numbers[key]?.value ?? 0,
      page: numbers[key]?.link ? pageBehind(numbers[key].link) : null,
    })),
  });
  const before = { ...line(scale.before, valuesOf(compared.before, 'opened')), name: word('openedBefore') };
  return {
    ...base(drawing),
    // On a phone the legend has two lines.
    media: [{ query: { maxWidth: 420 }, option: { grid: { top: scale.text * 5 } } }],
    series: [bar('opened', scale.main), bar('closed', scale.second), { ...before, lineStyle: { type: 'dashed', width: 2 } }],
  };
}

const leftOf = (drawing: Drawing) => ({
  ...base(drawing),
  series: [{ ...line(drawing.scale.line, valuesOf(drawing.compared.now, 'open')), name: drawing.word('openAtEnd') }],
});

function base({ grain, compared: { now }, scale }: Drawing) {
  const looks = axisLooks(scale);
  return {
    ...frame(scale),
    xAxis: { ...looks, type: 'category', data: now.map(({ key }) => (grain === 'month' ? key.slice(0, 7) : key.slice(5))) },
    yAxis: { ...looks, type: 'value', minInterval: 1, axisLine: { show: false } },
  };
}

const line = (color: string, data: readonly number[]) => ({ color, data, type: 'line', symbolSize: 6, lineStyle: { width: 2 } });

const valuesOf = (rows: readonly FigureRow[], key: string) => rows.map(({ numbers }) => numbers[key]?.value ?? 0);
