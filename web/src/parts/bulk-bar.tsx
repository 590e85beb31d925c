import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../contract/types.ts';
import { BulkDialog, type BulkKind, bulkKinds } from './bulk-dialog.tsx';

/** What can be done with several tasks at once: previewed, then run, with the result of each. */
export function BulkBar({ tasks, onDone }: { readonly tasks: readonly Task[]; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [kind, ask] = useState<BulkKind | null>(null);
  return (
    <Space className="bulk-bar" role="toolbar" wrap>
      <span>{t('inbox.selected', { count: tasks.length })}</span>
      {bulkKinds.map((each) => (
        <Button key={each} size="small" onClick={() => ask(each)}>
          {t(`bulk.${each}`)}
        </Button>
      ))}
      {kind && (
        <BulkDialog
          kind={kind}
          tasks={tasks}
          onClose={(isDone) => {
            ask(null);
            if (isDone) onDone();
          }}
        />
      )}
    </Space>
  );
}
