import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../contract/client.ts';
import type { Case } from '../../contract/types.ts';
import { Loading } from '../../parts/states.tsx';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';

/** Who read what was copied to them. */
function Readers({ number }: { readonly number: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['case', number, 'readers'],
    queryFn: ({ signal }) => get<{ items: readonly Reader[] }>(`/cases/${number}/readers`, signal),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <h3>{t('case.readers')}</h3>
      <ul className="values">
        {data.items.map(({ person, name, readAt }) => (
          <li key={person}>
            {name} <span className="quiet">{readAt ? t('case.readAt', { at: dateAndTime(readAt) }) : t('case.unread')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface Reader {
  readonly person: string;
  readonly name: string;
  readonly readAt: string | null;
}

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
      {it.may.includes('readers') && <Readers number={it.number} />}
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
