import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { API, get } from '../../contract/client.ts';
import type { Text } from '../../contract/types.ts';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';

interface FileEntry {
  readonly id: string;
  readonly name: string;
  readonly addedAt: string;
}

interface IssuedDocument {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly at: string;
}

/** Attachments and documents, to be opened. */
export function Files({ number }: { readonly number: string }) {
  const { t } = useTranslation();
  const files = useQuery({
    queryKey: ['case', number, 'files'],
    queryFn: ({ signal }) => get<{ items: readonly FileEntry[] }>(`/cases/${number}/attachments`, signal),
    retry: false,
  });
  const documents = useQuery({
    queryKey: ['case', number, 'documents'],
    queryFn: ({ signal }) => get<{ issued: readonly IssuedDocument[] }>(`/cases/${number}/documents`, signal),
    retry: false,
  });
  const attached = files.data?.items ?? [];
  const issued = documents.data?.issued ?? [];
  return (
    <section className="panel padded" aria-label={t('case.files')}>
      <h2>{t('case.files')}</h2>
      {attached.length + issued.length === 0 && <p className="quiet">{t('case.noFiles')}</p>}
      <ul className="values">
        {issued.map(({ id, number: documentNumber, title, at }) => (
          <li key={id}>
            <a href={`${API}/cases/${number}/documents/${id}?format=pdf`}>
              {said(title)} {documentNumber}
            </a>{' '}
            <span className="quiet">{dateAndTime(at)}</span>
          </li>
        ))}
        {attached.map(({ id, name, addedAt }) => (
          <li key={id}>
            <a href={`${API}/attachments/${id}`}>{name}</a> <span className="quiet">{dateAndTime(addedAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
