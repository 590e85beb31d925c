import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../contract/client.ts';
import type { OwnFile } from '../../contract/own-file.ts';
import { Loading, Refused } from '../../parts/states.tsx';
import { Appeals } from './appeals.tsx';
import { ChannelsForm } from './channels.tsx';
import { Checks } from './checks.tsx';
import { ExportFile } from './export-file.tsx';
import { Items } from './items.tsx';
import { Leave } from './leave.tsx';
import { Limits } from './limits.tsx';
import { Looks } from './looks.tsx';
import { SubstituteForm } from './substitute.tsx';

/** What is kept about the reader, who looked, and what the reader decides alone (domain.md §4.6). */
export function MePage() {
  const { t } = useTranslation();
  const file = useQuery({ queryKey: ['me', 'file'], queryFn: ({ signal }) => get<OwnFile>('/me/file', signal) });
  if (file.error) return <Refused error={file.error} retry={file.refetch} />;
  if (file.isPending) return <Loading rows={10} />;
  const { person, exports } = file.data;
  return (
    <>
      <title>{`${t('me.title')} · ${t('app.name')}`}</title>
      <div className="page-head">
        <div>
          <h1>{t('me.title')}</h1>
          <p className="quiet">{[person.name, person.badge, person.unit, person.post, person.rank].filter(Boolean).join(' · ')}</p>
        </div>
        <ExportFile last={exports[0]?.at ?? null} />
      </div>
      <div className="home">
        <div>
          <Limits file={file.data} />
          <Leave leave={file.data.leave} />
          <Checks checks={file.data.checks} />
          <Appeals />
          <Items />
          <Looks looks={file.data.looks} />
        </div>
        <div>
          <SubstituteForm />
          <ChannelsForm />
        </div>
      </div>
    </>
  );
}
