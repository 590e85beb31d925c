import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Unit } from '../../contract/types.ts';
import { useUnits } from '../../values/names.tsx';

/** The units of the bureau, each below the one above it; one of them chosen narrows the list. */
export function UnitTree() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const units = useUnits();
  const chosen = params.get('unit');
  const to = (unit: string | null) => {
    const after = new URLSearchParams(params);
    if (unit === null) after.delete('unit');
    else after.set('unit', unit);
    return `?${after}`;
  };
  const below = (parent: string | null) => {
    const here = units.filter((unit) => unit.parent === parent);
    return here.length > 0 && <ul>{here.map(branch)}</ul>;
  };
  const branch = ({ id, name, leaderName }: Unit) => (
    <li key={id}>
      <Link to={to(id)} aria-current={chosen === id || undefined}>
        {name} <span className="quiet">{leaderName}</span>
      </Link>
      {below(id)}
    </li>
  );
  return (
    <details className="panel units" open={matchMedia('(min-width: 761px)').matches}>
      <summary>{units.find(({ id }) => id === chosen)?.name ?? t('admin.people.allUnits')}</summary>
      <Link to={to(null)} aria-current={chosen === null || undefined}>
        {t('admin.people.allUnits')}
      </Link>
      {below(null)}
    </details>
  );
}
