import { Button, Segmented, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useProcesses } from '../parts/processes.ts';
import { said } from '../texts/i18n.ts';
import { SavedViews } from './saved-views.tsx';

const shows = ['mine', 'unit', 'done'] as const;
const dues = ['overdue', 'today', 'week'] as const;

/** The filters of the address as a query of `GET /tasks`. */
export function queryOf(params: URLSearchParams): string {
  const show = params.get('show') ?? 'mine';
  const query = new URLSearchParams({ mine: show === 'unit' ? 'unit' : 'true', state: show === 'done' ? 'done' : 'open' });
  for (const name of ['due', 'process']) {
    const value = params.get(name);
    if (value) query.set(name, value);
  }
  return query.toString();
}

export function InboxFilters() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data: processes = [] } = useProcesses();
  const set = (name: string, value: string | undefined) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === undefined) after.delete(name);
      else after.set(name, value);
      return after;
    });

  return (
    <Space wrap className="filters">
      <Segmented
        aria-label={t('inbox.title')}
        value={params.get('show') ?? 'mine'}
        onChange={(value) => set('show', value === 'mine' ? undefined : value)}
        options={shows.map((value) => ({ value, label: t(`inbox.${value}`) }))}
      />
      <Select
        aria-label={t('inbox.anyDue')}
        value={params.get('due') ?? ''}
        onChange={(value) => set('due', value || undefined)}
        options={[{ value: '', label: t('inbox.anyDue') }, ...dues.map((value) => ({ value, label: t(`inbox.${value}`) }))]}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('inbox.anyProcess')}
        value={params.get('process') ?? ''}
        onChange={(value) => set('process', value || undefined)}
        options={[{ value: '', label: t('inbox.anyProcess') }, ...processes.map(({ id, title }) => ({ value: id, label: said(title) }))]}
        popupMatchSelectWidth={false}
      />
      {params.size > 0 && (
        <Button type="link" onClick={() => setParams({})}>
          {t('inbox.clear')}
        </Button>
      )}
      <SavedViews current={params.toString()} open={(view) => setParams(new URLSearchParams(view))} />
    </Space>
  );
}
