import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Imported } from '../../contract/admin.ts';
import { send } from '../../contract/client.ts';
import { useAction } from '../../contract/use-action.ts';
import { ImportEffect } from './import-effect.tsx';
import { ImportFaults } from './import-faults.tsx';
import { TableField } from './table-field.tsx';

/** Takes in a table of people or units: first what it would do, or what is wrong with which line; then, by a second click, in earnest. */
export function ImportPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [csv, setCsv] = useState('');
  const [result, setResult] = useState<Imported | null>(null);
  const importing = useAction((_key, dryRun: boolean) => send<Imported>('POST', `/people/import?dryRun=${dryRun}`, { body: { csv } }));
  const [asked, setAsked] = useState('');

  const run = async (dryRun: boolean) => {
    setAsked(csv);
    setResult(null);
    const done = await importing.run(dryRun);
    if (done === undefined) return;
    setResult(done);
    if (dryRun) return;
    message.success(t('admin.import.done'));
    await queries.invalidateQueries();
  };
  const isCurrent = asked === csv;
  const isPreviewed = isCurrent && result?.dryRun === true;
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.import')}</h1>
      </div>
      <p className="lead">{t('admin.import.lead')}</p>
      <div className="panel padded">
        <Space direction="vertical" className="full" size="middle">
          <TableField value={csv} onChange={setCsv} />
          <Space wrap>
            <Button
              type={isPreviewed ? 'default' : 'primary'}
              disabled={csv.trim() === ''}
              loading={importing.isBusy}
              onClick={() => run(true)}
            >
              {t('admin.import.preview')}
            </Button>
            <Button type="primary" disabled={!isPreviewed} loading={importing.isBusy} onClick={() => run(false)}>
              {t('admin.import.run')}
            </Button>
          </Space>
        </Space>
      </div>
      {isCurrent && result && <ImportEffect of={result} />}
      {isCurrent && importing.refusal && <ImportFaults csv={csv} refusal={importing.refusal} />}
    </>
  );
}
