import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { send } from '../../contract/client.ts';
import type { Case, Schema } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { SchemaForm } from '../../forms/schema-form.tsx';
import { DIALOGS } from '../../parts/dialogs.ts';
import { useProcesses } from '../../parts/processes.ts';

/** 分解: a case that several units are to see to, made into one for each. Every part begins with what the case says. */
export function SplitDialog({ it, onClose }: { readonly it: Case; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { data: processes = [] } = useProcesses();
  const intake = processes.find(({ id }) => id === it.process)?.intake;
  const split = useAction((key, body: unknown) => send<Case>('POST', `/cases/${it.number}/split`, { body, key }));
  const submit = async (data: unknown) => {
    const after = await split.run(data);
    if (after === undefined) return false;
    message.success(t('commands.done'));
    await Promise.all(['case', 'tasks', 'events', 'cases'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    onClose();
    return true;
  };
  const words = { parts: t('case.parts'), unit: t('case.unit'), part: t('case.part'), reason: t('commands.reason') };
  return (
    <Modal open getContainer={DIALOGS} width={720} title={t('commands.split')} footer={null} onCancel={onClose}>
      <p>{t('commands.leads.split')}</p>
      <Alert className="gap-below" type="warning" title={t('commands.irreversible')} />
      {intake && (
        <SchemaForm
          schema={formOf(intake, words)}
          initial={{ parts: [{ unit: it.unit, data: it.data }, { data: it.data }] }}
          submitLabel={t('commands.split')}
          isBusy={split.isBusy}
          refusal={split.refusal}
          onSubmit={submit}
        />
      )}
    </Modal>
  );
}

/** The body of the command as a form: an intake for each part. */
const formOf = (intake: Schema, words: Readonly<Record<'parts' | 'unit' | 'part' | 'reason', string>>): Schema => ({
  type: 'object',
  required: ['parts', 'reason'],
  properties: {
    parts: {
      type: 'array',
      title: words.parts,
      minItems: 2,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['unit', 'data'],
        properties: { unit: { type: 'string', title: words.unit, 'x-ref': 'unit' }, data: { ...intake, title: words.part } },
      },
    },
    reason: { type: 'string', title: words.reason, minLength: 1, maxLength: 2000, 'x-multiline': true },
  },
});
