import { useQueryClient } from '@tanstack/react-query';
import { App, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Missing } from '../app/missing.tsx';
import { send } from '../contract/client.ts';
import type { Beside, Case, Process } from '../contract/types.ts';
import { useAction } from '../contract/use-action.ts';
import { ReferenceField } from '../forms/reference-field.tsx';
import { besideField, SchemaForm } from '../forms/schema-form.tsx';
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
  const start = useAction((key, data: unknown, beside: Beside) =>
    send<Case>('POST', '/cases', { body: { process: id, data, ...beside }, key }),
  );
  if (processes.error) return <Refused error={processes.error} retry={processes.refetch} />;
  if (processes.isPending) return <Loading />;
  const process = processes.data.find((each) => each.id === id && each.startable);
  if (!process) return <Missing />;

  const submit = async (data: unknown, beside: Beside) => {
    const opened = await start.run(data, beside);
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
        <SchemaForm
          schema={process.intake}
          draft={`start:${process.id}`}
          submitLabel={t('start.submit')}
          isBusy={start.isBusy}
          refusal={start.refusal}
          beside={<BesideForm process={process} />}
          onSubmit={submit}
        />
      </div>
    </>
  );
}

/** What is said about a case beside its form. */
function BesideForm({ process }: { readonly process: Process }) {
  const { t } = useTranslation();
  return (
    <>
      {!process.startableBy.includes('officer') && (
        <Form.Item name={besideField('unit')} label={t('start.unit')} extra={t('start.unitLead')}>
          <ReferenceField kind="unit" />
        </Form.Item>
      )}
      {process.forOthers && (
        <Form.Item name={besideField('onBehalfOf')} label={t('start.behalf')} extra={t('start.behalfLead')}>
          <ReferenceField kind="person" />
        </Form.Item>
      )}
    </>
  );
}
