import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, send } from '../../contract/client.ts';
import type { Case, Schema, Text } from '../../contract/types.ts';
import { useAction } from '../../contract/use-action.ts';
import { SchemaForm } from '../../forms/schema-form.tsx';
import { Panel } from '../../parts/panel.tsx';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';
import { PersonName } from '../../values/names.tsx';
import { FormValues } from '../../values/values.tsx';

interface Records {
  readonly items: readonly {
    readonly no: number;
    readonly record: string;
    readonly data: unknown;
    readonly by: string;
    readonly at: string;
    readonly replaces: number | null;
    readonly reason: string | null;
  }[];
  readonly forms: Readonly<Record<string, { readonly title: Text; readonly form: Schema }>>;
}

/** 调查卷: allegations, people, interviews, evidence and findings, entry by entry. */
export function Inquiry({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const records = useQuery({
    queryKey: ['case', it.number, 'records'],
    queryFn: ({ signal }) => get<Records>(`/cases/${it.number}/records`, signal),
  });
  const forms = records.data?.forms ?? {};
  return (
    <Panel title={t('case.inquiry')} reading={records}>
      {records.data?.items.map(({ no, record, data, by, at, replaces, reason }) => (
        <details key={no} className="entry">
          <summary>
            {no}. {said(forms[record]?.title)}
            {replaces !== null && ` ${t('case.replaces', { no: replaces, reason })}`}
          </summary>
          <p className="quiet">
            <PersonName id={by} /> · {dateAndTime(at)}
          </p>
          {forms[record] && <FormValues of={data} form={forms[record].form} process={it.process} />}
        </details>
      ))}
      {records.data?.items.length === 0 && <p className="nothing">{t('case.noRecords')}</p>}
      {it.may.includes('file-record') && <NewRecord number={it.number} forms={forms} />}
    </Panel>
  );
}

function NewRecord({ number, forms }: { readonly number: string; readonly forms: Records['forms'] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [kind, setKind] = useState<string | null>(null);
  const file = useAction((key, body: unknown) => send('POST', `/cases/${number}/records`, { body, key }));
  const chosen = kind === null ? undefined : forms[kind];
  const submit = async (data: unknown) => {
    if ((await file.run({ record: kind, data })) === undefined) return false;
    message.success(t('commands.done'));
    setKind(null);
    await queries.invalidateQueries({ queryKey: ['case', number] });
    return true;
  };
  if (chosen) {
    return (
      <section className="padded-lines" aria-label={said(chosen.title)}>
        <h3>{said(chosen.title)}</h3>
        <SchemaForm schema={chosen.form} submitLabel={t('case.file')} isBusy={file.isBusy} refusal={file.refusal} onSubmit={submit} />
        <Button type="link" onClick={() => setKind(null)}>
          {t('commands.cancelled')}
        </Button>
      </section>
    );
  }
  return (
    <Space wrap className="padded-lines no-print">
      {Object.entries(forms).map(([record, { title }]) => (
        <Button key={record} size="small" onClick={() => setKind(record)}>
          {t('case.add', { what: said(title) })}
        </Button>
      ))}
    </Space>
  );
}
