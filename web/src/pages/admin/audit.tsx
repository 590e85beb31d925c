import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LatestCheckpoint } from '../../contract/admin.ts';
import { get } from '../../contract/client.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { dateAndTime } from '../../time/instants.ts';

/** The newest checkpoint of the record, and whether it verifies: what an auditor notes down outside the house. */
export function AuditPage() {
  const { t } = useTranslation();
  const latest = useQuery({ queryKey: ['audit'], queryFn: ({ signal }) => get<LatestCheckpoint>('/audit/checkpoint', signal) });
  const { checkpoint = null, verified = null } = latest.data ?? {};
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.audit')}</h1>
      </div>
      <p className="lead">{t('admin.audit.lead')}</p>
      <Panel title={t('admin.audit.latest')} reading={latest} isEmpty={checkpoint === null} empty={t('admin.audit.none')}>
        {checkpoint && (
          <dl className="filled in-panel">
            <Fact name="number" value={`${checkpoint.number}:${checkpoint.hash}`} />
            <Fact name="at" value={dateAndTime(checkpoint.at)} />
            <Fact name="cases" value={String(checkpoint.cases)} />
            <Fact name="root" value={checkpoint.root} />
            <Fact name="publicKey" value={checkpoint.publicKey} />
          </dl>
        )}
        {Object.entries(verified ?? {}).map(([what, isSo]) => (
          <div key={what} className="row">
            <span>{t(`admin.audit.checks.${what}`)}</span>
            <StateTag tone={isSo ? 'good' : 'bad'}>{t(isSo ? 'admin.audit.holds' : 'admin.audit.fails')}</StateTag>
          </div>
        ))}
      </Panel>
      <p className="quiet">{t('admin.audit.further')}</p>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{t(`admin.audit.${name}`)}</dt>
      <dd>{value}</dd>
    </div>
  );
}
