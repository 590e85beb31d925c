import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../contract/admin.ts';
import { get } from '../../contract/client.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { dateAndTime } from '../../time/instants.ts';

/** The key ring by the names of its keys. */
export function KeysPage() {
  const { t } = useTranslation();
  const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => get<{ items: readonly Key[] }>('/keys', signal) });
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.keys')}</h1>
      </div>
      <p className="lead">{t('admin.keys.lead')}</p>
      <Panel title={t('admin.keys.list')} reading={keys}>
        {keys.data?.items.map(({ id, inUse, signedFrom, signedUntil }) => (
          <div key={id} className="row">
            <span className="row-main">
              <span className="row-title">
                <code>{id}</code>
              </span>
              <span className="quiet">
                {signedFrom === null || signedUntil === null
                  ? t('admin.keys.unsigned')
                  : t('admin.keys.signed', { from: dateAndTime(signedFrom), until: dateAndTime(signedUntil) })}
              </span>
            </span>
            <StateTag tone={inUse ? 'good' : 'plain'}>{t(inUse ? 'admin.keys.inUse' : 'admin.keys.old')}</StateTag>
          </div>
        ))}
      </Panel>
    </>
  );
}
