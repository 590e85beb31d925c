import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { API, get, send } from '../../contract/client.ts';
import type { Case, Text } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';

interface FileEntry {
  readonly id: string;
  readonly name: string;
  readonly addedAt: string;
}

interface Documents {
  readonly items: readonly {
    readonly id: string;
    readonly number: string;
    readonly title: Text;
    readonly issuedAt: string;
    readonly replacedBy: string | null;
  }[];
  readonly kinds: readonly { readonly kind: string; readonly title: Text }[];
}

/** Attachments and documents, to be opened; documents that can be issued now. */
export function Files({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { number } = it;
  const files = useQuery({
    queryKey: ['case', number, 'files'],
    queryFn: ({ signal }) => get<{ items: readonly FileEntry[] }>(`/cases/${number}/attachments`, signal),
    enabled: !it.redacted.includes('data'),
  });
  const documents = useQuery({
    queryKey: ['case', number, 'documents'],
    queryFn: ({ signal }) => get<Documents>(`/cases/${number}/documents`, signal),
  });
  const issue = useAction((key, kind: string) => send('POST', `/cases/${number}/documents`, { body: { kind }, key }));
  const attached = files.data?.items ?? [];
  const { items: issued, kinds } = documents.data ?? { items: [], kinds: [] };
  const run = async (kind: string) => {
    if ((await issue.run(kind)) === undefined) return;
    message.success(t('commands.done'));
    await queries.invalidateQueries({ queryKey: ['case', number] });
  };
  return (
    <section className="panel padded" aria-label={t('case.files')}>
      <h2>{t('case.files')}</h2>
      {attached.length + issued.length === 0 && <p className="quiet">{t('case.noFiles')}</p>}
      <ul className="values">
        {issued.map(({ id, number: documentNumber, title, issuedAt, replacedBy }) => (
          <li key={id}>
            <a href={`${API}/cases/${number}/documents/${id}?format=pdf`}>
              {said(title)} {documentNumber}
            </a>{' '}
            · <a href={`${API}/cases/${number}/documents/${id}?format=docx`}>Word</a>{' '}
            <span className="quiet">
              {dateAndTime(issuedAt)} {replacedBy !== null && t('case.replaced')}
            </span>
          </li>
        ))}
        {attached.map(({ id, name, addedAt }) => (
          <li key={id}>
            <a href={`${API}/attachments/${id}`}>{name}</a> <span className="quiet">{dateAndTime(addedAt)}</span>
          </li>
        ))}
      </ul>
      {it.may.includes('issue-document') && kinds.length > 0 && (
        <Space wrap className="no-print">
          {kinds.map(({ kind, title }) => (
            <Button key={kind} size="small" loading={issue.isBusy} onClick={() => run(kind)}>
              {t('case.issue', { what: said(title) })}
            </Button>
          ))}
        </Space>
      )}
    </section>
  );
}
