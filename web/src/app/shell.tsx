import {
  BarChartOutlined,
  FileAddOutlined,
  FolderOpenOutlined,
  HomeOutlined,
  IdcardOutlined,
  InboxOutlined,
  SearchOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { type FormEvent, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation, useNavigate, useNavigation } from 'react-router';
import { useLiveChanges } from '../live/stream.ts';
import { administrators } from '../pages/admin/places.ts';
import { readers } from '../pages/figures/dashboards.ts';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { NoticeBell } from '../parts/notice-bell.tsx';
import { Loading } from '../parts/states.tsx';
import { holds, signOut, useMe } from './session.tsx';

interface Place {
  readonly to: string;
  readonly key: string;
  readonly icon: ReactNode;
  /** Whom it concerns; everyone unless stated. */
  readonly roles?: readonly string[];
}

const places: readonly Place[] = [
  { to: '/', key: 'home', icon: <HomeOutlined /> },
  { to: '/inbox', key: 'inbox', icon: <InboxOutlined /> },
  { to: '/start', key: 'start', icon: <FileAddOutlined /> },
  { to: '/cases', key: 'cases', icon: <FolderOpenOutlined /> },
  { to: '/me', key: 'me', icon: <IdcardOutlined /> },
  { to: '/figures', key: 'figures', icon: <BarChartOutlined />, roles: readers },
  { to: '/admin', key: 'admin', icon: <SettingOutlined />, roles: administrators },
];

/** What stands around every page: where one is, where one can go, what is new. */
export function Shell() {
  const { t } = useTranslation();
  const isUp = useLiveChanges();
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const isMoving = useNavigation().state !== 'idle';
  const me = useMe();
  const shown = places.filter(({ roles }) => roles === undefined || holds(me, ...roles));

  // A new page begins at its top, for the eye and for the keyboard.
  useEffect(() => {
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [pathname]);

  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          {t('app.name')}
        </Link>
        <CaseSearch />
        <div className="top-tools">
          <NoticeBell />
          <span className="wide-only">
            <LanguageSwitch />
          </span>
          <Account />
        </div>
      </header>
      <nav className="places" aria-label={t('nav.more')}>
        {shown.map(({ to, key, icon }) => (
          <NavLink key={key} to={to} end={to === '/'} className="place">
            <span aria-hidden="true">{icon}</span>
            <span>{t(`nav.${key}`)}</span>
          </NavLink>
        ))}
      </nav>
      <main id="main" ref={main} tabIndex={-1} aria-busy={isMoving} className={isMoving ? 'page moving' : 'page'}>
        {!isUp && (
          <p className="banner" role="status">
            {t('errors.offline')}
          </p>
        )}
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

/** A number leads to its case, any other text to the list. */
function CaseSearch() {
  const { t } = useTranslation();
  const go = useNavigate();
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = String(new FormData(event.currentTarget).get('q')).trim();
    if (asked === '') return;
    const number = asked.toUpperCase();
    go(/^[A-Z]{2}-\d{4}-\d{6,}$/.test(number) ? `/cases/${number}` : `/cases?q=${encodeURIComponent(asked)}`);
  };
  return (
    <search className="case-search">
      <form onSubmit={search}>
        <input id="case-search" name="q" type="search" placeholder={t('nav.search')} aria-label={t('nav.search')} />
        <button type="submit" aria-label={t('nav.searchNow')}>
          <SearchOutlined />
        </button>
      </form>
    </search>
  );
}

function Account() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <button type="button" className="tool account" popoverTarget="account" aria-label={`${t('nav.account')} ${me.name}`}>
        {me.name}
      </button>
      <div id="account" popover="auto" className="account-menu">
        <span className="narrow-only">
          <LanguageSwitch />
        </span>
        <button type="button" className="tool" onClick={() => void signOut()}>
          {t('nav.signOut')}
        </button>
      </div>
    </>
  );
}
