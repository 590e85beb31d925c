import { DatePicker, Select, Space } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMe } from '../../app/session.tsx';
import { useProcesses } from '../../parts/processes.ts';
import { said } from '../../texts/i18n.ts';
import { useUnits } from '../../values/names.tsx';
import { hasPeriod, hasProcess, monthsIn } from './asked.ts';
import type { View } from './dashboards.ts';
import { unitsFor } from './units-for.ts';

interface Props {
  readonly view: View;
  /** The unit that was answered for where none is asked for: a leader's own. */
  readonly answered: string | null;
}

/** About which unit, process and months the figures are. */
export function ScopePickers({ view, answered }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const { data: processes = [] } = useProcesses();
  const { units, isWhole } = unitsFor(me.roles, useUnits());
  const months = monthsIn(params);
  const set = (changes: Readonly<Record<string, string | undefined>>) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) value ? after.set(name, value) : after.delete(name);
      return after;
    });

  return (
    <Space wrap className="filters">
      <Select
        aria-label={t('figures.unit')}
        className="picker"
        showSearch={{ optionFilterProp: 'label' }}
        value={params.get('unit') ?? answered ?? ''}
        onChange={(unit) => set({ unit })}
        popupMatchSelectWidth={false}
        options={[
          ...(isWhole || view === 'coverage' ? [{ value: '', label: t(isWhole ? 'figures.wholeBureau' : 'figures.ownUnits') }] : []),
          ...units.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {hasProcess(view) && (
        <Select
          aria-label={t('figures.process')}
          className="picker"
          showSearch={{ optionFilterProp: 'label' }}
          value={params.get('process') ?? ''}
          onChange={(process) => set({ process })}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: t('inbox.anyProcess') }, ...processes.map(({ id, title }) => ({ value: id, label: said(title) }))]}
        />
      )}
      {hasPeriod(view) && (
        <DatePicker.RangePicker
          picker="month"
          aria-label={t('figures.period')}
          value={months && [dayjs(`${months.from}-01`), dayjs(`${months.to}-01`)]}
          onChange={(range) => set({ from: range?.[0]?.format('YYYY-MM'), to: range?.[1]?.format('YYYY-MM') })}
          placeholder={[t('figures.from'), t('figures.to')]}
        />
      )}
    </Space>
  );
}
