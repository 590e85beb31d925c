import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Case } from '../../contract/types.ts';
import { said } from '../../texts/i18n.ts';

/** The cases that this one opened, came from or belongs to. */
export function Links({ it }: { readonly it: Case }) {
  const { t } = useTranslation();
  if (it.links.length === 0) return null;
  return (
    <section className="panel padded" aria-label={t('case.links')}>
      <h2>{t('case.links')}</h2>
      <ul className="values">
        {it.links.map(({ relation, relationTitle, number }) => (
          <li key={`${relation} ${number}`}>
            <span className="quiet">{said(relationTitle)}</span> <Link to={`/cases/${number}`}>{number}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
