import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../contract/types.ts';
import { CommandDialog, type CommandForm } from '../../parts/command-dialog.tsx';
import { AmendDialog } from './amend-dialog.tsx';
import { SplitDialog } from './split-dialog.tsx';

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
  const [rewritten, rewrite] = useState<'amend' | 'split' | null>(null);
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
            ...(['amend', 'split'] as const)
              .filter((command) => it.may.includes(command))
              .map((command) => ({ key: command, label: t(`commands.${command}`), onClick: () => rewrite(command) })),
            { key: 'print', label: t('case.print'), onClick: () => window.print() },
          ],
        }}
      >
        <Button>{t('case.commands')}</Button>
      </Dropdown>
      {rewritten === 'amend' && <AmendDialog it={it} onClose={() => rewrite(null)} />}
      {rewritten === 'split' && <SplitDialog it={it} onClose={() => rewrite(null)} />}
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
