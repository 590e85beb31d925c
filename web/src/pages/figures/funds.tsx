import { useTranslation } from 'react-i18next';
import { API } from '../../contract/client.ts';
import type { Fund } from '../../contract/figures.ts';
import { Nothing } from '../../parts/states.tsx';

/** 互助金: what each fund holds, and its ledger to take away. */
export function Funds({ items }: { readonly items: readonly Fund[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return <Nothing>{t('figures.nothing')}</Nothing>;
  return (
    <ul className="key-numbers">
      {items.map(({ id, name, balance, entries, openRequests }) => (
        <li key={id} className="key-number">
          <span>{name}</span>
          <strong>¥ {balance}</strong>
          <span>{t('figures.fund', { entries, openRequests })}</span>
          <a href={`${API}/funds/${encodeURIComponent(id)}/entries?format=xlsx`} download>
            {t('figures.ledger')}
          </a>
        </li>
      ))}
    </ul>
  );
}
