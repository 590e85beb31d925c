import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { holds, useMe } from '../app/session.tsx';
import { get, send } from '../contract/client.ts';
import type { CaseRow, Draft, Notice, Page, Task } from '../contract/types.ts';
import { CaseLine } from '../parts/case-line.tsx';
import { useNotices } from '../parts/notice-bell.tsx';
import { Panel } from '../parts/panel.tsx';
import { useProcessTitle } from '../parts/processes.ts';
import { TaskRow } from '../parts/task-row.tsx';
import { said } from '../texts/i18n.ts';
import { ago } from '../time/due.tsx';

/** What the reader is to do, what they wait for, what changed. */
export function HomePage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <title>{`${t('nav.home')} · ${t('app.name')}`}</title>
      <div className="page-head">
        <h1>{t('home.greeting', { name: me.name })}</h1>
        <Link to="/start" className="start-link">
          {t('home.start')}
        </Link>
      </div>
      <div className="home">
        <div>
          <Drafts />
          <MyTasks />
          <OverdueInUnit />
        </div>
        <div>
          <Waiting />
          <Changes />
        </div>
      </div>
    </>
  );
}

function MyTasks() {
  const { t } = useTranslation();
  const titleOf = useProcessTitle();
  const tasks = useQuery({
    queryKey: ['tasks', 'home'],
    queryFn: ({ signal }) => get<Page<Task>>('/tasks?mine=true&sort=dueAt&limit=8', signal),
  });
  const total = tasks.data?.total ?? tasks.data?.items.length ?? 0;
  return (
    <Panel
      title={t('home.due')}
      extra={total > 0 && <Link to="/inbox">{t('home.allTasks', { count: total })}</Link>}
      reading={tasks}
      empty={t('home.nothingDue')}
      isEmpty={tasks.data?.items.length === 0}
    >
      {tasks.data?.items.map((task) => (
        <TaskRow key={task.id} task={task} process={titleOf(task.process)} />
      ))}
    </Panel>
  );
}

/** For leaders: what is late in their unit; nothing where all is in time. */
function OverdueInUnit() {
  const { t } = useTranslation();
  const me = useMe();
  const titleOf = useProcessTitle();
  const isLeader = holds(me, 'unit-leader', 'deputy-leader', 'supervision-desk');
  const late = useQuery({
    queryKey: ['tasks', 'unit', 'late'],
    queryFn: ({ signal }) => get<Page<Task>>('/tasks?mine=unit&due=overdue&sort=dueAt&limit=8', signal),
    enabled: isLeader,
  });
  if (!late.data || late.data.items.length === 0) return null;
  return (
    <Panel title={t('home.late')} extra={<Link to="/inbox?show=unit&due=overdue">{t('home.all')}</Link>}>
      {late.data.items.map((task) => (
        <TaskRow key={task.id} task={task} process={titleOf(task.process)} />
      ))}
    </Panel>
  );
}

/** Forms that were begun and not sent; nothing where there are none. */
function Drafts() {
  const { t } = useTranslation();
  const titleOf = useProcessTitle();
  const drafts = useQuery({ queryKey: ['drafts'], queryFn: ({ signal }) => get<{ items: readonly Draft[] }>('/me/drafts', signal) });
  if (!drafts.data || drafts.data.items.length === 0) return null;
  return (
    <Panel title={t('home.drafts')}>
      {drafts.data.items.map(({ target, savedAt }) => {
        const process = target.startsWith('start:') ? target.slice('start:'.length) : null;
        const number = target.split('.')[0] ?? target;
        return (
          <Link key={target} to={process ? `/start/${process}` : `/cases/${number}#${target}`} className="row">
            <span className="row-main">{process ? titleOf(process) : t('home.draftOf', { number })}</span>
            <span className="quiet">{ago(t, savedAt)}</span>
          </Link>
        );
      })}
    </Panel>
  );
}

function Waiting() {
  const { t } = useTranslation();
  const me = useMe();
  const cases = useQuery({
    queryKey: ['cases', 'mine', me.id],
    queryFn: ({ signal }) => get<Page<CaseRow>>(`/cases?subject=${encodeURIComponent(me.id)}&state=open&limit=6`, signal),
  });
  return (
    <Panel title={t('home.waiting')} reading={cases} empty={t('home.nothingWaiting')} isEmpty={cases.data?.items.length === 0}>
      {cases.data?.items.map((row) => (
        <CaseLine key={row.number} row={row} />
      ))}
    </Panel>
  );
}

function Changes() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const notices = useNotices();
  const unread = notices.data?.items.filter(({ readAt }) => readAt === null).map(({ id }) => id) ?? [];
  const markRead = useMutation({
    mutationFn: () => send('POST', '/notifications/read', { body: { ids: unread } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  });
  return (
    <Panel
      id="notices"
      title={t('home.changed')}
      extra={
        unread.length > 0 && (
          <Button type="link" size="small" loading={markRead.isPending} onClick={() => markRead.mutate()}>
            {t('home.markRead')}
          </Button>
        )
      }
      reading={notices}
      empty={t('home.nothingChanged')}
      isEmpty={notices.data?.items.length === 0}
    >
      {notices.data?.items.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </Panel>
  );
}

function NoticeLine({ notice: { text, at, case: number, task, readAt } }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const body = (
    <>
      <span className="row-main">{said(text)}</span>
      <span className="quiet">{ago(t, at)}</span>
    </>
  );
  const className = readAt === null ? 'row unread' : 'row';
  if (number === null) return <div className={className}>{body}</div>;
  return (
    <Link to={`/cases/${number}${task === null ? '' : `#${task}`}`} className={className}>
      {body}
    </Link>
  );
}
