import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useMe } from '../../app/session.tsx';
import { get, send } from '../../contract/client.ts';
import type { Person } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { DIALOGS } from '../../parts/dialogs.ts';
import { Panel } from '../../parts/panel.tsx';
import { Loading, Nothing, Refused } from '../../parts/states.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { dateAndTime } from '../../time/instants.ts';
import { UnitName } from '../../values/names.tsx';
import { GrantRole } from './grant-role.tsx';
import { Held } from './held.tsx';
import { Refusal } from './refusal.tsx';
import { useRoleTitle } from './roles.ts';

/** One person: who they are, what roles they hold, what lies with them. */
export function PersonPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const person = useQuery({
    queryKey: ['person', id],
    queryFn: ({ signal }) => get<Person>(`/people/${encodeURIComponent(id)}`, signal),
  });
  if (person.error) return <Refused error={person.error} retry={person.refetch} />;
  if (person.isPending) return <Loading />;
  const { name, username, badge, unitName, post, rank, leftAt } = person.data;
  const facts = { username, badge, unit: unitName, post, rank };
  return (
    <>
      <div className="page-head">
        <h1>{name}</h1>
        {leftAt !== null && <StateTag tone="bad">{t('admin.person.left', { at: dateAndTime(leftAt) })}</StateTag>}
      </div>
      <dl className="facts">
        {Object.entries(facts).map(
          ([fact, value]) =>
            value && (
              <div key={fact}>
                <dt>{t(`admin.person.${fact}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <Roles person={person.data} />
      <Held person={id} name={name} />
    </>
  );
}

function Roles({ person }: { readonly person: Person }) {
  const { t } = useTranslation();
  const me = useMe();
  const [isGranting, setGranting] = useState(false);
  const held = person.roles.filter(({ role }) => role !== 'officer');
  const isSelf = me.id === person.id;
  return (
    <Panel
      title={t('admin.person.roles')}
      extra={
        !isSelf &&
        person.leftAt === null && (
          <Button type="primary" onClick={() => setGranting(true)}>
            {t('admin.person.grant')}
          </Button>
        )
      }
    >
      {isSelf && <Alert className="in-panel" type="info" title={t('admin.secondPerson')} />}
      {held.length === 0 && <Nothing>{t('admin.person.noRoles')}</Nothing>}
      {held.map((role) => (
        <HeldRole key={`${role.role} ${role.unit}`} person={person.id} held={role} mayEnd={!isSelf} />
      ))}
      {isGranting && <GrantRole person={person.id} onClose={() => setGranting(false)} />}
    </Panel>
  );
}

interface HeldRoleProps {
  readonly person: string;
  readonly held: Person['roles'][number];
  readonly mayEnd: boolean;
}

function HeldRole({ person, held: { role, unit, acting, until }, mayEnd }: HeldRoleProps) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const titleOf = useRoleTitle();
  const end = useAction((_key, body: unknown) => send<Person>('POST', `/people/${encodeURIComponent(person)}/roles`, { body }));
  const ask = () =>
    modal.confirm({
      getContainer: DIALOGS,
      title: t('admin.person.endRole', { role: titleOf(role) }),
      content: t('admin.person.endRoleLead'),
      okText: t('commands.confirm'),
      cancelText: t('commands.cancelled'),
      onOk: async () => {
        const after = await end.run({ role, unit, acting, until: new Date().toISOString() });
        if (after === undefined) return;
        queries.setQueryData(['person', person], after);
        message.success(t('commands.done'));
      },
    });
  return (
    <div className="row">
      <span className="row-main">
        <span className="row-title">
          {titleOf(role)} {acting && <StateTag tone="warning">{t('admin.person.acting')}</StateTag>}
        </span>
        <span className="quiet">
          <UnitName id={unit} />
          {until !== null && ` · ${t('case.waitingUntil', { at: dateAndTime(until) })}`}
        </span>
        <Refusal of={end.refusal} />
      </span>
      {mayEnd && (
        <Button onClick={ask} loading={end.isBusy} aria-label={t('admin.person.endRole', { role: titleOf(role) })}>
          {t('admin.person.end')}
        </Button>
      )}
    </div>
  );
}
