import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Delivery } from '../../contract/admin.ts';
import { get, send } from '../../contract/client.ts';
import type { Page } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { DIALOGS } from '../../parts/dialogs.ts';
import { Panel } from '../../parts/panel.tsx';
import { dateAndTime } from '../../time/instants.ts';
import { PersonName } from '../../values/names.tsx';

const states = ['failed', 'queued', 'sent'] as const;

/** Notices on their way out of the house, without texts and addresses; what failed can be sent again. */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [params, setParams] = useSearchParams();
  const state = states.find((each) => each === params.get('state')) ?? 'failed';
  const deliveries = useInfiniteQuery({
    queryKey: ['deliveries', state],
    queryFn: ({ pageParam, signal }) => get<Page<Delivery>>(`/deliveries?state=${state}&limit=50${pageParam}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`),
  });
  const rows = deliveries.data?.pages.flatMap(({ items }) => items) ?? [];
  const retry = useAction((_key, body: object) => send<{ retried: number }>('POST', '/deliveries/retry', { body }));
  const again = async (body: object) => {
    const done = await retry.run(body);
    if (done === undefined) return;
    if (done.retried === 0) message.warning(t('admin.deliveries.noneRetried'));
    else message.success(t('admin.deliveries.retried', { count: done.retried }));
    await queries.invalidateQueries({ queryKey: ['deliveries'] });
  };
  const askAll = () =>
    modal.confirm({
      getContainer: DIALOGS,
      title: t('admin.deliveries.retryAll'),
      content: t('admin.deliveries.retryAllLead'),
      okText: t('commands.confirm'),
      cancelText: t('commands.cancelled'),
      onOk: () => again({}),
    });
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.deliveries')}</h1>
        {state === 'failed' && rows.length > 0 && (
          <Button type="primary" loading={retry.isBusy} onClick={askAll}>
            {t('admin.deliveries.retryAll')}
          </Button>
        )}
      </div>
      <Segmented
        className="filters"
        aria-label={t('admin.places.deliveries')}
        value={state}
        onChange={(value) => setParams({ state: value })}
        options={states.map((each) => ({ value: each, label: t(`admin.deliveries.states.${each}`) }))}
      />
      <Panel
        title={t(`admin.deliveries.states.${state}`)}
        reading={deliveries}
        isEmpty={rows.length === 0}
        empty={t('admin.deliveries.none')}
      >
        {rows.map((delivery) => (
          <DeliveryLine key={delivery.id} delivery={delivery} again={() => again({ ids: [delivery.id] })} />
        ))}
        {deliveries.hasNextPage && (
          <Button block type="text" loading={deliveries.isFetchingNextPage} onClick={() => deliveries.fetchNextPage()}>
            {t('inbox.more')}
          </Button>
        )}
      </Panel>
    </>
  );
}

function DeliveryLine({ delivery, again }: { readonly delivery: Delivery; readonly again: () => void }) {
  const { t } = useTranslation();
  const { person, channel, topic, state, attempts, error, queuedAt, nextAt } = delivery;
  const what = `${t(`me.channel.${channel}`)} · ${t(`me.topic.${topic}`)}`;
  const [failure = '', ...answer] = error?.split(' ') ?? [];
  return (
    <div className="row">
      <span className="row-main">
        <span className="row-title">
          <PersonName id={person} /> · {what}
        </span>
        <span className="quiet">
          {dateAndTime(queuedAt)} · {t('admin.deliveries.attempts', { count: attempts })}
          {nextAt !== null && ` · ${t('admin.deliveries.next', { at: dateAndTime(nextAt) })}`}
        </span>
        {error !== null && (
          <span className="fault">{[t(`admin.deliveries.errors.${failure}`, { defaultValue: failure }), ...answer].join(' ')}</span>
        )}
      </span>
      {state === 'failed' && (
        <Button onClick={again} aria-label={t('admin.deliveries.retryOf', { what: `${person} · ${what}` })}>
          {t('admin.deliveries.retry')}
        </Button>
      )}
    </div>
  );
}
