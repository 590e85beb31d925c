import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.tsx';
import { get } from '../../contract/client.ts';
import type { CaseRow, Page } from '../../contract/types.ts';
import { CaseLine } from '../../parts/case-line.tsx';
import { Panel } from '../../parts/panel.tsx';

/** 诉求档案: everything the reader ever asked for. */
export function Appeals() {
  const { t } = useTranslation();
  const me = useMe();
  const appeals = useQuery({
    queryKey: ['cases', 'appeals', me.id],
    queryFn: ({ signal }) => get<Page<CaseRow>>(`/people/${encodeURIComponent(me.id)}/appeals?limit=100`, signal),
  });
  const rows = appeals.data?.items ?? [];
  return (
    <Panel title={t('me.appeals')} reading={appeals} isEmpty={rows.length === 0} empty={t('me.noAppeals')}>
      {rows.map((row) => (
        <CaseLine key={row.number} row={row} />
      ))}
    </Panel>
  );
}
