import { Link } from 'react-router';
import { pageBehind } from '../../contract/behind.ts';
import type { FigureColumn, FigureNumber } from '../../contract/figures.ts';
import { said } from '../../texts/i18n.ts';
import { inWords } from './number-words.ts';

interface Props {
  readonly column: FigureColumn;
  readonly number: FigureNumber | undefined;
  /** What the number is about, for whoever hears links one by one. */
  readonly of: string;
}

/** A number, which leads to the list that it counted. */
export function Figure({ column, number, of }: Props) {
  const { value, link } = number ?? { value: null, link: null };
  const text = inWords(column.of, value);
  if (value === null || link === null) return <span>{text}</span>;
  return (
    <Link to={pageBehind(link)} aria-label={`${of} ${said(column.title)} ${text}`}>
      {text}
    </Link>
  );
}
