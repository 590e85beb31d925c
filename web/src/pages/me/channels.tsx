import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { get, send } from '../../contract/client.ts';
import { useAction } from '../../contract/use-action.ts';
import { Panel } from '../../parts/panel.tsx';

interface Channels {
  readonly email?: string | null;
  readonly webhook?: string | null;
  readonly wecom?: string | null;
  readonly dingtalk?: { readonly url: string; readonly secret?: string | null } | null;
  readonly topics: Readonly<Record<string, readonly string[]>>;
  readonly quietHours: { readonly from: string | null; readonly to: string | null; readonly daysOff: boolean } | null;
  readonly digestAt: string | null;
  readonly failing: readonly { readonly channel: string; readonly since: string; readonly error: string }[];
}

interface Filled {
  readonly email?: string;
  readonly webhook?: string;
  readonly wecom?: string;
  readonly dingtalk?: { readonly url?: string; readonly secret?: string };
  readonly topics?: Readonly<Record<string, readonly string[]>>;
  readonly from?: string;
  readonly to?: string;
  readonly daysOff?: boolean;
  readonly digestAt?: string;
}

const topics = ['task', 'reminder', 'escalation', 'progress', 'brief'] as const;

/** Where notices are sent besides these pages, what of them, and when not. */
export function ChannelsForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const channels = useQuery({ queryKey: ['me', 'channels'], queryFn: ({ signal }) => get<Channels>('/me/channels', signal) });
  const save = useAction((_key, body: unknown) => send<Channels>('PUT', '/me/channels', { body }));
  const submit = async (filled: Filled) => {
    const saved = await save.run(bodyOf(filled));
    if (!saved) return;
    queries.setQueryData(['me', 'channels'], saved);
    message.success(t('me.saved'));
  };
  return (
    <Panel title={t('me.channels')} reading={channels}>
      <div className="padded-lines">
        {channels.data?.failing.map(({ channel, error }) => (
          <Alert
            key={channel}
            className="gap-below"
            type="warning"
            title={t('me.failing', { channel: t(`me.channel.${channel}`), error })}
          />
        ))}
        {channels.data && (
          <Form name="channels" layout="vertical" initialValues={filledOf(channels.data)} onFinish={submit}>
            <Address kind="email" type="email" />
            <Address kind="wecom" type="url" />
            <Form.Item name={['dingtalk', 'url']} label={t('me.channel.dingtalk')}>
              <Input type="url" autoComplete="off" />
            </Form.Item>
            <Form.Item name={['dingtalk', 'secret']} label={t('me.dingtalkSecret')}>
              <Input.Password autoComplete="off" />
            </Form.Item>
            <Address kind="webhook" type="url" />
            <Form.Item label={t('me.quiet')}>
              <div className="time-range">
                <Form.Item name="from" noStyle>
                  <Input type="time" aria-label={t('me.quietFrom')} />
                </Form.Item>
                –
                <Form.Item name="to" noStyle>
                  <Input type="time" aria-label={t('me.quietTo')} />
                </Form.Item>
              </div>
            </Form.Item>
            <Form.Item name="daysOff" label={t('me.quietDaysOff')} valuePropName="checked">
              <Switch />
            </Form.Item>
            <Form.Item name="digestAt" label={t('me.digest')}>
              <Input type="time" />
            </Form.Item>
            {save.refusal && <p role="alert">{save.refusal.errors.map(({ message: why }) => why).join('；') || save.refusal.message}</p>}
            <Button type="primary" htmlType="submit" loading={save.isBusy}>
              {t('me.save')}
            </Button>
          </Form>
        )}
      </div>
    </Panel>
  );
}

function Address({ kind, type }: { readonly kind: 'email' | 'webhook' | 'wecom'; readonly type: string }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Filled>();
  const address = Form.useWatch(kind, form);
  return (
    <>
      <Form.Item name={kind} label={t(`me.channel.${kind}`)}>
        <Input type={type} autoComplete={kind === 'email' ? 'email' : 'off'} />
      </Form.Item>
      {address && (
        <Form.Item name={['topics', kind]} label={t('me.topicsOf', { channel: t(`me.channel.${kind}`) })}>
          <Select mode="multiple" options={topics.map((value) => ({ value, label: t(`me.topic.${value}`) }))} />
        </Form.Item>
      )}
    </>
  );
}

const filledOf = ({ email, webhook, wecom, dingtalk, topics: chosen, quietHours, digestAt }: Channels) => ({
  email: email ?? '',
  webhook: webhook ?? '',
  wecom: wecom ?? '',
  dingtalk: { url: dingtalk?.url ?? '', secret: dingtalk?.secret ?? '' },
  topics: chosen,
  from: quietHours?.from ?? '',
  to: quietHours?.to ?? '',
  daysOff: quietHours?.daysOff ?? false,
  digestAt: digestAt ?? '',
});

function bodyOf({ email, webhook, wecom, dingtalk, topics: chosen = {}, from, to, daysOff = false, digestAt }: Filled) {
  const set = { email: email || null, webhook: webhook || null, wecom: wecom || null };
  const named = Object.entries(chosen).filter(([kind, values]) => values !== undefined && { ...set }[kind as keyof typeof set]);
  return {
    ...set,
    dingtalk: dingtalk?.url ? { url: dingtalk.url, secret: dingtalk.secret || null } : null,
    topics: Object.fromEntries(named),
    quietHours: from || to || daysOff ? { from: from || null, to: to || null, daysOff } : null,
    digestAt: digestAt || null,
  };
}
