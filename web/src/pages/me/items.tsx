import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { get } from '../../contract/client.ts';
import type { RoundItem } from '../../contract/own-file.ts';
import { Panel } from '../../parts/panel.tsx';
import { said } from '../../texts/i18n.ts';
import { Due } from '../../time/due.tsx';
import { date } from '../../time/instants.ts';

/** Talks and visits of the rounds: those that the reader sees to, and those about the reader. Nothing where there are none. */
export function Items() {
  const { t } = useTranslation();
  const items = useQuery({
    queryKey: ['items', 'mine'],
    queryFn: ({ signal }) => get<{ items: readonly RoundItem[] }>('/me/items', signal),
  });
  const rows = items.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title={t('me.items')}>
      {rows.map((row) => (
        <Link key={`${row.case} ${row.id}`} to={`/cases/${row.case}#${row.id}`} className="row">
          <span className="row-main">
            <span className="row-title">
              {said(row.title)} {row.personName ?? row.unitName}
            </span>
            <span className="quiet">
              {row.case} · {row.assigneeName}
            </span>
          </span>
          {row.state === 'open' ? <Due of={row} /> : <span className="quiet">{row.closedAt && date(row.closedAt)}</span>}
        </Link>
      ))}
    </Panel>
  );
}
