import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.tsx';
import type { Task } from '../../contract/types.ts';
import { CommandDialog, type CommandForm } from '../../parts/command-dialog.tsx';
import { mayDo } from './may-do.ts';

const forms = {
  claim: { fields: {} },
  reassign: { fields: { to: 'person', reason: 'text' } },
  extend: { fields: { by: 'workingDays', reason: 'text' } },
  pause: { fields: { reason: 'text' } },
  resume: { fields: {} },
  consult: { fields: { to: 'person', question: 'text' } },
} as const satisfies Record<string, CommandForm>;

type Command = keyof typeof forms;

/** What can be done with an open task instead of doing it. */
export function TaskCommands({ task, onDone }: { readonly task: Task; readonly onDone: () => unknown }) {
  const { t } = useTranslation();
  const me = useMe();
  const [asked, ask] = useState<Command | null>(null);
  if (!mayDo(me, task) && task.candidates === undefined) return null;
  const offered = (Object.keys(forms) as Command[]).filter((command) => {
    if (command === 'claim') return task.assignee === null;
    if (command === 'pause') return task.pausedAt === null;
    if (command === 'resume') return task.pausedAt !== null;
    return true;
  });
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
          path={`/tasks/${task.id}/${asked}`}
          form={forms[asked]}
          onClose={() => ask(null)}
          onDone={onDone}
        />
      )}
    </Space>
  );
}
