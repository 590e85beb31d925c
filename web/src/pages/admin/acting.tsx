import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Acting } from '../../contract/admin.ts';
import { get, send } from '../../contract/client.ts';
import { useAction } from '../../contract/use-action.ts';
import { ReferenceField } from '../../forms/reference-field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Nothing } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';
import { instantOf } from '../../time/picked.ts';
import { useUnits } from '../../values/names.tsx';
import { Refusal } from './refusal.tsx';
import { useRoles, useRoleTitle } from './roles.ts';

/** Who acts as a leader of a unit for a time, and naming one. */
export function ActingPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const units = useUnits();
  const unit = params.get('unit');
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.acting')}</h1>
      </div>
      <p className="lead">{t('admin.acting.lead')}</p>
      <Select
        className="filters wide-select"
        aria-label={t('admin.person.unit')}
        placeholder={t('admin.acting.chooseUnit')}
        showSearch={{ optionFilterProp: 'label' }}
        value={unit}
        onChange={(value) => setParams({ unit: value })}
        options={units.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {unit === null ? <Nothing>{t('admin.acting.chooseUnit')}</Nothing> : <ActingIn key={unit} unit={unit} />}
    </>
  );
}

function ActingIn({ unit }: { readonly unit: string }) {
  const { t } = useTranslation();
  const titleOf = useRoleTitle();
  const acting = useQuery({
    queryKey: ['acting', unit],
    queryFn: ({ signal }) => get<{ items: readonly Acting[] }>(`/units/${encodeURIComponent(unit)}/acting`, signal),
  });
  return (
    <>
      <Panel title={t('admin.acting.now')} reading={acting} isEmpty={acting.data?.items.length === 0} empty={t('admin.acting.none')}>
        {acting.data?.items.map(({ person, name, role, from, until, reason }) => (
          <div key={`${person} ${role} ${from}`} className="row">
            <span className="row-main">
              <span className="row-title">
                {name} · {titleOf(role)}
              </span>
              <span className="quiet">{reason}</span>
            </span>
            <span className="quiet">{t('admin.fromTo', { from: dateAndTime(from), until: dateAndTime(until) })}</span>
          </div>
        ))}
      </Panel>
      <Panel title={t('admin.acting.name')}>
        <NameActing unit={unit} />
      </Panel>
    </>
  );
}

interface Filled {
  readonly person: string;
  readonly role: string;
  readonly from?: Dayjs | null;
  readonly until: Dayjs;
  readonly reason: string;
}

function NameActing({ unit }: { readonly unit: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Filled>();
  const roles = useRoles().filter(({ acting }) => acting);
  const name = useAction((_key, body: unknown) => send<unknown>('POST', `/units/${encodeURIComponent(unit)}/acting`, { body }));
  const needed = [{ required: true, message: t('form.required') }];
  const submit = async ({ from, until, ...filled }: Filled) => {
    const period = { ...(from && { from: instantOf(from) }), until: instantOf(until) };
    if ((await name.run({ ...filled, ...period })) === undefined) return;
    message.success(t('commands.done'));
    form.resetFields();
    await queries.invalidateQueries({ queryKey: ['acting', unit] });
  };
  return (
    <Form form={form} name="acting" layout="vertical" onFinish={submit} className="in-panel narrow-form">
      <Refusal of={name.refusal} />
      <Form.Item name="person" label={t('commands.person')} rules={needed}>
        <ReferenceField kind="person" />
      </Form.Item>
      <Form.Item name="role" label={t('admin.person.role')} rules={needed}>
        <Select placeholder={t('form.chooseFirst')} options={roles.map(({ id, title }) => ({ value: id, label: said(title) }))} />
      </Form.Item>
      <Form.Item name="from" label={t('admin.from')}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className="full" placeholder={t('admin.atOnce')} />
      </Form.Item>
      <Form.Item name="until" label={t('admin.until')} rules={needed}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className="full" />
      </Form.Item>
      <Form.Item name="reason" label={t('commands.reason')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={name.isBusy}>
        {t('admin.acting.name')}
      </Button>
    </Form>
  );
}
