/* How charts look: few colours, which differ in lightness as well, and no lines that say nothing. */

export const colours = { main: '#2c62b8', second: '#7fb8a4', bad: '#c2410c', line: '#1d2433', before: '#8b93a7' } as const;

const font = '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Segoe UI", sans-serif';

/** Pixels of type. */
export interface Scale {
  readonly text: number;
  readonly ink: string;
  readonly rule: string;
}

export const onPage: Scale = { text: 13, ink: '#52586a', rule: '#e3e6ee' };

/** What every chart has. A tooltip of HTML would bring inline styles, which the content security policy refuses. */
export const frame = ({ text, ink }: Scale) => ({
  animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  textStyle: { fontFamily: font, fontSize: text, color: ink },
  tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, textStyle: { fontSize: text } },
  legend: { top: 0, left: 0, itemGap: 18, itemWidth: 14, itemHeight: 10, textStyle: { fontSize: text, color: ink } },
  grid: { top: text * 2.8, left: 0, right: 12, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
});

export const axisLooks = ({ text, ink, rule }: Scale) => ({
  axisLabel: { fontSize: text, color: ink, hideOverlap: true },
  axisTick: { show: false },
  axisLine: { lineStyle: { color: rule } },
  splitLine: { lineStyle: { color: rule } },
});
