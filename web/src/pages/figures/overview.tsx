import { Link } from 'react-router';
import { pageBehind } from '../../contract/behind.ts';
import type { FigureGroup } from '../../contract/figures.ts';
import { said } from '../../texts/i18n.ts';
import { FigureTable } from './figure-table.tsx';
import { Highlights } from './highlights.tsx';
import { inWords } from './number-words.ts';

/** 在办概览: the key numbers, then by what they differ. */
export function Overview({ groups }: { readonly groups: readonly FigureGroup[] }) {
  const total = groups.find(({ by }) => by === 'total');
  return (
    <>
      {total && <KeyNumbers group={total} />}
      <Highlights />
      {groups
        .filter((group) => group !== total)
        .map((group) => (
          <FigureTable key={group.by} group={group} />
        ))}
    </>
  );
}

/** The numbers of the only row, each as large as it matters. */
export function KeyNumbers({ group: { columns, rows } }: { readonly group: FigureGroup }) {
  const numbers = rows[0]?.numbers ?? {};
  return (
    <ul className="key-numbers">
      {columns.map(({ key, title, of }) => {
        const { value = null, link = null } = numbers[key] ?? {};
        const isLate = key === 'overdue' && (value ?? 0) > 0;
        return (
          <li key={key}>
            <Link to={link === null ? '#' : pageBehind(link)} className={isLate ? 'key-number late' : 'key-number'}>
              <span>{said(title)}</span>
              <strong>{inWords(of, value)}</strong>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
