import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../contract/client.ts';
import type { CaseRow, Page, Person, Rule, Unit } from '../contract/types.ts';
import { said } from '../texts/i18n.ts';
import { PersonName, RuleName, UnitName } from '../values/names.tsx';

type Kind = 'person' | 'unit' | 'rule' | 'case';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
}

interface Props {
  readonly kind: Kind;
  readonly many?: boolean;
  readonly role?: string | undefined;
  readonly id?: string;
  readonly value?: string | string[];
  readonly onChange?: (value: string | string[]) => void;
}

/** Picks people, units, rules or cases by name; the value is the id. */
export function ReferenceField({ kind, many = false, role, id, value, onChange }: Props) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const found = useQuery({
    queryKey: ['pick', kind, kind === 'unit' ? '' : wanted, role],
    queryFn: ({ signal }) => lookUp[kind](wanted.trim(), role, signal),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const placeholder = {
    person: t('form.searchPeople'),
    unit: t('form.chooseFirst'),
    rule: t('form.searchRules'),
    case: t('form.searchCases'),
  };
  return (
    <Select
      {...(id !== undefined && { id })}
      {...(value !== undefined && { value })}
      {...(onChange && { onChange })}
      {...(many && { mode: 'multiple' as const })}
      showSearch={{ filterOption: kind === 'unit' ? (text, option) => String(option?.label).includes(text) : false, onSearch: setWanted }}
      allowClear
      placeholder={placeholder[kind]}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t('loading') : t('form.nobody')}
      options={[...(found.data ?? [])]}
      labelRender={({ label, value: chosen }) => label ?? <Named kind={kind} id={String(chosen)} />}
      optionRender={({ data }) => (
        <span className="option">
          {data.label} <span className="quiet">{data.hint}</span>
        </span>
      )}
    />
  );
}

/** What was chosen before, when it is none of those that were found: its name is asked for. */
function Named({ kind, id }: { readonly kind: Kind; readonly id: string }) {
  if (kind === 'person') return <PersonName id={id} />;
  if (kind === 'unit') return <UnitName id={id} />;
  return kind === 'rule' ? <RuleName id={id} /> : id;
}

const lookUp: Record<Kind, (wanted: string, role: string | undefined, signal: AbortSignal) => Promise<readonly Option[]>> = {
  person: async (wanted, role, signal) => {
    const { items } = await get<Page<Person>>(`/people?limit=50${wanted && `&q=${encodeURIComponent(wanted)}`}`, signal);
    return items
      .filter(({ roles, leftAt }) => leftAt === null && (role === undefined || roles.some((held) => held.role === role)))
      .map(({ id, name, badge, unitName, post }) => ({
        value: id,
        label: name,
        hint: [badge, unitName, post].filter(Boolean).join(' · '),
      }));
  },
  unit: async (_wanted, _role, signal) => {
    const { items } = await get<Page<Unit>>('/units', signal);
    return items.map(({ id, name, leaderName }) => ({ value: id, label: name, hint: leaderName ?? '' }));
  },
  rule: async (wanted, _role, signal) => {
    const { items } = await get<Page<Rule>>(`/rules?limit=50${wanted && `&q=${encodeURIComponent(wanted)}`}`, signal);
    return items.map(({ id, regulation, article, text }) => ({ value: id, label: `${said(regulation)} ${article}`, hint: said(text) }));
  },
  case: async (wanted, _role, signal) => {
    const { items } = await get<Page<CaseRow>>(`/cases?limit=20${wanted.length > 1 ? `&q=${encodeURIComponent(wanted)}` : ''}`, signal);
    return items.map(({ number, title, processTitle }) => ({ value: number, label: number, hint: title ?? said(processTitle) }));
  },
};
