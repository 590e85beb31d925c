import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../contract/client.ts';
import { dateAndTime } from '../../time/instants.ts';

/** Everything that is kept about the reader as one archive; that it was exported is recorded. */
export function ExportFile({ last }: { readonly last: string | null }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await download('POST', '/me/file/export');
      await queries.invalidateQueries({ queryKey: ['me', 'file'] });
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span>
      {last && <span className="quiet">{t('me.exportedAt', { at: dateAndTime(last) })} </span>}
      <Button onClick={run} loading={isBusy}>
        {t('me.export')}
      </Button>
    </span>
  );
}
