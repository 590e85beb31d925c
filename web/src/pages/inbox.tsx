import { useInfiniteQuery } from '@tanstack/react-query';
import { memo, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { get } from '../contract/client.ts';
import type { Page, Task } from '../contract/types.ts';
import { BulkBar } from '../parts/bulk-bar.tsx';
import { MoreRows } from '../parts/more-rows.tsx';
import { useProcessTitle } from '../parts/processes.ts';
import { Loading, Nothing, Refused } from '../parts/states.tsx';
import { TaskRow } from '../parts/task-row.tsx';
import { said } from '../texts/i18n.ts';
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
  const titleOf = useProcessTitle();
  const toggle = useCallback((id: string) => select((before) => (before.has(id) ? without(before, id) : new Set([...before, id]))), []);
  const current = useInboxKeys({ rows, list, open: (task) => go(`/cases/${task.case}#${task.id}`), toggle });
  const isOpen = (params.get('show') ?? 'mine') !== 'done';

  return (
    <>
      <title>{`${t('inbox.title')} · ${t('app.name')}`}</title>
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
            <InboxRow
              key={task.id}
              task={task}
              title={titleOf(task.process)}
              isCurrent={index === current}
              isSelected={selected.has(task.id)}
              toggle={isOpen ? toggle : null}
            />
          ))}
          {tasks.hasNextPage && <MoreRows isFetching={tasks.isFetchingNextPage} fetch={tasks.fetchNextPage} />}
        </div>
      )}
      <p className="quiet wide-only">{t('inbox.keys')}</p>
    </>
  );
}

interface RowProps {
  readonly task: Task;
  /** Of its process. */
  readonly title: string;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  /** Null where nothing can be done with it. */
  readonly toggle: ((id: string) => void) | null;
}

/** Drawn again only when it changes itself: there may be thousands. */
const InboxRow = memo(function InboxRow({ task, title, isCurrent, isSelected, toggle }: RowProps) {
  return (
    <div className={isCurrent ? 'picked current' : 'picked'}>
      {toggle && (
        <input type="checkbox" checked={isSelected} onChange={() => toggle(task.id)} aria-label={`${task.case} ${said(task.title)}`} />
      )}
      <TaskRow task={task} process={title} isCurrent={isCurrent} />
    </div>
  );
});

const without = (all: ReadonlySet<string>, one: string): ReadonlySet<string> => new Set([...all].filter((each) => each !== one));
