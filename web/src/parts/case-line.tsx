import { Link } from 'react-router';
import type { CaseRow } from '../contract/types.ts';
import { said } from '../texts/i18n.ts';
import { Due } from '../time/due.tsx';
import { Level } from './task-row.tsx';

/** One case in a list: what it is, where it stands, until when. */
export function CaseLine({ row }: { readonly row: CaseRow }) {
  return (
    <Link to={`/cases/${row.number}`} className="row">
      <span className="row-main">
        <span className="row-title">{row.title ?? said(row.processTitle)}</span>
        <span className="quiet">
          {row.number} · {said(row.processTitle)} · {row.unitName}
          {row.subjectName && ` · ${row.subjectName}`}
        </span>
      </span>
      <span className="row-end">
        <Level of={row.escalationLevel} />
        <span className="stage">{said(row.outcomeTitle ?? row.stageTitle)}</span>
        {row.state === 'open' && <Due of={row} />}
      </span>
    </Link>
  );
}
