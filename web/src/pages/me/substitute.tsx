import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { get, send } from '../../contract/client.ts';
import type { User } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { ReferenceField } from '../../forms/reference-field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useProcesses } from '../../parts/processes.ts';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';
import { instantOf } from '../../time/picked.ts';
import { PersonName } from '../../values/names.tsx';

interface Filled {
  readonly to: string;
  readonly period: readonly [Dayjs, Dayjs];
  readonly processes?: readonly string[];
  readonly reason?: string;
}

/** 委托: who acts for the reader while absent. */
export function SubstituteForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const me = useQuery({ queryKey: ['me', 'now'], queryFn: ({ signal }) => get<User>('/me', signal) });
  const { data: processes = [] } = useProcesses();
  const set = useAction((_key, body: unknown) => send('PUT', '/me/substitute', { body }));
  const substitute = me.data?.substitute ?? null;

  const put = async (body: unknown) => {
    const isSet = (await set.run(body)) !== undefined;
    if (isSet) message.success(t('commands.done'));
    await queries.invalidateQueries({ queryKey: ['me', 'now'] });
  };
  const submit = ({ to, period: [from, until], processes: only, reason }: Filled) =>
    put({
      to,
      from: instantOf(from),
      until: instantOf(until),
      ...(only && only.length > 0 && { processes: only }),
      ...(reason && { reason }),
    });
  return (
    <Panel title={t('me.substitute')} reading={me}>
      <div className="padded-lines">
        {substitute ? (
          <p>
            <strong>
              <PersonName id={substitute.to} />
            </strong>{' '}
            {t('me.fromTo', { from: dateAndTime(substitute.from), until: dateAndTime(substitute.until) })}{' '}
            <Button size="small" loading={set.isBusy} onClick={() => put({ to: null })}>
              {t('me.endSubstitute')}
            </Button>
          </p>
        ) : (
          <Form name="substitute" layout="vertical" onFinish={submit} requiredMark={false}>
            <p className="quiet">{t('me.substituteLead')}</p>
            <Form.Item name="to" label={t('me.substituteTo')} rules={[{ required: true, message: t('form.required') }]}>
              <ReferenceField kind="person" />
            </Form.Item>
            <Form.Item name="period" label={t('me.period')} rules={[{ required: true, message: t('form.required') }]}>
              <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className="full" />
            </Form.Item>
            <Form.Item name="processes" label={t('me.onlyProcesses')}>
              <Select mode="multiple" allowClear options={processes.map(({ id, title }) => ({ value: id, label: said(title) }))} />
            </Form.Item>
            <Form.Item name="reason" label={t('commands.reason')} rules={[{ max: 200, message: t('form.tooLong', { max: 200 }) }]}>
              <Input />
            </Form.Item>
            {set.refusal && <p role="alert">{set.refusal.errors.map(({ message: why }) => why).join('；') || set.refusal.message}</p>}
            <Button type="primary" htmlType="submit" loading={set.isBusy}>
              {t('me.setSubstitute')}
            </Button>
          </Form>
        )}
      </div>
    </Panel>
  );
}
