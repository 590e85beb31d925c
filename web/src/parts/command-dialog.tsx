import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, DatePicker, Form, Input, InputNumber, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { send } from '../contract/client.ts';
import { useAction } from '../contract/use-action.ts';
import { ReferenceField } from '../forms/reference-field.tsx';
import { instantOf } from '../time/picked.ts';
import { DIALOGS } from './dialogs.ts';

type FieldKind = 'text' | 'text?' | 'person' | 'people' | 'unit' | 'case' | 'instant' | 'workingDays';

export interface CommandForm {
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Whether it cannot be undone: said before. */
  readonly isFinal?: boolean;
}

interface Props {
  readonly title: string;
  /** What it does, where its name does not say. */
  readonly lead?: string;
  readonly path: string;
  readonly form: CommandForm;
  readonly onClose: () => void;
  readonly onDone?: () => unknown;
}

/** Asks for what a command needs, sends it once, shows why it was refused. */
export function CommandDialog({ title, lead, path, form: { fields, isFinal = false }, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm();
  const command = useAction((key, body: unknown) => send('POST', path, { body, key }));

  const submit = async (filled: Record<string, unknown>) => {
    const done = await command.run(bodyOf(fields, filled)).then(
      (answer) => answer !== undefined,
      () => false,
    );
    if (!done) return;
    message.success(t('commands.done'));
    await Promise.all(['case', 'tasks', 'events', 'cases'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    await onDone?.();
    onClose();
  };
  return (
    <Modal
      open
      getContainer={DIALOGS}
      title={title}
      okText={t('commands.confirm')}
      cancelText={t('commands.cancelled')}
      okButtonProps={{ loading: command.isBusy, danger: isFinal }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      {lead !== undefined && <p>{lead}</p>}
      {isFinal && <Alert className="gap-below" type="warning" title={t('commands.irreversible')} />}
      {command.refusal && <Alert className="gap-below" type="error" role="alert" title={refusalText(command.refusal)} />}
      <Form form={form} layout="vertical" onFinish={submit}>
        {Object.entries(fields).map(([name, kind]) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`commands.${name === 'by' ? 'days' : name}`)}
            rules={kind === 'text?' ? [] : [{ required: true, message: t('form.required') }]}
          >
            {control(kind)}
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}

const refusalText = ({ message, errors }: { message: string; errors: readonly { message: string }[] }): string =>
  [message, ...errors.map((error) => error.message)].join(' ');

function control(kind: FieldKind) {
  if (kind === 'person' || kind === 'people') return <ReferenceField kind="person" many={kind === 'people'} />;
  if (kind === 'unit' || kind === 'case') return <ReferenceField kind={kind} />;
  if (kind === 'instant') return <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className="full" />;
  if (kind === 'workingDays') return <InputNumber min={1} max={60} precision={0} />;
  return <Input.TextArea className="prose-input" />;
}

const bodyOf = (fields: CommandForm['fields'], filled: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, kind]) => {
      const value = filled[name];
      if (value === undefined || value === '') return [];
      if (kind === 'workingDays') return [[name, { workingDays: value }]];
      return [[name, kind === 'instant' ? instantOf(value as Dayjs) : value]];
    }),
  );
