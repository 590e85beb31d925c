import { useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../contract/client.ts';
import type { Case } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { SchemaForm } from '../../forms/schema-form.tsx';
import { DIALOGS } from '../../parts/dialogs.ts';
import { useProcesses } from '../../parts/processes.ts';

/** 变更: what a case asks for, changed by whoever issued it, with the reason. */
export function AmendDialog({ it, onClose }: { readonly it: Case; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const field = useId();
  const [reason, setReason] = useState('');
  const { data: processes = [] } = useProcesses();
  const intake = processes.find(({ id }) => id === it.process)?.intake;
  const amend = useAction((key, body: unknown) => send<Case>('POST', `/cases/${it.number}/amend`, { body, key }));
  const submit = async (data: unknown) => {
    const after = await amend.run({ data, reason });
    if (after === undefined) return false;
    message.success(t('commands.done'));
    await queries.invalidateQueries({ queryKey: ['case', it.number] });
    onClose();
    return true;
  };
  return (
    <Modal open getContainer={DIALOGS} title={t('commands.amend')} footer={null} onCancel={onClose}>
      <div className="around">
        <label htmlFor={field}>{t('commands.reason')}</label>
        <Input.TextArea id={field} className="prose-input" value={reason} onChange={({ target }) => setReason(target.value)} />
      </div>
      {intake && (
        <SchemaForm
          schema={intake}
          initial={it.data}
          submitLabel={t('commands.amend')}
          isBusy={amend.isBusy}
          refusal={amend.refusal}
          onSubmit={submit}
        />
      )}
    </Modal>
  );
}
