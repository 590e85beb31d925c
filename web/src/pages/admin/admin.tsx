import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Outlet, useLocation } from 'react-router';
import { holds, useMe } from '../../app/session.tsx';
import { ProblemError } from '../../contract/problem.ts';
import { Refused } from '../../parts/states.tsx';
import { adminEn } from '../../texts/admin-en.ts';
import { adminZh } from '../../texts/admin-zh.ts';
import { addTexts } from '../../texts/i18n.ts';
import './admin.css';
import { adminPlaces } from './places.ts';

addTexts('admin', { zh: adminZh, en: adminEn });

/** What stands around the pages of administration: where one may go, and a clear word to whoever may not. */
export function AdminPages() {
  const { t } = useTranslation();
  const places = usePlaces();
  const here = useLocation().pathname.split('/')[2];
  const nav = useRef<HTMLElement>(null);
  // On a phone they stand in one long line.
  useEffect(() => {
    const current = here && nav.current?.querySelector(`[href="/admin/${here}"]`);
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [here]);
  const isRefused = places.length === 0 || (here !== undefined && here !== '' && !places.some(({ path }) => path === here));
  if (isRefused) return <Refused error={new ProblemError({ slug: 'forbidden', status: 403, detail: t('admin.forbidden') })} />;
  return (
    <>
      <nav ref={nav} className="admin-places" aria-label={t('nav.admin')}>
        {places.map(({ path }) => (
          <NavLink key={path} to={path} className="admin-place">
            {t(`admin.places.${path}`)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  );
}

/** The first page that the reader may use. */
export function FirstPlace() {
  const [first] = usePlaces();
  return first ? <Navigate to={first.path} replace /> : null;
}

function usePlaces() {
  const me = useMe();
  return adminPlaces.filter(({ roles }) => holds(me, ...roles));
}
