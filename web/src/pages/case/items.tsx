import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { get, send } from '../../contract/client.ts';
import type { RoundItem } from '../../contract/own-file.ts';
import type { Case, Page, Schema, Text } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { SchemaForm } from '../../forms/schema-form.tsx';
import { FilterChips } from '../../parts/filter-chips.tsx';
import { itemFilters } from '../../parts/filters.ts';
import { Panel } from '../../parts/panel.tsx';
import { Loading, Nothing, Refused } from '../../parts/states.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { said } from '../../texts/i18n.ts';
import { Due } from '../../time/due.tsx';
import { FormValues } from '../../values/values.tsx';
import { ItemCommands } from './item-commands.tsx';

interface Coverage {
  readonly key: string;
  readonly title: Text;
  readonly open: number;
  readonly done: number;
  readonly missed: number;
  readonly rate: number | null;
}

interface List extends Page<RoundItem> {
  readonly coverage: readonly Coverage[];
  /** What is recorded of each, by list. */
  readonly forms: Readonly<Record<string, Schema>>;
}

/** 名单: whom a round covers, how far it has come, and what was recorded of each. */
export function Items({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const asked = queryIn(params);
  const items = useInfiniteQuery({
    queryKey: ['case', it.number, 'items', asked],
    queryFn: ({ pageParam, signal }) => get<List>(`/cases/${it.number}/items?${asked}&limit=50${pageParam}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`),
  });
  const list = items.data?.pages[0];
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  const { hash } = useLocation();
  const isAskedFor = hash === '#items' && !items.isPending;
  useEffect(() => {
    if (isAskedFor) document.getElementById('items')?.scrollIntoView({ block: 'start' });
  }, [isAskedFor]);
  return (
    <Panel id="items" title={t('case.items')} reading={items}>
      <div className="padded-lines">
        {list?.coverage.map(({ key, title, open, done, missed, rate }) => (
          <p key={key}>
            {said(title)} <strong>{rate === null ? '—' : `${rate} %`}</strong>{' '}
            <span className="quiet">{t('case.coverage', { done, open, missed })}</span>
          </p>
        ))}
        <FilterChips known={itemFilters} />
      </div>
      {rows.length === 0 && <Nothing>{t('case.noItems')}</Nothing>}
      {rows.map((item) => (
        <Item key={item.id} item={item} process={it.process} form={list?.forms[item.key]} />
      ))}
      {items.hasNextPage && (
        <Button block type="text" loading={items.isFetchingNextPage} onClick={() => items.fetchNextPage()}>
          {t('inbox.more')}
        </Button>
      )}
    </Panel>
  );
}

/** A figure of coverage leads to some of a list. */
function queryIn(params: URLSearchParams): string {
  const names = { list: 'key', unit: 'unit', itemState: 'state' } as const;
  const asked = itemFilters.map((name) => [names[name], params.get(name) ?? ''] as const);
  return new URLSearchParams(asked.filter(([, value]) => value !== '').map(([name, value]) => [name, value])).toString();
}

interface ItemProps {
  readonly item: RoundItem;
  readonly process: string;
  readonly form: Schema | undefined;
}

function Item({ item, process, form }: ItemProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="entry" id={item.id} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {said(item.title)} {item.personName ?? item.unitName} <span className="quiet">{item.assigneeName}</span>{' '}
        {item.state === 'open' ? (
          <Due of={item} />
        ) : (
          <StateTag tone={item.state === 'missed' ? 'bad' : 'plain'}>{t(`case.itemStates.${item.state}`)}</StateTag>
        )}
      </summary>
      {isOpen && item.state === 'done' && form && <Recorded item={item} process={process} form={form} />}
      {item.may?.includes('complete') && form && <Complete item={item} form={form} />}
      <ItemCommands item={item} />
    </details>
  );
}

/** What a visit or a talk came to, for those who may read it: read when someone asks for it. */
function Recorded({ item, process, form }: ItemProps & { readonly form: Schema }) {
  const { t } = useTranslation();
  const path = `/cases/${item.case}/items/${item.id}`;
  const found = useQuery({ queryKey: ['case', item.case, 'item', item.id], queryFn: ({ signal }) => get<RoundItem>(path, signal) });
  if (found.error) return <Refused error={found.error} retry={found.refetch} />;
  if (found.data === undefined) return <Loading rows={2} />;
  return found.data.redacted ? (
    <p className="quiet">{t('case.itemRedacted')}</p>
  ) : (
    <FormValues of={found.data.data} form={form} process={process} />
  );
}

function Complete({ item, form }: { readonly item: RoundItem; readonly form: Schema }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isDone, setDone] = useState(false);
  const complete = useAction((key, data: unknown) =>
    send('POST', `/cases/${item.case}/items/${item.id}/complete`, { body: { data }, key }),
  );
  const submit = async (data: unknown) => {
    if ((await complete.run(data)) === undefined) return false;
    setDone(true);
    message.success(t('commands.done'));
    await Promise.all(['case', 'items'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    return true;
  };
  if (isDone) return null;
  return <SchemaForm schema={form} submitLabel={t('form.submit')} isBusy={complete.isBusy} refusal={complete.refusal} onSubmit={submit} />;
}
