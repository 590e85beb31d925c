import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { PolicyProcess, PolicyTask, Simulated } from '../../contract/admin.ts';
import { get } from '../../contract/client.ts';
import { Panel } from '../../parts/panel.tsx';
import { Loading, Nothing, Refused } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { date, dateAndTime } from '../../time/instants.ts';
import { instantOf, pickedOf } from '../../time/picked.ts';
import { durationInWords } from '../../values/values.tsx';
import { usePolicy } from './policy.tsx';

/** What would be due when: a task, a limit and a start give the date, its days and every rung. The question stands in the address. */
export function SimulatePage() {
  const { t } = useTranslation();
  const policy = usePolicy();
  const [params, setParams] = useSearchParams();
  if (policy.error) return <Refused error={policy.error} retry={policy.refetch} />;
  if (policy.isPending) return <Loading rows={8} />;
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.simulate')}</h1>
      </div>
      <p className="lead">{t('admin.simulate.lead')}</p>
      <Question processes={policy.data.processes} asked={params} ask={(next) => setParams(next, { replace: true })} />
      {isWhole(params, policy.data.processes) ? <Answer asked={params.toString()} /> : <Nothing>{t('admin.simulate.choose')}</Nothing>}
    </>
  );
}

interface QuestionProps {
  readonly processes: readonly PolicyProcess[];
  readonly asked: URLSearchParams;
  readonly ask: (next: Record<string, string>) => void;
}

function Question({ processes, asked, ask }: QuestionProps) {
  const { t } = useTranslation();
  const { process = '', task = '', limit = '', from = '' } = Object.fromEntries(asked);
  const tasks = tasksOf(processes, process);
  const start = from === '' ? new Date().toISOString() : from;
  const chooseTask = (key: string) => {
    const chosen = tasks.find((each) => each.key === key);
    const tier = chosen?.limit === null ? Object.keys(chosen.limits)[0] : undefined;
    ask({ process, task: key, from: start, ...(tier !== undefined && { limit: tier }) });
  };
  return (
    <Form layout="vertical" className="question">
      <Form.Item label={t('admin.simulate.process')} htmlFor="process">
        <Select
          id="process"
          showSearch={{ optionFilterProp: 'label' }}
          value={process || null}
          onChange={(value) => ask({ process: value, from: start })}
          options={processes.map(({ id, title }) => ({ value: id, label: said(title) }))}
        />
      </Form.Item>
      <Form.Item label={t('admin.simulate.task')} htmlFor="task">
        <Select
          id="task"
          disabled={process === ''}
          value={task || null}
          onChange={chooseTask}
          options={tasks.map(({ key, title, limit: own, limits: further }) => ({
            value: key,
            label: said(title),
            disabled: own === null && Object.keys(further).length === 0,
          }))}
        />
      </Form.Item>
      <LimitField
        of={tasks.find(({ key }) => key === task)}
        value={limit}
        onChange={(value) => ask({ process, task, from: start, ...(value !== '' && { limit: value }) })}
      />
      <Form.Item label={t('admin.simulate.from')} htmlFor="from">
        <DatePicker
          id="from"
          className="full"
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          allowClear={false}
          value={pickedOf(start)}
          onChange={(value) => value && ask({ process, task, from: instantOf(value), ...(limit !== '' && { limit }) })}
        />
      </Form.Item>
    </Form>
  );
}

interface LimitFieldProps {
  readonly of: PolicyTask | undefined;
  /** The name of a further limit; empty for the usual one. */
  readonly value: string;
  readonly onChange: (name: string) => void;
}

function LimitField({ of: task, value, onChange }: LimitFieldProps) {
  const { t } = useTranslation();
  const usual = task?.limit ?? null;
  const further = Object.entries(task?.limits ?? {});
  return (
    <Form.Item label={t('admin.simulate.limit')} htmlFor="limit">
      <Select
        id="limit"
        disabled={further.length === 0}
        value={value}
        onChange={onChange}
        options={[
          ...(usual === null ? [] : [{ value: '', label: `${t('admin.simulate.usual')} (${durationInWords(usual, t)})` }]),
          ...further.map(([name, duration]) => ({ value: name, label: `${name} (${durationInWords(duration, t)})` })),
        ]}
      />
    </Form.Item>
  );
}

function Answer({ asked }: { readonly asked: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['policy', 'simulate', asked],
    queryFn: ({ signal }) => get<Simulated>(`/policy/simulate?${asked}`, signal),
  });
  if (error) return <Refused error={error} retry={refetch} />;
  if (isPending) return <Loading />;
  return (
    <>
      <p className="answer" role="status">
        {t('admin.simulate.due')} <time dateTime={data.dueAt}>{dateAndTime(data.dueAt)}</time>
        <span className="quiet">{durationInWords(data.limit, t)}</span>
      </p>
      <div className="beside even">
        <Panel title={t('case.why')}>
          <ol className="days in-panel">
            {data.days.map(({ date: day, working, counts, name, provisional }) => (
              <li key={day} className={working ? 'day' : 'day off'}>
                <span>{date(`${day}T12:00:00+08:00`)}</span>
                <span>
                  {said(name)}
                  {provisional && ` ${t('admin.calendar.provisional')}`}
                </span>
                <span>{counts ?? '—'}</span>
              </li>
            ))}
          </ol>
        </Panel>
        <Panel title={t('admin.simulate.rungs')} isEmpty={data.rungs.length === 0} empty={t('admin.simulate.noRungs')}>
          {data.rungs.map(({ at, kind, kindTitle, toTitle, level, repeats }) => (
            <div key={`${at} ${kind} ${level}`} className="row">
              <span className="row-main">
                <span className="row-title">
                  {said(kindTitle)} → {said(toTitle)}
                </span>
                {repeats && <span className="quiet">{t('admin.simulate.repeats', { time: durationInWords(repeats, t) })}</span>}
              </span>
              <time dateTime={at}>{dateAndTime(at)}</time>
            </div>
          ))}
        </Panel>
      </div>
    </>
  );
}

const tasksOf = (processes: readonly PolicyProcess[], process: string) => processes.find(({ id }) => id === process)?.tasks ?? [];

const isWhole = (asked: URLSearchParams, processes: readonly PolicyProcess[]): boolean =>
  asked.has('from') && tasksOf(processes, asked.get('process') ?? '').some(({ key }) => key === asked.get('task'));
