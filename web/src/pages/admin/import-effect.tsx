import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Imported, Written } from '../../contract/admin.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { UnitName } from '../../values/names.tsx';
import { useRoleTitle } from './roles.ts';

/** What an import would change, or has: how much, and who. */
export function ImportEffect({ of }: { readonly of: Imported }) {
  const { t } = useTranslation();
  const { dryRun, units, people, roles } = of;
  const counts = {
    unitsCreated: units.created,
    unitsChanged: units.changed,
    peopleCreated: people.created,
    peopleChanged: people.changed,
    peopleLeft: people.left,
    rolesGranted: roles.granted,
    rolesEnded: roles.ended,
  };
  return (
    <>
      <Alert
        className="gap-below"
        type={dryRun ? 'info' : 'success'}
        role="status"
        title={t(dryRun ? 'admin.import.would' : 'admin.import.did')}
        description={
          <dl className="facts counts">
            {Object.entries(counts).map(([what, count]) => (
              <div key={what}>
                <dt>{t(`admin.import.${what}`)}</dt>
                <dd>{count}</dd>
              </div>
            ))}
          </dl>
        }
      />
      <Changes of={of.changes} />
    </>
  );
}

function Changes({ of: { units, people, roles } }: { readonly of: Imported['changes'] }) {
  const { t } = useTranslation();
  const titleOf = useRoleTitle();
  const isEmpty = units.length + people.length + roles.length === 0;
  return (
    <Panel title={t('admin.import.changes')} isEmpty={isEmpty} empty={t('admin.import.nothing')}>
      {[...units, ...people].map((each) => (
        <div key={each.id} className="row">
          <span>
            {each.name} <span className="quiet">{each.id}</span>
          </span>
          <Change of={each} />
        </div>
      ))}
      {roles.map(({ person, name, role, unit, change }) => (
        <div key={`${person} ${role} ${unit} ${change}`} className="row">
          <span>
            {name} · {titleOf(role)}{' '}
            <span className="quiet">
              <UnitName id={unit} />
            </span>
          </span>
          <StateTag tone={change === 'ended' ? 'warning' : 'good'}>{t(`admin.import.roleChanges.${change}`)}</StateTag>
        </div>
      ))}
    </Panel>
  );
}

function Change({ of }: { readonly of: Written & { readonly left?: boolean } }) {
  const { t } = useTranslation();
  if (of.left) return <StateTag tone="warning">{t('admin.import.left')}</StateTag>;
  return of.created ? (
    <StateTag tone="good">{t('admin.import.created')}</StateTag>
  ) : (
    <StateTag tone="plain">{t('admin.import.changed')}</StateTag>
  );
}
