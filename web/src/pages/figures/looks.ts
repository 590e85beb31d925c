/* How charts look: few colours, which differ in lightness as well, and no lines that say nothing. */

export interface Scale {
  /** Pixels of type. */
  readonly text: number;
  /** Whether the numbers stand at their bars: where no table is beside them. */
  readonly showsValues: boolean;
  readonly ink: string;
  readonly rule: string;
  readonly main: string;
  readonly second: string;
  readonly bad: string;
  readonly line: string;
  readonly before: string;
}

export const onPage: Scale = {
  ...{ text: 13, showsValues: false, ink: '#52586a', rule: '#e3e6ee' },
  ...{ main: '#2c62b8', second: '#7fb8a4', bad: '#c2410c', line: '#1d2433', before: '#8b93a7' },
};

/** Bright on dark, to be read from across a hall. @param width pixels of the screen */
export const onWall = (width: number): Scale => ({
  ...{ text: Math.max(15, Math.round(width / 72)), showsValues: true, ink: '#dbe4f5', rule: '#31456d' },
  ...{ main: '#6ea1f2', second: '#9fd8c3', bad: '#ff9a76', line: '#ffffff', before: '#aab7d1' },
});

/** What every chart has. A tooltip of HTML would bring inline styles, which the content security policy refuses. */
export const frame = ({ text, ink, showsValues }: Scale) => ({
  animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  textStyle: { fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font'), fontSize: text, color: ink },
  tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, textStyle: { fontSize: text } },
  legend: { top: 0, left: 0, itemGap: 18, itemWidth: text + 1, itemHeight: text - 3, textStyle: { fontSize: text, color: ink } },
  grid: {
    top: text * 2.8,
    left: 0,
    right: showsValues ? text * 6 : text,
    bottom: text / 3,
    outerBoundsMode: 'same',
    outerBoundsContain: 'axisLabel',
  },
});

export const axisLooks = ({ text, ink, rule }: Scale) => ({
  axisLabel: { fontSize: text, color: ink, hideOverlap: true },
  axisTick: { show: false },
  axisLine: { lineStyle: { color: rule } },
  splitLine: { lineStyle: { color: rule } },
});
