import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../contract/client.ts';
import type { Duration, Text } from '../../contract/types.ts';
import { Loading, Refused } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { date, dateAndTime } from '../../time/instants.ts';
import { durationInWords } from '../../values/values.tsx';

interface Explanation {
  readonly from: string;
  readonly limit: Duration;
  /** `counts`: how much of the limit has run when the day ends. */
  readonly days: readonly {
    readonly date: string;
    readonly working: boolean;
    readonly counts: number | null;
    readonly name?: Text;
    readonly provisional?: boolean;
  }[];
  readonly moves: readonly { readonly at: string; readonly type: string; readonly dueAt: string | null }[];
}

/** A due date day by day, read when it is asked for. */
export function WhyThisDate({ task }: { readonly task: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data, error, isFetching } = useQuery({
    queryKey: ['task', task],
    queryFn: ({ signal }) => get<{ explain: Explanation | null }>(`/tasks/${task}`, signal),
    enabled: isOpen,
  });
  return (
    <details className="why" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('case.why')}</summary>
      {isFetching && !data && <Loading rows={2} />}
      {error && <Refused error={error} />}
      {data && (data.explain ? <Days of={data.explain} /> : <p className="quiet">{t('case.whyNot')}</p>)}
    </details>
  );
}

function Days({ of: { from, limit, days, moves } }: { readonly of: Explanation }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="quiet">{t('case.whyLead', { limit: durationInWords(limit, t), from: dateAndTime(from) })}</p>
      <ol className="days">
        {days.map(({ date: day, working, counts, name, provisional }) => (
          <li key={day} className={working ? 'day' : 'day off'}>
            <span>{date(`${day}T12:00:00+08:00`)}</span>
            <span>
              {said(name) || t(working ? 'case.workingDay' : 'case.dayOff')} {provisional && t('case.provisional')}
            </span>
            <span>{counts ?? '—'}</span>
          </li>
        ))}
      </ol>
      {moves.map(({ at, type, dueAt }) => (
        <p key={at} className="quiet">
          {dateAndTime(at)} {t(`case.moves.${type}`, { defaultValue: type })} {dueAt && `→ ${dateAndTime(dueAt)}`}
        </p>
      ))}
    </>
  );
}
