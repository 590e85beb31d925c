import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, DatePicker, Input, Space } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { get } from '../../contract/client.ts';
import type { Page, Rule } from '../../contract/types.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { said } from '../../texts/i18n.ts';

/** The rules that decisions cite, as they stood on a day or as they stand in the library with all their versions. */
export function RulesPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { q = '', on = '' } = Object.fromEntries(params);
  const asked = new URLSearchParams(Object.entries({ q, on }).filter(([, value]) => value !== '')).toString();
  const rules = useInfiniteQuery({
    queryKey: ['rules', asked],
    queryFn: ({ pageParam, signal }) => get<Page<Rule>>(`/rules?${asked}&limit=100${pageParam}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`),
  });
  const rows = rules.data?.pages.flatMap(({ items }) => items) ?? [];
  const set = (name: 'q' | 'on', value: string) =>
    setParams(Object.fromEntries(Object.entries({ q, on, [name]: value }).filter(([, each]) => each !== '')));
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.rules')}</h1>
      </div>
      <Space wrap className="filters">
        <Input.Search
          allowClear
          aria-label={t('form.searchRules')}
          placeholder={t('form.searchRules')}
          defaultValue={q}
          onSearch={(text) => set('q', text.trim())}
        />
        <DatePicker
          aria-label={t('admin.rules.on')}
          placeholder={t('admin.rules.on')}
          className="day-filter"
          value={on === '' ? null : dayjs(on)}
          onChange={(day) => set('on', day ? day.format('YYYY-MM-DD') : '')}
        />
      </Space>
      <Panel title={t('admin.rules.list')} reading={rules} isEmpty={rows.length === 0} empty={t('admin.rules.none')}>
        {rows.map((rule) => (
          <RuleLine key={rule.id} rule={rule} />
        ))}
        {rules.hasNextPage && (
          <Button block type="text" loading={rules.isFetchingNextPage} onClick={() => rules.fetchNextPage()}>
            {t('inbox.more')}
          </Button>
        )}
      </Panel>
    </>
  );
}

function RuleLine({ rule: { id, regulation, article, text, inForceFrom, inForceTo } }: { readonly rule: Rule }) {
  const { t } = useTranslation();
  return (
    <div className="row">
      <span className="row-main">
        <span className="row-title">
          {said(regulation)} {article} {inForceTo !== null && <StateTag tone="warning">{t('admin.rules.ended')}</StateTag>}
        </span>
        <span>{said(text)}</span>
        <span className="quiet">
          <code>{id}</code> · {t('admin.fromTo', { from: inForceFrom, until: inForceTo ?? t('admin.rules.today') })}
        </span>
      </span>
    </div>
  );
}
