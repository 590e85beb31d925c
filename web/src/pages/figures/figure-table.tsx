import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureGroup, FigureRow } from '../../contract/figures.ts';
import { Nothing } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { BarChart } from './bar-chart.tsx';
import { Figure } from './figure.tsx';

/** So many rows are seen at once; the others are a click away. */
const FIRST_ROWS = 15;

/** One table of a figure, drawn where that says something; each number leads to what it counted. */
export function FigureTable({ group }: { readonly group: FigureGroup }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const id = useId();
  const { title, rows } = group;
  return (
    <section className="panel figure-table" aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{said(title)}</h2>
      </div>
      {rows.length === 0 ? (
        <Nothing>{t('figures.nothing')}</Nothing>
      ) : (
        <div className="figure-body">
          <BarChart group={group} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too */}
          <section className="scrolls" aria-labelledby={id} tabIndex={0}>
            <Table group={group} most={isWhole ? rows.length : FIRST_ROWS} />
          </section>
        </div>
      )}
      {rows.length > FIRST_ROWS && !isWhole && (
        <Button block type="text" onClick={() => setWhole(true)}>
          {t('figures.allRows', { count: rows.length })}
        </Button>
      )}
    </section>
  );
}

/** In the order that the rows have, or by the column that was chosen. */
function Table({ group: { columns, rows }, most }: { readonly group: FigureGroup; readonly most: number }) {
  const [sort, setSort] = useState<string | null>(null);
  return (
    <table>
      <thead>
        <tr>
          <td />
          {columns.map(({ key, title }) => (
            <th key={key} scope="col" aria-sort={key === sort ? 'descending' : undefined}>
              <button type="button" className="plain" onClick={() => setSort(key === sort ? null : key)}>
                {said(title)} {key === sort && <span aria-hidden="true">↓</span>}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted(rows, sort)
          .slice(0, most)
          .map((row) => (
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
  );
}

const sorted = (rows: readonly FigureRow[], key: string | null): readonly FigureRow[] =>
  key === null ? rows : rows.toSorted((one, other) => (other.numbers[key]?.value ?? -1) - (one.numbers[key]?.value ?? -1));
