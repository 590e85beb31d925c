import { CloseOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Process } from '../contract/types.ts';
import { said } from '../texts/i18n.ts';
import { date, lastDayOf } from '../time/instants.ts';
import { PersonName, UnitName } from '../values/names.tsx';
import { wordsOf } from '../values/words.ts';
import { type Filter, type FilterName, filtersIn, withoutFilter } from './filters.ts';
import { useProcesses } from './processes.ts';

/** The filters of the address in words, each with a way to take it away. */
export function FilterChips({ known }: { readonly known: readonly FilterName[] }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const filters = filtersIn(params, known);
  if (filters.length === 0) return null;
  return (
    <ul className="chips" aria-label={t('filters.title')}>
      {filters.map((filter) => (
        <li key={filter.name} className="chip">
          <span className="quiet">{t(`filters.${filter.name}`)}</span>
          <span>
            <Said filter={filter} among={(params.get('process') ?? '').split(',')} />
          </span>
          <button
            type="button"
            className="plain"
            aria-label={t('filters.remove', { name: t(`filters.${filter.name}`) })}
            onClick={() => setParams((now) => withoutFilter(now, filter))}
          >
            <CloseOutlined />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Said({ filter, among }: { readonly filter: Filter; readonly among: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const { data: all = [] } = useProcesses();
  if (filter.kind === 'period') return periodInWords(filter);
  const { name, value } = filter;
  const processes = all.filter(({ id }) => among.includes(id));
  switch (name) {
    case 'unit':
      return <UnitName id={value} />;
    case 'handler':
    case 'subject':
    case 'assignee':
      return <PersonName id={value} />;
    case 'process':
      return processesInWords(processes, value);
    case 'stage':
      return listed(value, (stage) => found(processes.length > 0 ? processes : all, ({ stages }) => said(stages[stage])));
    case 'outcome':
      return found(processes, ({ outcomes }) => said(outcomes.find(({ key }) => key === value)?.title)) ?? value;
    case 'key':
      return taskInWords(processes.length > 0 ? processes : all, value, (count) => t('time.days', { count: Number(count) }));
    case 'list':
      return found(all, ({ items }) => said(items.find(({ key }) => key === value)?.title)) ?? value;
    case 'itemState':
      return t(`case.itemStates.${value}`);
    case 'label':
      return labelInWords(processes, value);
    case 'dueBefore':
    case 'restrictedUntil':
      return date(value);
    case 'level':
      return t('case.level', { level: value });
    case 'q':
      return `“${value}”`;
    default:
      return listed(value, (one) => t(`filters.values.${name}.${one}`, { defaultValue: one }));
  }
}

const found = (processes: readonly Process[], word: (process: Process) => string | undefined): string | undefined =>
  processes.map(word).find((text) => text !== undefined && text !== '');

const listed = (value: string, word: (one: string) => string | undefined): string =>
  value
    .split(',')
    .map((one) => word(one) ?? one)
    .join('、');

const NAMED = 3;

function processesInWords(processes: readonly Process[], value: string): string {
  const ids = value.split(',');
  const titles = ids.map((id) => said(processes.find((process) => process.id === id)?.title) || id);
  return titles.length <= NAMED ? titles.join('、') : `${titles.slice(0, NAMED).join('、')} +${titles.length - NAMED}`;
}

/** `result@7`: the task, and the tier that set its limit. */
function taskInWords(processes: readonly Process[], value: string, days: (count: string) => string): string {
  const [key = '', tier] = value.split('@');
  const title = found(processes, ({ tasks }) => said(tasks.find((task) => task.key === key)?.title)) ?? key;
  return tier === undefined ? title : `${title} · ${days(tier)}`;
}

/** `route=policy`: a field of a form, and what was chosen. */
function labelInWords(processes: readonly Process[], label: string): string {
  const [field = '', value = ''] = label.split('=');
  const schemas = processes.map((process) => wordsOf(process)(field, value));
  const schema = schemas.find((each) => each !== undefined);
  return `${said(schema?.['x-title']) || field}: ${said(schema?.['x-values']?.[value]) || value}`;
}

const periodInWords = ({ from, to }: { readonly from: string | null; readonly to: string | null }): string =>
  `${from === null ? '…' : date(from)} – ${to === null ? '…' : date(`${lastDayOf(to)}T12:00:00+08:00`)}`;
