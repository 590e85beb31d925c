import { CloseOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popover, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, send } from '../contract/client.ts';
import { useAction } from '../contract/use-action.ts';

interface View {
  readonly name: string;
  readonly filters: string;
}
type Views = readonly View[];

interface Props {
  readonly current: string;
  readonly open: (filters: string) => void;
}

/** Filters that the reader keeps under a name, on whatever device. */
export function SavedViews({ current, open }: Props) {
  const { t } = useTranslation();
  const { views, keep, isBusy } = useSavedViews();
  const [isNaming, setNaming] = useState(false);
  const save = async (given: string) => {
    const name = given.trim();
    if (name === '') return;
    const isKept = await keep((all) => [...all.filter((view) => view.name !== name), { name, filters: current }]);
    if (isKept) setNaming(false);
  };
  return (
    <>
      {views.map(({ name, filters }) => (
        <Tag
          key={name}
          color={filters === current ? 'blue' : undefined}
          closable
          closeIcon={<CloseOutlined aria-label={t('inbox.deleteView', { name })} />}
          onClose={(event) => {
            event.preventDefault(); // it goes when the service has let it go
            void keep((all) => all.filter((view) => view.name !== name));
          }}
        >
          <button type="button" className="plain" onClick={() => open(filters)}>
            {name}
          </button>
        </Tag>
      ))}
      {current !== '' && (
        <Popover
          trigger="click"
          open={isNaming}
          onOpenChange={setNaming}
          destroyOnHidden
          content={
            <Input.Search
              autoFocus
              aria-label={t('inbox.viewName')}
              placeholder={t('inbox.viewName')}
              maxLength={40}
              loading={isBusy}
              enterButton={t('commands.confirm')}
              onSearch={save}
            />
          }
        >
          <Button type="link">{t('inbox.saveView')}</Button>
        </Popover>
      )}
    </>
  );
}

function useSavedViews() {
  const queries = useQueryClient();
  const read = { queryKey: ['views'], queryFn: async () => (await get<{ items: Views }>('/me/views')).items };
  const { data: views = [] } = useQuery(read);
  // From the newest ones: another device may have kept some since.
  const { run, isBusy } = useAction(async (_key, change: (all: Views) => Views) => {
    const items = change(await queries.fetchQuery({ ...read, staleTime: 0 }));
    await send('PUT', '/me/views', { body: { items } });
    queries.setQueryData(read.queryKey, items);
    return true;
  });
  return { views, isBusy, keep: async (change: (all: Views) => Views): Promise<boolean> => (await run(change)) ?? false };
}
