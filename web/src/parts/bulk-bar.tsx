import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { send } from '../contract/client.ts';
import type { Task } from '../contract/types.ts';
import { useAction } from '../contract/use-action.ts';

/** What can be done with several tasks at once. */
export function BulkBar({ tasks, onDone }: { readonly tasks: readonly Task[]; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const claim = useAction(async (key) => {
    for (const { id } of tasks) await send('POST', `/tasks/${id}/claim`, { key: `${key}-${id}` });
  });
  const run = async () => {
    await claim.run();
    await queries.invalidateQueries({ queryKey: ['tasks'] });
    message.success(t('commands.done'));
    onDone();
  };
  return (
    <Space className="bulk-bar" role="toolbar">
      <span>{t('inbox.selected', { count: tasks.length })}</span>
      <Button onClick={run} loading={claim.isBusy}>
        {t('inbox.claim')}
      </Button>
    </Space>
  );
}
