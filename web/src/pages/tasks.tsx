import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { get } from '../contract/client.ts';
import type { Page, Task } from '../contract/types.ts';
import { FilterChips } from '../parts/filter-chips.tsx';
import { queryOf, taskFilters } from '../parts/filters.ts';
import { useProcessTitle } from '../parts/processes.ts';
import { Loading, Nothing, Refused } from '../parts/states.tsx';
import { TaskRow } from '../parts/task-row.tsx';

/** The tasks, of whomever, that a figure counted: every filter of `GET /tasks` stands in the address. */
export function TasksPage() {
  const { t } = useTranslation();
  const titleOf = useProcessTitle();
  const [params] = useSearchParams();
  const asked = queryOf(params, taskFilters).toString();
  const tasks = useInfiniteQuery({
    queryKey: ['tasks', 'list', asked],
    queryFn: ({ pageParam, signal }) => get<Page<Task>>(`/tasks?${asked}&limit=50${pageParam}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`),
  });
  const rows = tasks.data?.pages.flatMap(({ items }) => items) ?? [];

  return (
    <>
      <div className="page-head">
        <h1>{t('tasks.title')}</h1>
      </div>
      <FilterChips known={taskFilters} />
      {tasks.error ? (
        <Refused error={tasks.error} retry={tasks.refetch} />
      ) : tasks.isPending ? (
        <Loading rows={8} />
      ) : rows.length === 0 ? (
        <Nothing>{t('inbox.empty')}</Nothing>
      ) : (
        <div className="panel">
          {rows.map((task) => (
            <TaskRow key={task.id} task={task} process={titleOf(task.process)} namesAssignee />
          ))}
          {tasks.hasNextPage && (
            <Button block type="text" loading={tasks.isFetchingNextPage} onClick={() => tasks.fetchNextPage()}>
              {t('inbox.more')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
