import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Leaver } from '../../contract/admin.ts';
import { get } from '../../contract/client.ts';
import { Panel } from '../../parts/panel.tsx';
import { dateAndTime } from '../../time/instants.ts';

/** Who has left and still holds something; each is handed over on their own page. */
export function LeaversPage() {
  const { t } = useTranslation();
  const leavers = useQuery({
    queryKey: ['leavers'],
    queryFn: ({ signal }) => get<{ items: readonly Leaver[] }>('/people/leavers', signal),
  });
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.leavers')}</h1>
      </div>
      <p className="lead">{t('admin.leavers.lead')}</p>
      <Panel title={t('admin.leavers.list')} reading={leavers} isEmpty={leavers.data?.items.length === 0} empty={t('admin.leavers.none')}>
        {leavers.data?.items.map(({ id, name, unitName, leftAt, cases }) => (
          <Link key={id} to={`/admin/people/${encodeURIComponent(id)}`} className="row">
            <span className="row-main">
              <span className="row-title">{name}</span>
              <span className="quiet">
                {unitName} · {t('admin.person.left', { at: dateAndTime(leftAt) })}
              </span>
            </span>
            <span className="row-end">{t('admin.leavers.cases', { count: cases })}</span>
          </Link>
        ))}
      </Panel>
    </>
  );
}
