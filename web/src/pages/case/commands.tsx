import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../contract/types.ts';
import { CommandDialog, type CommandForm } from '../../parts/command-dialog.tsx';
import { useProcesses } from '../../parts/processes.ts';

/** What each command asks for. */
const forms = {
  urge: { fields: { text: 'text' } },
  comment: { fields: { text: 'text' } },
  copy: { fields: { people: 'people', note: 'text?' } },
  recuse: { fields: { person: 'person', reason: 'text' } },
  transfer: { fields: { unit: 'unit', reason: 'text' } },
  withdraw: { fields: { reason: 'text' }, isFinal: true },
  cancel: { fields: { reason: 'text' }, isFinal: true },
  suspend: { fields: { until: 'instant', reason: 'text' } },
  resume: { fields: {} },
  reopen: { fields: { reason: 'text' } },
  'break-glass': { fields: { reason: 'text' }, isFinal: true },
} as const satisfies Record<string, CommandForm>;

type Command = keyof typeof forms;

const always: readonly Command[] = ['comment', 'urge', 'copy', 'recuse'];

/** Everything that can be done with a case beside its tasks. The service refuses, with its reason, what this person may not. */
export function CaseCommands({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const { data: processes = [] } = useProcesses();
  const [asked, ask] = useState<Command | null>(null);
  const own = processes.find(({ id }) => id === it.process)?.commands ?? [];
  const offered = (Object.keys(forms) as Command[]).filter((command) =>
    it.state === 'closed' ? command === 'reopen' && own.includes(command) : isOffered(command, own, it),
  );
  return (
    <span className="no-print">
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...offered.map((command) => ({
              key: command,
              label: t(`commands.${command}`, { defaultValue: t(`case.${command}`) }),
              onClick: () => ask(command),
            })),
            { key: 'print', label: t('case.print'), onClick: () => window.print() },
          ],
        }}
      >
        <Button>{t('case.commands')}</Button>
      </Dropdown>
      {asked && (
        <CommandDialog
          title={t(`commands.${asked}`, { defaultValue: t(`case.${asked}`) })}
          path={`/cases/${it.number}/${asked}`}
          form={forms[asked]}
          onClose={() => ask(null)}
        />
      )}
    </span>
  );
}

const isOffered = (command: Command, own: readonly string[], it: Case): boolean =>
  always.includes(command) || own.includes(command) || (command === 'break-glass' && it.redacted.includes('data'));
