import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../contract/types.ts';
import { CommandDialog, type CommandForm } from '../../parts/command-dialog.tsx';
import { AmendDialog } from './amend-dialog.tsx';

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
  merge: { fields: { into: 'case' }, isFinal: true },
  hold: { fields: { reason: 'text' } },
  release: { fields: { reason: 'text' } },
  reopen: { fields: { reason: 'text' } },
  'break-glass': { fields: { reason: 'text' }, isFinal: true },
} as const satisfies Record<string, CommandForm>;

type Command = keyof typeof forms;

/** Everything that the reader may do with a case beside its tasks. */
export function CaseCommands({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const [asked, ask] = useState<Command | null>(null);
  const [isAmending, setAmending] = useState(false);
  const isSuspended = it.waits.some(({ key }) => key === 'suspension');
  const offered = (Object.keys(forms) as Command[]).filter((command) => {
    if (command === 'resume') return isSuspended && it.may.includes('suspend');
    return it.may.includes(command) && !(isSuspended && command === 'suspend');
  });
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
            ...(it.may.includes('amend') ? [{ key: 'amend', label: t('commands.amend'), onClick: () => setAmending(true) }] : []),
            { key: 'print', label: t('case.print'), onClick: () => window.print() },
          ],
        }}
      >
        <Button>{t('case.commands')}</Button>
      </Dropdown>
      {isAmending && <AmendDialog it={it} onClose={() => setAmending(false)} />}
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
