import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Process } from '../contract/types.ts';
import { useProcesses } from '../parts/processes.ts';
import { Loading, Nothing, Refused } from '../parts/states.tsx';
import { said } from '../texts/i18n.ts';
import { zh } from '../texts/zh.ts';

type Initials = (text: string) => string;

/** What the reader may start, by the groups of the bureau's own method. */
export function StartPage() {
  const { t } = useTranslation();
  const processes = useProcesses();
  const [wanted, setWanted] = useState('');
  const initials = useInitials();
  if (processes.error) return <Refused error={processes.error} retry={processes.refetch} />;
  if (processes.isPending) return <Loading />;

  const startable = processes.data.filter((each) => each.startable);
  const found = startable.filter((each) => matches(each, wanted.trim().toLowerCase(), initials));
  const groups = Object.keys(zh.groups).filter((group) => found.some((each) => each.group === group));
  return (
    <>
      <title>{`${t('start.title')} · ${t('app.name')}`}</title>
      <div className="page-head">
        <h1>{t('start.title')}</h1>
        <a href="/report" className="urgent-link">
          {t('start.injury')}
        </a>
      </div>
      <Input
        className="gallery-search"
        size="large"
        allowClear
        placeholder={t('start.search')}
        aria-label={t('start.search')}
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      {found.length === 0 && <Nothing>{startable.length === 0 ? t('start.none') : t('start.nothing')}</Nothing>}
      {groups.map((group) => (
        <section key={group} aria-label={t(`groups.${group}`)}>
          <h2>{t(`groups.${group}`)}</h2>
          <ul className="gallery">
            {found
              .filter((each) => each.group === group)
              .map(({ id, title, prefix }) => (
                <li key={id}>
                  <Link to={`/start/${id}`} className="card">
                    <span className="row-title">{said(title)}</span>
                    <span className="quiet">{prefix}</span>
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

const matches = ({ id, title, prefix }: Process, wanted: string, initials: Initials): boolean =>
  [title.zh, title.en, id, prefix, initials(title.zh)].some((text) => text.toLowerCase().includes(wanted));

/** Pinyin initials; its dictionary is large and comes after the page. */
function useInitials(): Initials {
  const [initials, setInitials] = useState<{ readonly of: Initials }>({ of: () => '' });
  useEffect(() => {
    let isGone = false;
    void import('pinyin-pro').then(({ pinyin }) => {
      if (!isGone) setInitials({ of: (text) => pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' }).join('') });
    });
    return () => {
      isGone = true;
    };
  }, []);
  return initials.of;
}
