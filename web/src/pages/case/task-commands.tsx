import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../contract/types.ts';
import { CommandDialog, type CommandForm } from '../../parts/command-dialog.tsx';

const forms = {
  claim: { fields: {} },
  reassign: { fields: { to: 'person', reason: 'text' } },
  extend: { fields: { by: 'workingDays', reason: 'text' } },
  pause: { fields: { reason: 'text' } },
  resume: { fields: {} },
  consult: { fields: { to: 'person', question: 'text' } },
  recall: { fields: { reason: 'text' } },
  panel: { fields: { add: 'person', reason: 'text' } },
  'stand-down': { fields: { reason: 'text' }, isFinal: true },
} as const satisfies Record<string, CommandForm>;

type Command = keyof typeof forms;

/** What can be done with an open task instead of doing it. */
export function TaskCommands({ task, onDone }: { readonly task: Task; readonly onDone: () => unknown }) {
  const { t } = useTranslation();
  const [asked, ask] = useState<Command | null>(null);
  const offered = (Object.keys(forms) as Command[]).filter((command) => task.may?.includes(command));
  if (offered.length === 0) return null;
  const title = (command: Command) => t(`commands.${command === 'resume' ? 'unpause' : command}`);
  return (
    <Space wrap className="no-print task-commands">
      {offered.map((command) => (
        <Button key={command} size="small" onClick={() => ask(command)}>
          {title(command)}
        </Button>
      ))}
      {asked && (
        <CommandDialog
          title={title(asked)}
          {...((asked === 'panel' || asked === 'stand-down') && { lead: t(`commands.leads.${asked}`) })}
          path={`/tasks/${task.id}/${asked}`}
          form={forms[asked]}
          onClose={() => ask(null)}
          onDone={onDone}
        />
      )}
    </Space>
  );
}
