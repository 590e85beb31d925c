import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { get } from '../contract/client.ts';
import type { CaseRow, Page } from '../contract/types.ts';
import { CaseLine } from '../parts/case-line.tsx';
import { FilterChips } from '../parts/filter-chips.tsx';
import { caseFilters, type FilterName, queryOf } from '../parts/filters.ts';
import { useProcesses } from '../parts/processes.ts';
import { Loading, Nothing, Refused } from '../parts/states.tsx';
import { said } from '../texts/i18n.ts';

/** Of these a control below always shows what is chosen. */
const inControls: readonly FilterName[] = ['q', 'state', 'overdue'];

/** All cases that the reader may see; every filter of `GET /cases` can stand in the address, so that a figure can lead here. */
export function CasesPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data: processes = [] } = useProcesses();
  const asked = queryOf(params, caseFilters).toString();
  const process = params.get('process') ?? '';
  const inChips = caseFilters.filter((name) => !inControls.includes(name) && (name !== 'process' || process.includes(',')));
  const cases = useInfiniteQuery({
    queryKey: ['cases', 'list', asked],
    queryFn: ({ pageParam, signal }) => get<Page<CaseRow>>(`/cases?${asked}&limit=50${pageParam}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`),
  });
  const rows = cases.data?.pages.flatMap(({ items }) => items) ?? [];
  const set = (name: string, value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(name);
      else after.set(name, value);
      return after;
    });

  return (
    <>
      <title>{`${t('nav.cases')} · ${t('app.name')}`}</title>
      <div className="page-head">
        <h1>{t('nav.cases')}</h1>
      </div>
      <Space wrap className="filters">
        <Input.Search
          key={params.get('q')}
          aria-label={t('nav.search')}
          placeholder={t('nav.search')}
          defaultValue={params.get('q') ?? ''}
          onSearch={(text) => set('q', text.trim())}
          allowClear
        />
        <Select
          aria-label={t('inbox.anyProcess')}
          value={process.includes(',') ? '' : process}
          onChange={(value) => set('process', value)}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: t('inbox.anyProcess') }, ...processes.map(({ id, title }) => ({ value: id, label: said(title) }))]}
        />
        <Select
          aria-label={t('case.open')}
          value={params.get('state') ?? ''}
          onChange={(value) => set('state', value)}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: `${t('case.open')} / ${t('case.closed')}` },
            { value: 'open', label: t('case.open') },
            { value: 'closed', label: t('case.closed') },
          ]}
        />
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control */}
        <label className="switch">
          <Switch
            size="small"
            aria-label={t('case.overdue')}
            checked={params.get('overdue') === 'true'}
            onChange={(isOn) => set('overdue', isOn ? 'true' : '')}
          />
          {t('case.overdue')}
        </label>
        {params.size > 0 && (
          <Button type="link" onClick={() => setParams({})}>
            {t('inbox.clear')}
          </Button>
        )}
      </Space>
      <FilterChips known={inChips} />
      {cases.error ? (
        <Refused error={cases.error} retry={cases.refetch} />
      ) : cases.isPending ? (
        <Loading rows={8} />
      ) : rows.length === 0 ? (
        <Nothing>{t('filters.noCases')}</Nothing>
      ) : (
        <div className="panel">
          {rows.map((row) => (
            <CaseLine key={row.number} row={row} />
          ))}
          {cases.hasNextPage && (
            <Button block type="text" loading={cases.isFetchingNextPage} onClick={() => cases.fetchNextPage()}>
              {t('inbox.more')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
