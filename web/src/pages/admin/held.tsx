import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Holdings } from '../../contract/admin.ts';
import { get } from '../../contract/client.ts';
import { BulkDialog } from '../../parts/bulk-dialog.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { said } from '../../texts/i18n.ts';
import { Due } from '../../time/due.tsx';

/** What lies with someone, as far as the reader may know of it; all of it can be handed over at once. */
export function Held({ person, name }: { readonly person: string; readonly name: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isHandingOver, setHandingOver] = useState(false);
  const holdings = useQuery({
    queryKey: ['holdings', person],
    queryFn: ({ signal }) => get<Holdings>(`/people/${encodeURIComponent(person)}/holdings`, signal),
  });
  const cases = holdings.data?.cases ?? [];
  const close = async () => {
    setHandingOver(false);
    await queries.invalidateQueries({ queryKey: ['holdings', person] });
  };
  return (
    <Panel
      title={t('admin.held.title')}
      extra={cases.length > 0 && <Button onClick={() => setHandingOver(true)}>{t('admin.held.handOver')}</Button>}
      reading={holdings}
      isEmpty={cases.length === 0}
      empty={t('admin.held.none')}
    >
      {cases.map(({ case: number, processTitle, stageTitle, dueAt, handler, tasks }) => (
        <Link key={number} to={`/cases/${number}`} className="row">
          <span className="row-main">
            <span className="row-title">
              {number} {handler && <StateTag tone="plain">{t('case.handler')}</StateTag>}
            </span>
            <span className="quiet">
              {[...new Set([processTitle, stageTitle, ...tasks.map(({ title }) => title)].map(said))].join(' · ')}
            </span>
          </span>
          <Due of={{ dueAt }} />
        </Link>
      ))}
      {isHandingOver && <BulkDialog kind="hand-over" from={{ id: person, name }} tasks={[]} onClose={() => void close()} />}
    </Panel>
  );
}
