import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Missing } from '../app/missing.tsx';
import { send } from '../contract/client.ts';
import type { Case } from '../contract/types.ts';
import { useAction } from '../contract/use-action.ts';
import { ReferenceField } from '../forms/reference-field.tsx';
import { SchemaForm } from '../forms/schema-form.tsx';
import { useProcesses } from '../parts/processes.ts';
import { Loading, Refused } from '../parts/states.tsx';
import { said } from '../texts/i18n.ts';

/** The intake of one process. What is filled in is kept as a draft on the server. */
export function StartFormPage() {
  const { t } = useTranslation();
  const go = useNavigate();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { process: id } = useParams();
  const processes = useProcesses();
  const [unit, setUnit] = useState<string>();
  const [behalf, setBehalf] = useState<string>();
  const start = useAction((key, data: unknown) =>
    send<Case>('POST', '/cases', { body: { process: id, data, ...(unit && { unit }), ...(behalf && { onBehalfOf: behalf }) }, key }),
  );
  if (processes.error) return <Refused error={processes.error} retry={processes.refetch} />;
  if (processes.isPending) return <Loading />;
  const process = processes.data.find((each) => each.id === id && each.startable);
  if (!process) return <Missing />;

  const submit = async (data: unknown) => {
    const opened = await start.run(data);
    if (!opened) return false;
    message.success(t('start.done', { number: opened.number }));
    await queries.invalidateQueries({ queryKey: ['cases'] });
    go(`/cases/${opened.number}`);
    return true;
  };
  return (
    <>
      <title>{`${said(process.title)} · ${t('app.name')}`}</title>
      <div className="page-head">
        <h1>{said(process.title)}</h1>
        <Link to="/start">{t('start.back')}</Link>
      </div>
      <div className="panel form-panel">
        {!process.startableBy.includes('officer') && (
          <Around label={t('start.unit')} hint={t('start.unitLead')}>
            {(field) => <ReferenceField kind="unit" id={field} onChange={(value) => setUnit(one(value))} />}
          </Around>
        )}
        {process.forOthers && (
          <Around label={t('start.behalf')} hint={t('start.behalfLead')}>
            {(field) => <ReferenceField kind="person" id={field} onChange={(value) => setBehalf(one(value))} />}
          </Around>
        )}
        <SchemaForm
          schema={process.intake}
          draft={`start:${process.id}`}
          submitLabel={t('start.submit')}
          isBusy={start.isBusy}
          refusal={start.refusal}
          onSubmit={submit}
        />
      </div>
    </>
  );
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

interface AroundProps {
  readonly label: string;
  readonly hint: string;
  readonly children: (field: string) => ReactNode;
}

/** What is said about a case beside its form. */
function Around({ label, hint, children }: AroundProps) {
  const id = useId();
  return (
    <div className="around">
      <label htmlFor={id}>{label}</label>
      <p className="quiet">{hint}</p>
      {children(id)}
    </div>
  );
}
