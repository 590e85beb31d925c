import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../contract/client.ts';
import type { Case } from '../../contract/types.ts';
import { Loading } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';

interface Look {
  readonly person: string;
  readonly name: string;
  readonly what: string;
  readonly at: string;
}

/** Who takes part, and who looked. */
export function People({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const looks = useQuery({
    queryKey: ['case', it.number, 'looks'],
    queryFn: ({ signal }) => get<{ items: readonly Look[] }>(`/cases/${it.number}/looks`, signal),
    enabled: isOpen,
    retry: false,
  });
  return (
    <section className="panel padded" aria-label={t('case.people')}>
      <h2>{t('case.people')}</h2>
      <ul className="values">
        {it.participants.map(({ person, role, roleTitle }) => (
          <li key={`${person} ${role}`}>
            {it.people[person]?.name ?? person} <span className="quiet">{said(roleTitle)}</span>
          </li>
        ))}
      </ul>
      {it.may.includes('looks') && (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>{t('case.looks')}</summary>
          {looks.isFetching && !looks.data && <Loading rows={2} />}
          {looks.error && <p className="quiet">{looks.error.message}</p>}
          <ul className="values">
            {looks.data?.items.map(({ person, name, at }) => (
              <li key={`${person} ${at}`}>
                {name} <span className="quiet">{dateAndTime(at)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
