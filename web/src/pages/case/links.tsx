import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Case } from '../../contract/types.ts';
import { useProcesses } from '../../parts/processes.ts';
import { said } from '../../texts/i18n.ts';

type CaseLink = Case['links'][number];

/** Where a case comes from: shown above it, what follows from it below. */
const sources = ['opened-by', 'merged-from', 'about', 'in-report'];

/** The cases that this one came from, and those that came of it, as a small tree. */
export function Links({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  if (it.links.length === 0) return null;
  const isSource = ({ relation }: CaseLink) => sources.includes(relation);
  return (
    <section className="panel padded" aria-label={t('case.links')}>
      <h2>{t('case.links')}</h2>
      <Branch links={it.links.filter(isSource)} className="links sources" />
      <p className="this-case">
        {t('case.thisCase')} {it.number}
      </p>
      <Branch links={it.links.filter((link) => !isSource(link))} className="links" />
    </section>
  );
}

function Branch({ links, className }: { readonly links: readonly CaseLink[]; readonly className: string }) {
  const { data: processes = [] } = useProcesses();
  if (links.length === 0) return null;
  const processOf = (number: string) => said(processes.find(({ prefix }) => number.startsWith(`${prefix}-`))?.title);
  return (
    <ul className={className}>
      {links.map(({ relation, relationTitle, number }) => (
        <li key={`${relation} ${number}`}>
          <span className="quiet">{said(relationTitle)}</span>
          <Link to={`/cases/${number}`}>
            {processOf(number)} {number}
          </Link>
        </li>
      ))}
    </ul>
  );
}
