import { DesktopOutlined, DownloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMe } from '../../app/session.tsx';
import { API } from '../../contract/client.ts';
import { ProblemError } from '../../contract/problem.ts';
import { Refused } from '../../parts/states.tsx';
import { dayOf } from '../../time/instants.ts';
import { queryOf, viewIn, withView } from './asked.ts';
import { type View, viewsOf } from './dashboards.ts';
import './figures.css';
import { Shown } from './shown.tsx';

/** The figures of domain.md §5, as far as they concern the reader, each number with the list behind it. */
export function FiguresPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [params] = useSearchParams();
  const theirs = viewsOf(me.roles.map(({ role }) => role));
  if (theirs.length === 0) return <Refused error={new ProblemError({ slug: 'forbidden', status: 403, detail: t('figures.forbidden') })} />;
  const view = viewIn(params, theirs);
  return (
    <>
      <div className="page-head">
        <h1>{t('figures.title')}</h1>
        {view !== 'funds' && <Exports view={view} />}
      </div>
      <nav className="views" aria-label={t('figures.title')}>
        {theirs.map((each) => (
          <Link
            key={each}
            ref={each === view ? intoView : undefined}
            to={`?${withView(params, each)}`}
            className="view"
            aria-current={each === view ? 'page' : undefined}
          >
            {t(`figures.views.${each}`)}
          </Link>
        ))}
      </nav>
      <Shown key={view} view={view} />
    </>
  );
}

/** There may be more views than fit beside each other. */
const intoView = (link: HTMLAnchorElement | null): void => link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

function Exports({ view }: { readonly view: View }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const query = queryOf(view, params, dayOf(new Date()));
  return (
    <div className="exports">
      <Link to={`/wall?${new URLSearchParams([...params].filter(([name]) => name === 'unit'))}`} className="tool">
        <DesktopOutlined aria-hidden="true" /> {t('wall.open')}
      </Link>
      {(['xlsx', 'csv'] as const).map((format) => (
        <a key={format} href={`${API}/figures/${view}?${new URLSearchParams([...query, ['format', format]])}`} download className="tool">
          <DownloadOutlined aria-hidden="true" /> {t(`figures.export.${format}`)}
        </a>
      ))}
    </div>
  );
}
