import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../contract/client.ts';
import type { Case } from '../../contract/types.ts';
import { Panel } from '../../parts/panel.tsx';
import { RuleName } from '../../values/names.tsx';

interface Shown {
  readonly allegations: readonly {
    readonly no: number;
    readonly actOn: string;
    readonly ground: string;
    readonly facts: string;
    readonly finding: { readonly result: string; readonly reasons: string } | null;
  }[];
  readonly evidence: readonly { readonly no: number; readonly title: string; readonly shows: string }[];
  readonly statements: readonly { readonly no: number; readonly own: boolean; readonly said: string }[];
  readonly leftOut: readonly { readonly no: number; readonly reason: string }[];
}

/** 告知材料: what is held against the reader, without the names of others, and what was left out and why. */
export function Bundle({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  const bundle = useQuery({
    queryKey: ['case', it.number, 'bundle'],
    queryFn: ({ signal }) => get<Shown>(`/cases/${it.number}/bundle`, signal),
  });
  return (
    <Panel title={t('case.bundle')} reading={bundle}>
      <ul className="padded-lines values">
        {bundle.data?.allegations.map(({ no, actOn, ground, facts, finding }) => (
          <li key={no}>
            {no}. <RuleName id={ground} /> · {actOn}
            <p className="prose">{facts}</p>
            {finding && <p className="prose">{finding.reasons}</p>}
          </li>
        ))}
        {bundle.data?.evidence.map(({ no, title, shows }) => (
          <li key={no}>
            {no}. {title} <span className="prose">{shows}</span>
          </li>
        ))}
        {bundle.data?.statements.map(({ no, said }) => (
          <li key={no}>
            {no}. <span className="prose">{said}</span>
          </li>
        ))}
        {bundle.data?.leftOut.map(({ no, reason }) => (
          <li key={no} className="quiet">
            {t('case.leftOut', { no, reason })}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
