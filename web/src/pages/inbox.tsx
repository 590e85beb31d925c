import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { get } from '../contract/client.ts';
import type { Page, Task } from '../contract/types.ts';
import { BulkBar } from '../parts/bulk-bar.tsx';
import { Loading, Nothing, Refused } from '../parts/states.tsx';
import { TaskRow } from '../parts/task-row.tsx';
import { InboxFilters, queryOf } from './inbox-filters.tsx';
import { useInboxKeys } from './inbox-keys.ts';

/** Everything that the reader may do or has done, by due date, with filters that live in the address. */
export function InboxPage() {
  const { t } = useTranslation();
  const go = useNavigate();
  const [params] = useSearchParams();
  const [selected, select] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLDivElement>(null);
  const asked = queryOf(params);
  const tasks = useInfiniteQuery({
    queryKey: ['tasks', 'inbox', asked],
    queryFn: ({ pageParam, signal }) => get<Page<Task>>(`/tasks?${asked}&limit=50${pageParam}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`),
  });
  const rows = tasks.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = tasks.data?.pages[0]?.total;
  const toggle = (id: string) => select((before) => (before.has(id) ? without(before, id) : new Set([...before, id])));
  const current = useInboxKeys({ rows, list, open: (task) => go(`/cases/${task.case}#${task.id}`), toggle });
  const isOpen = (params.get('show') ?? 'mine') !== 'done';

  return (
    <>
      <div className="page-head">
        <h1>{t('inbox.title')}</h1>
        {total !== undefined && <span className="quiet">{t('inbox.count', { count: total })}</span>}
      </div>
      <InboxFilters />
      {selected.size > 0 && <BulkBar tasks={rows.filter(({ id }) => selected.has(id))} onDone={() => select(new Set())} />}
      {tasks.error ? (
        <Refused error={tasks.error} retry={tasks.refetch} />
      ) : tasks.isPending ? (
        <Loading rows={8} />
      ) : rows.length === 0 ? (
        <Nothing>{t('inbox.empty')}</Nothing>
      ) : (
        <div className="panel" ref={list}>
          {rows.map((task, index) => (
            <div key={task.id} className={index === current ? 'picked current' : 'picked'}>
              {isOpen && (
                <Checkbox checked={selected.has(task.id)} onChange={() => toggle(task.id)} aria-label={`${task.case} ${task.title.zh}`} />
              )}
              <TaskRow task={task} isCurrent={index === current} />
            </div>
          ))}
          {tasks.hasNextPage && (
            <Button block type="text" loading={tasks.isFetchingNextPage} onClick={() => tasks.fetchNextPage()}>
              {t('inbox.more')}
            </Button>
          )}
        </div>
      )}
      <p className="quiet wide-only">{t('inbox.keys')}</p>
    </>
  );
}

const without = (all: ReadonlySet<string>, one: string): ReadonlySet<string> => new Set([...all].filter((each) => each !== one));
