import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, send } from '../contract/client.ts';
import type { Task, Text } from '../contract/types.ts';
import { useAction } from '../contract/use-action.ts';
import { ReferenceField } from '../forms/reference-field.tsx';
import { said } from '../texts/i18n.ts';
import { DIALOGS } from './dialogs.ts';

export const bulkKinds = ['reassign', 'extend', 'remind'] as const;
export type BulkKind = (typeof bulkKinds)[number];

interface Bulk {
  readonly id: string;
  readonly state: 'previewed' | 'running' | 'done' | 'cancelled';
  readonly counts: Readonly<Record<'pending' | 'done' | 'refused' | 'cancelled', number>>;
  readonly items: readonly {
    readonly n: number;
    readonly target: string;
    readonly state: string;
    readonly problem: { readonly title: Text } | null;
  }[];
}

interface Filled {
  readonly to?: string;
  readonly days?: number;
  readonly reason: string;
}

interface Props {
  readonly kind: BulkKind | 'hand-over';
  readonly tasks: readonly Task[];
  /** Whose cases and tasks go over. */
  readonly from?: { readonly id: string; readonly name: string };
  readonly onClose: (isDone: boolean) => void;
}

const POLL_MS = 500;

/** First what is wanted, then what it would do to each, then what it did. */
export function BulkDialog({ kind, tasks, from, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<Filled>();
  const [id, setId] = useState<string | null>(null);
  const preview = useAction((key, body: unknown) => send<Bulk>('POST', '/bulk', { body, key }));
  const run = useAction((_key, bulk: string) => send<Bulk>('POST', `/bulk/${bulk}/run`));
  const { data: bulk } = useQuery({
    queryKey: ['bulk', id],
    queryFn: ({ signal }) => get<Bulk>(`/bulk/${id}?limit=200`, signal),
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? POLL_MS : false),
  });
  const isDone = bulk?.state === 'done';
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ['tasks'] });
  }, [isDone, queries]);

  const ask = async (filled: Filled) => {
    const previewed = await preview.run(from ? { kind, from: from.id, ...filled } : bodyOf(kind, tasks, filled));
    if (previewed) setId(previewed.id);
  };
  const start = async () => {
    if (id !== null && (await run.run(id))) await queries.invalidateQueries({ queryKey: ['bulk', id] });
  };
  const next = bulk === undefined ? form.submit : bulk.state === 'previewed' ? start : () => onClose(isDone);
  return (
    <Modal
      open
      getContainer={DIALOGS}
      title={`${t(`bulk.${kind}`)} · ${from?.name ?? t('inbox.selected', { count: tasks.length })}`}
      okText={t(bulk === undefined ? 'bulk.preview' : bulk.state === 'previewed' ? 'bulk.run' : 'bulk.close')}
      okButtonProps={{
        loading: preview.isBusy || run.isBusy || bulk?.state === 'running',
        disabled: bulk?.state === 'previewed' && bulk.counts.pending === 0,
      }}
      cancelText={t('commands.cancelled')}
      onOk={next}
      onCancel={() => onClose(isDone)}
    >
      {bulk ? <Result bulk={bulk} /> : <Wanted kind={kind} form={form} onFinish={ask} />}
      {preview.refusal && <p role="alert">{preview.refusal.errors.map(({ message }) => message).join('；') || preview.refusal.message}</p>}
    </Modal>
  );
}

interface WantedProps {
  readonly kind: Props['kind'];
  readonly form: ReturnType<typeof Form.useForm<Filled>>[0];
  readonly onFinish: (filled: Filled) => void;
}

function Wanted({ kind, form, onFinish }: WantedProps) {
  const { t } = useTranslation();
  const isNeeded = [{ required: true, message: t('form.required') }];
  return (
    <Form form={form} name="bulk" layout="vertical" onFinish={onFinish}>
      {(kind === 'reassign' || kind === 'hand-over') && (
        <Form.Item name="to" label={t('commands.to')} rules={isNeeded}>
          <ReferenceField kind="person" />
        </Form.Item>
      )}
      {kind === 'extend' && (
        <Form.Item name="days" label={t('commands.days')} rules={isNeeded}>
          <InputNumber min={1} max={60} precision={0} />
        </Form.Item>
      )}
      <Form.Item name="reason" label={t(kind === 'remind' ? 'commands.text' : 'commands.reason')} rules={isNeeded}>
        <Input.TextArea className="prose-input" />
      </Form.Item>
    </Form>
  );
}

function Result({ bulk: { state, counts, items } }: { readonly bulk: Bulk }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <p>
        {state === 'previewed' ? t('bulk.would', { count: counts.pending }) : t('bulk.did', { done: counts.done, pending: counts.pending })}
      </p>
      {counts.refused > 0 && <p>{t('bulk.refused', { count: counts.refused })}</p>}
      <ul className="values">
        {items
          .filter(({ problem }) => problem !== null)
          .map(({ n, target, problem }) => (
            <li key={n}>
              {target} <span className="quiet">{said(problem?.title)}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}

function bodyOf(kind: Props['kind'], tasks: readonly Task[], { to, days, reason }: Filled) {
  if (kind === 'remind') return { kind, select: { cases: [...new Set(tasks.map((task) => task.case))] }, text: reason };
  const select = { tasks: tasks.map(({ id }) => id) };
  return kind === 'reassign' ? { kind, select, to, reason } : { kind, select, by: { workingDays: days }, reason };
}
