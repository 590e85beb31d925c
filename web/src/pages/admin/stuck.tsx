import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stuck } from '../../contract/admin.ts';
import { get, send } from '../../contract/client.ts';
import type { Page } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { DIALOGS } from '../../parts/dialogs.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { dateAndTime } from '../../time/instants.ts';
import { Refusal } from './refusal.tsx';

/** Open cases whose workflow does not go on; each can be started anew, with a reason that its record keeps. */
export function StuckPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const stuck = useQuery({ queryKey: ['stuck'], queryFn: ({ signal }) => get<Page<Stuck>>('/stuck?limit=200', signal) });
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.stuck')}</h1>
        <Button loading={stuck.isFetching} onClick={() => stuck.refetch()}>
          {t('admin.stuck.again')}
        </Button>
      </div>
      <p className="lead">{t('admin.stuck.lead')}</p>
      <Panel title={t('admin.stuck.list')} reading={stuck} isEmpty={stuck.data?.items.length === 0} empty={t('admin.stuck.none')}>
        {stuck.data?.items.map(({ number, kind, since, seenAt, looks }) => (
          <div key={number} className="row">
            <span className="row-main">
              <span className="row-title">
                {number} <StateTag tone={kind === 'failing' ? 'bad' : 'warning'}>{t(`admin.stuck.kinds.${kind}`)}</StateTag>
              </span>
              <span className="quiet">
                {t('admin.stuck.seen', { since: dateAndTime(since), seenAt: dateAndTime(seenAt), count: looks })}
              </span>
            </span>
            <Button onClick={() => setChosen(number)} aria-label={t('admin.stuck.restartOf', { number })}>
              {t('admin.stuck.restart')}
            </Button>
          </div>
        ))}
      </Panel>
      {chosen !== null && <Restart number={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function Restart({ number, onClose }: { readonly number: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const restart = useAction((key) =>
    send<{ started: boolean }>('POST', `/stuck/${number}/restart`, { body: { reason: reason.trim() }, key }),
  );
  const run = async () => {
    const done = await restart.run();
    if (done === undefined) return;
    if (done.started) message.success(t('admin.stuck.started', { number }));
    else message.warning(t('admin.stuck.notStarted', { number }));
    await queries.invalidateQueries({ queryKey: ['stuck'] });
    onClose();
  };
  return (
    <Modal
      open
      getContainer={DIALOGS}
      title={t('admin.stuck.restartOf', { number })}
      okText={t('admin.stuck.restart')}
      cancelText={t('commands.cancelled')}
      okButtonProps={{ danger: true, loading: restart.isBusy, disabled: reason.trim() === '' }}
      onOk={run}
      onCancel={onClose}
    >
      <Alert className="gap-below" type="warning" title={t('admin.stuck.warning')} />
      <Refusal of={restart.refusal} />
      <Input.TextArea
        aria-label={t('commands.reason')}
        placeholder={t('commands.reason')}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        className="prose-input"
      />
    </Modal>
  );
}
