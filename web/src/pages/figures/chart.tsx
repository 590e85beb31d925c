import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Props {
  readonly option: EChartsCoreOption;
  /** What it shows; its numbers stand in a table beside it. */
  readonly label: string;
  /** Pixels. */
  readonly height: number;
  readonly onOpen?: ((page: string) => void) | undefined;
}

/** A drawing of numbers that stand in a table as well. */
export default function Chart({ option, label, height, onOpen }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current === null) return;
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption(option);
    chart.on('click', ({ data }) => {
      if (isLinked(data)) onOpen?.(data.page);
    });
    const sizes = new ResizeObserver(() => chart.resize());
    sizes.observe(box.current);
    return () => {
      sizes.disconnect();
      chart.dispose();
    };
  }, [option, onOpen]);
  return <div ref={box} role="img" aria-label={label} style={{ height }} />;
}

const isLinked = (data: unknown): data is { readonly page: string } =>
  typeof data === 'object' && data !== null && 'page' in data && typeof data.page === 'string';
