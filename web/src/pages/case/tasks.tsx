import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { send } from '../../contract/client.ts';
import type { Case, Task } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { SchemaForm } from '../../forms/schema-form.tsx';
import { Level } from '../../parts/task-row.tsx';
import { said } from '../../texts/i18n.ts';
import { Due } from '../../time/due.tsx';
import { dateAndTime } from '../../time/instants.ts';
import { FormValues, Values } from '../../values/values.tsx';
import { Rungs } from './rungs.tsx';
import { TaskCommands } from './task-commands.tsx';
import { TaskNotes } from './task-notes.tsx';
import { WhyThisDate } from './why-this-date.tsx';

/** The open tasks with their forms in place, then what was done. */
export function Tasks({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const { hash } = useLocation();
  const open = it.tasks.filter(({ state }) => state === 'open');
  const done = useOpenInPrint();
  const closed = it.tasks.filter(({ state }) => state !== 'open').toReversed();

  useEffect(() => {
    if (hash.length > 1) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView({ block: 'start' });
  }, [hash]);

  return (
    <section aria-label={t('case.tasks')}>
      <Waits it={it} />
      {open.map((task) => (
        <OpenTask key={task.id} task={task} it={it} />
      ))}
      {closed.length > 0 && (
        <details className="panel padded" open={open.length === 0} ref={done}>
          <summary>
            {t('inbox.done')} · {closed.length}
          </summary>
          {closed.map((task) => (
            <ClosedTask key={task.id} task={task} it={it} />
          ))}
        </details>
      )}
    </section>
  );
}

/** What is folded away on the screen is printed all the same. */
function useOpenInPrint() {
  const folded = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const open = () => folded.current?.setAttribute('open', '');
    window.addEventListener('beforeprint', open);
    return () => window.removeEventListener('beforeprint', open);
  }, []);
  return folded;
}

function Waits({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  if (it.waits.length === 0 || it.state === 'closed') return null;
  return (
    <p className="panel padded">
      {t('case.waitingFor')}{' '}
      {it.waits
        .map(({ key, on, endsAt }) => {
          const what = on ?? (key === 'suspension' ? t('case.suspended') : said(it.stageTitle));
          return endsAt ? `${what} ${t('case.waitingUntil', { at: dateAndTime(endsAt) })}` : what;
        })
        .join('；')}
    </p>
  );
}

function OpenTask({ task, it }: { readonly task: Task; readonly it: Case }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const complete = useAction((key, data: unknown) => send<Case>('POST', `/tasks/${task.id}/complete`, { body: { data }, key }));
  const refresh = () => Promise.all(['case', 'tasks', 'events', 'cases'].map((key) => queries.invalidateQueries({ queryKey: [key] })));

  const submit = async (data: unknown) => {
    const after = await complete.run(data);
    if (after) {
      queries.setQueryData(['case', it.number], after);
      message.success(t('commands.done'));
    }
    await refresh();
    return after !== undefined;
  };
  return (
    <section className="panel padded task" id={task.id} aria-label={said(task.title)}>
      <div className="task-head">
        <h2>{said(task.title)}</h2>
        <span className="row-end">
          <Level of={task.escalationLevel} />
          <Due of={task} />
        </span>
      </div>
      <p className="quiet">
        {task.assigneeName ?? `${task.unitName} ${said(task.roleTitle)}`} · {t('case.openSince', { at: dateAndTime(task.openedAt) })}
      </p>
      {task.context !== undefined && (
        <div className="context">
          <h3>{t('case.context')}</h3>
          <Values of={task.context} process={it.process} />
        </div>
      )}
      {task.may?.includes('complete') && <TaskNotes task={task.id} />}
      {task.form && task.may?.includes('complete') && (
        <SchemaForm
          schema={task.form}
          draft={task.id}
          submitLabel={t('form.submit')}
          isBusy={complete.isBusy}
          refusal={complete.refusal}
          onSubmit={submit}
        />
      )}
      <TaskCommands task={task} onDone={refresh} />
      {task.dueAt !== null && <WhyThisDate task={task.id} />}
      <Rungs of={task} />
    </section>
  );
}

function ClosedTask({ task, it }: { readonly task: Task; readonly it: Case }) {
  const { t } = useTranslation();
  const by = task.closedBy ? (it.people[task.closedBy]?.name ?? task.closedBy) : '—';
  const how = task.state === 'done' ? 'case.doneBy' : 'case.endedUndone';
  return (
    <div className="closed-task" id={task.id}>
      <h3>{said(task.title)}</h3>
      {task.closedAt && <p className="quiet">{t(how, { name: by, at: dateAndTime(task.closedAt) })}</p>}
      {task.answer !== undefined && <Answer task={task} it={it} />}
    </div>
  );
}

/** Side tasks that every process has bring their form along; the others' stand in their process. */
function Answer({ task: { key, answer, form }, it: { process } }: { readonly task: Task; readonly it: Case }) {
  return form ? <FormValues of={answer} form={form} process={process} /> : <Values of={answer} process={process} form={key} />;
}
