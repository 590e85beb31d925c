import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { get } from '../../contract/client.ts';
import type { Page, Person } from '../../contract/types.ts';
import { Panel } from '../../parts/panel.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { said } from '../../texts/i18n.ts';
import { useRoles, useRoleTitle } from './roles.ts';
import { UnitTree } from './unit-tree.tsx';

/** Everyone in service, by unit, role and name. */
export function PeoplePage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const asked = new URLSearchParams([...params].filter(([, value]) => value !== '')).toString();
  const people = useInfiniteQuery({
    queryKey: ['people', asked],
    queryFn: ({ pageParam, signal }) => get<Page<Person>>(`/people?${asked}&limit=50${pageParam}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`),
  });
  const rows = people.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.people')}</h1>
        <Link to="/admin/import">{t('admin.places.import')}</Link>
      </div>
      <div className="beside">
        <UnitTree />
        <div>
          <Filters />
          <Panel title={t('admin.people.list')} reading={people} isEmpty={rows.length === 0} empty={t('admin.people.none')}>
            {rows.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
            {people.hasNextPage && (
              <Button block type="text" loading={people.isFetchingNextPage} onClick={() => people.fetchNextPage()}>
                {t('inbox.more')}
              </Button>
            )}
          </Panel>
        </div>
      </div>
    </>
  );
}

function Filters() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const roles = useRoles();
  const set = (name: string, value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(name);
      else after.set(name, value);
      return after;
    });
  return (
    <Space wrap className="filters">
      <Input.Search
        aria-label={t('admin.people.search')}
        placeholder={t('admin.people.search')}
        defaultValue={params.get('q') ?? ''}
        onSearch={(text) => set('q', text.trim())}
        allowClear
      />
      <Select
        aria-label={t('admin.people.anyRole')}
        value={params.get('role') ?? ''}
        onChange={(value) => set('role', value)}
        popupMatchSelectWidth={false}
        options={[{ value: '', label: t('admin.people.anyRole') }, ...roles.map(({ id, title }) => ({ value: id, label: said(title) }))]}
      />
    </Space>
  );
}

function PersonRow({ person: { id, name, username, badge, unitName, post, roles } }: { readonly person: Person }) {
  const titleOf = useRoleTitle();
  return (
    <Link to={`/admin/people/${encodeURIComponent(id)}`} className="row">
      <span className="row-main">
        <span className="row-title">{name}</span>
        <span className="quiet">{[username, badge, unitName, post].filter(Boolean).join(' · ')}</span>
      </span>
      <span className="row-end wraps">
        {roles
          .filter(({ role }) => role !== 'officer')
          .map(({ role, unit, acting }) => (
            <StateTag key={`${role} ${unit}`} tone={acting ? 'warning' : 'plain'}>
              {titleOf(role)}
            </StateTag>
          ))}
      </span>
    </Link>
  );
}
