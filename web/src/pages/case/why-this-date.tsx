import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../contract/client.ts';
import type { Duration, Text } from '../../contract/types.ts';
import { Loading, Refused } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { date } from '../../time/instants.ts';

interface Explained {
  readonly explain: {
    readonly from: string;
    readonly limit: Duration;
    readonly days: readonly { readonly date: string; readonly working: boolean; readonly counts: number | null; readonly name?: Text }[];
  } | null;
}

/** A due date day by day, read when it is asked for. */
export function WhyThisDate({ task }: { readonly task: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data, error, isFetching } = useQuery({
    queryKey: ['task', task],
    queryFn: ({ signal }) => get<Explained>(`/tasks/${task}`, signal),
    enabled: isOpen,
  });
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('case.why')}</summary>
      {isFetching && !data && <Loading rows={2} />}
      {error && <Refused error={error} />}
      {data?.explain && (
        <ol className="days">
          {data.explain.days.map(({ date: day, working, counts, name }) => (
            <li key={day} className={working ? 'day' : 'day off'}>
              <span>{date(`${day}T12:00:00+08:00`)}</span>
              <span>{said(name)}</span>
              <span>{counts ?? '—'}</span>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
