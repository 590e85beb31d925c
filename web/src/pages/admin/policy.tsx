import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Policy, PolicyEntry, PolicyProcess } from '../../contract/admin.ts';
import { get } from '../../contract/client.ts';
import { Loading, Nothing, Refused } from '../../parts/states.tsx';
import { StateTag } from '../../parts/tag.tsx';
import { locale, said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';

/** Read once an hour at most: it changes with a start of the bureau only. */
export const usePolicy = () =>
  useQuery({ queryKey: ['policy'], queryFn: ({ signal }) => get<Policy>('/policy', signal), staleTime: 3_600_000 });

const MOST_SHOWN = 300;

/** The policy in force beside the shipped one, value by value, in words. */
export function PolicyPage() {
  const { t } = useTranslation();
  const policy = usePolicy();
  const [isWhole, setWhole] = useState(false);
  const [wanted, setWanted] = useState('');
  if (policy.error) return <Refused error={policy.error} retry={policy.refetch} />;
  if (policy.isPending) return <Loading rows={8} />;
  const { entries, processes } = policy.data;
  const titles = titlesOf(processes);
  const found = entries.filter((entry) => (isWhole || entry.differs) && isAbout(entry, titles, wanted.trim().toLowerCase()));
  return (
    <>
      <div className="page-head">
        <h1>{t('admin.places.policy')}</h1>
      </div>
      <Facts of={policy.data} />
      <Space wrap className="filters">
        <Segmented
          aria-label={t('admin.places.policy')}
          value={isWhole ? 'whole' : 'differing'}
          onChange={(value) => setWhole(value === 'whole')}
          options={[
            { value: 'differing', label: t('admin.policy.onlyDiffering') },
            { value: 'whole', label: t('admin.policy.whole') },
          ]}
        />
        <Input
          allowClear
          aria-label={t('admin.policy.search')}
          placeholder={t('admin.policy.search')}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
      </Space>
      {found.length === 0 ? (
        <Nothing>{t(isWhole || wanted ? 'admin.policy.nothing' : 'admin.policy.same')}</Nothing>
      ) : (
        <Entries entries={found.slice(0, MOST_SHOWN)} titles={titles} />
      )}
      {found.length > MOST_SHOWN && <p className="nothing">{t('admin.policy.more', { count: found.length - MOST_SHOWN })}</p>}
    </>
  );
}

function Facts({ of: { version, loadedAt, timeScale, entries } }: { readonly of: Policy }) {
  const { t } = useTranslation();
  const facts = { version, loadedAt: dateAndTime(loadedAt), differences: entries.filter(({ differs }) => differs).length };
  return (
    <>
      <dl className="facts">
        {Object.entries(facts).map(([fact, value]) => (
          <div key={fact}>
            <dt>{t(`admin.policy.${fact}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {timeScale > 1 && <p className="banner">{t('admin.policy.scaled', { scale: timeScale })}</p>}
    </>
  );
}

type Titles = ReadonlyMap<string, string>;

function Entries({ entries, titles }: { readonly entries: readonly PolicyEntry[]; readonly titles: Titles }) {
  const { t } = useTranslation();
  return (
    <table className="panel stacking">
      <thead>
        <tr>
          <th scope="col">{t('admin.policy.path')}</th>
          <th scope="col">{t('admin.policy.shipped')}</th>
          <th scope="col">{t('admin.policy.inForce')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ path, shipped, inForce, differs, note }) => (
          <tr key={path}>
            <th scope="row">
              <span className="row-title">{titleOf(path, titles)}</span>
              <span>
                <code>{path}</code> {differs && <StateTag tone="warning">{t('admin.policy.differs')}</StateTag>}
              </span>
              <span className="quiet">{remarkOf(note, titleOf(path, titles))}</span>
            </th>
            <td data-title={t('admin.policy.shipped')}>{said(shipped) || '—'}</td>
            <td data-title={t('admin.policy.inForce')} className={differs ? 'differs' : ''}>
              {said(inForce) || '—'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of each process and of each of its tasks, by the path of its policy. */
const titlesOf = (processes: readonly PolicyProcess[]): Titles =>
  new Map(
    processes.flatMap(({ id, title, tasks }) => [
      [`processes.${id}`, said(title)] as const,
      ...tasks.map((task) => [`processes.${id}.tasks.${task.key}`, `${said(title)} · ${said(task.title)}`] as const),
    ]),
  );

/** The process or task that it is about; nothing elsewhere. */
const titleOf = (path: string, titles: Titles): string => {
  const steps = path.split('.');
  return titles.get(steps.slice(0, 4).join('.')) ?? titles.get(steps.slice(0, 2).join('.')) ?? '';
};

/** Unless it repeats the title, or is there in Chinese only for whoever reads English. */
const remarkOf = (note: PolicyEntry['note'], title: string): string => {
  const isForeign = locale() === 'en' && note?.en === note?.zh;
  return isForeign || title.endsWith(said(note)) ? '' : said(note);
};

const isAbout = (entry: PolicyEntry, titles: Titles, wanted: string): boolean =>
  [entry.path, titleOf(entry.path, titles), said(entry.note), said(entry.inForce)].some((text) => text.toLowerCase().includes(wanted));
