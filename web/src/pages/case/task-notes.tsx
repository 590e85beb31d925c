import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { get } from '../../contract/client.ts';
import type { Text } from '../../contract/types.ts';
import { said } from '../../texts/i18n.ts';
import { date, dateAndTime } from '../../time/instants.ts';

interface TaskFile {
  readonly marks: readonly { readonly kind: string; readonly until: string }[];
  readonly notes: readonly { readonly kind: string; readonly at: string; readonly summary: Text; readonly text?: string }[];
}

/** What whoever does a task has to weigh: marks that protect the subject, and what was done to it on its way and why. */
export function TaskNotes({ task }: { readonly task: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ['task', task], queryFn: ({ signal }) => get<TaskFile>(`/tasks/${task}`, signal) });
  return (
    <>
      {data?.marks.map(({ kind, until }) => (
        <Alert
          key={`${kind} ${until}`}
          className="gap-below"
          type="warning"
          title={t('case.marked', { kind: t(`me.kinds.${kind}`, { defaultValue: kind }), until: date(until) })}
        />
      ))}
      {data && data.notes.length > 0 && (
        <ul className="values gap-below">
          {data.notes.map(({ kind, at, summary, text }) => (
            <li key={`${at} ${kind}`}>
              <span className="quiet">{dateAndTime(at)}</span> {said(summary)} {text && <span className="prose">{text}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
