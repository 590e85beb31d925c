import { useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoundItem } from '../../contract/own-file.ts';
import { CommandDialog, type CommandForm } from '../../parts/command-dialog.tsx';
import { said } from '../../texts/i18n.ts';

const forms = {
  reassign: { fields: { to: 'person', reason: 'text' } },
  strike: { fields: { reason: 'text' }, isFinal: true },
} as const satisfies Record<string, CommandForm>;

type Command = keyof typeof forms;

/** What can be done with whom a round covers instead of the visit or the talk. */
export function ItemCommands({ item }: { readonly item: RoundItem }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asked, ask] = useState<Command | null>(null);
  const offered = (Object.keys(forms) as Command[]).filter((command) => item.may?.includes(command));
  if (offered.length === 0) return null;
  const whom = `${said(item.title)} ${item.personName ?? item.unitName}`;
  return (
    <Space wrap className="no-print task-commands">
      {offered.map((command) => (
        <Button key={command} size="small" aria-label={`${t(`case.itemCommands.${command}`)}: ${whom}`} onClick={() => ask(command)}>
          {t(`case.itemCommands.${command}`)}
        </Button>
      ))}
      {asked && (
        <CommandDialog
          title={`${t(`case.itemCommands.${asked}`)} · ${whom}`}
          lead={t(`case.itemLeads.${asked}`)}
          path={`/cases/${item.case}/items/${item.id}/${asked}`}
          form={forms[asked]}
          onClose={() => ask(null)}
          onDone={() => queries.invalidateQueries({ queryKey: ['items'] })}
        />
      )}
    </Space>
  );
}
