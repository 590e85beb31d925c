import type { FigureColumn } from '../../contract/figures.ts';
import { i18n } from '../../texts/i18n.ts';

/** A number as its column counts it; a dash where there is nothing to reckon with. */
export function inWords(of: FigureColumn['of'], value: number | null): string {
  if (value === null) return '—';
  const digits = of === 'hours' || of === 'score' ? 1 : 0;
  const text = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value);
  return of === 'percent' ? `${text} %` : text;
}
