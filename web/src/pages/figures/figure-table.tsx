import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pageBehind } from '../../contract/behind.ts';
import type { FigureColumn, FigureGroup, FigureNumber } from '../../contract/figures.ts';
import { said } from '../../texts/i18n.ts';
import { inWords } from './number-words.ts';

/** So many rows are seen at once; the others are a click away. */
const FIRST_ROWS = 15;

/** One table of a figure; each number leads to what it counted. */
export function FigureTable({ group: { title, columns, rows } }: { readonly group: FigureGroup }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const id = useId();
  return (
    <section className="panel figure-table" aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{said(title)}</h2>
      </div>
      {rows.length === 0 ? (
        <p className="nothing">{t('figures.nothing')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
        <section className="scrolls" aria-labelledby={id} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <td />
                {columns.map((column) => (
                  <th key={column.key} scope="col">
                    {said(column.title)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, isWhole ? undefined : FIRST_ROWS).map((row) => (
                <tr key={row.key}>
                  <th scope="row">{said(row.title)}</th>
                  {columns.map((column) => (
                    <td key={column.key}>
                      <Figure column={column} number={row.numbers[column.key]} of={said(row.title)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {rows.length > FIRST_ROWS && !isWhole && (
        <Button block type="text" onClick={() => setWhole(true)}>
          {t('figures.allRows', { count: rows.length })}
        </Button>
      )}
    </section>
  );
}

interface FigureProps {
  readonly column: FigureColumn;
  readonly number: FigureNumber | undefined;
  /** What the number is about, for whoever hears links one by one. */
  readonly of: string;
}

export function Figure({ column, number, of }: FigureProps) {
  const { value, link } = number ?? { value: null, link: null };
  const text = inWords(column.of, value);
  if (value === null || link === null) return <span>{text}</span>;
  return (
    <Link to={pageBehind(link)} aria-label={`${of} ${said(column.title)} ${text}`}>
      {text}
    </Link>
  );
}
