import { useQueryClient } from '@tanstack/react-query';
import { App, DatePicker, Form, Input, Modal, Select, Switch } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { send } from '../../contract/client.ts';
import type { Person } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { ReferenceField } from '../../forms/reference-field.tsx';
import { DIALOGS } from '../../parts/dialogs.ts';
import { said } from '../../texts/i18n.ts';
import { instantOf } from '../../time/picked.ts';
import { Refusal } from './refusal.tsx';
import { useRoles } from './roles.ts';

interface Filled {
  readonly role: string;
  readonly unit: string;
  readonly acting?: boolean;
  readonly from?: Dayjs | null;
  readonly until?: Dayjs | null;
  readonly reason?: string;
}

/** Gives someone a role, for good or for a time. */
export function GrantRole({ person, onClose }: { readonly person: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Filled>();
  const roles = useRoles().filter(({ id }) => id !== 'officer');
  const grant = useAction((_key, body: unknown) => send<Person>('POST', `/people/${encodeURIComponent(person)}/roles`, { body }));
  const needed = [{ required: true, message: t('form.required') }];
  const submit = async (filled: Filled) => {
    const after = await grant.run(bodyOf(filled));
    if (after === undefined) return;
    queries.setQueryData(['person', person], after);
    message.success(t('commands.done'));
    onClose();
  };
  return (
    <Modal
      open
      getContainer={DIALOGS}
      title={t('admin.person.grant')}
      okText={t('commands.confirm')}
      cancelText={t('commands.cancelled')}
      okButtonProps={{ loading: grant.isBusy }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Refusal of={grant.refusal} />
      <Form form={form} name="grant" layout="vertical" onFinish={submit}>
        <Form.Item name="role" label={t('admin.person.role')} rules={needed}>
          <Select
            placeholder={t('form.chooseFirst')}
            showSearch={{ optionFilterProp: 'label' }}
            options={roles.map(({ id, title }) => ({ value: id, label: said(title) }))}
          />
        </Form.Item>
        <Form.Item name="unit" label={t('admin.person.unit')} rules={needed}>
          <ReferenceField kind="unit" />
        </Form.Item>
        <Form.Item name="from" label={t('admin.from')}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className="full" placeholder={t('admin.atOnce')} />
        </Form.Item>
        <Form.Item name="until" label={t('admin.until')}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className="full" placeholder={t('admin.noEnd')} />
        </Form.Item>
        <Form.Item name="acting" label={t('admin.person.acting')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="reason" label={t('commands.reason')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

const bodyOf = ({ role, unit, acting = false, from, until, reason }: Filled) => ({
  role,
  unit,
  acting,
  ...(from && { from: instantOf(from) }),
  ...(until && { until: instantOf(until) }),
  ...(reason && { reason }),
});
