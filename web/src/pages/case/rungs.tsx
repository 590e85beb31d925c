import { useTranslation } from 'react-i18next';
import type { Task } from '../../contract/types.ts';
import { said } from '../../texts/i18n.ts';
import { dateAndTime } from '../../time/instants.ts';

/** The rungs of a task's ladder: what happens by itself, and when. */
export function Rungs({ of }: { readonly of: Task }) {
  const { t } = useTranslation();
  if (of.ladder.length === 0) return null;
  return (
    <details className="rungs">
      <summary>{t('case.rungs')}</summary>
      <ol>
        {of.ladder.map(({ at, kind, toTitle, level, firedAt }) => (
          <li key={`${at} ${kind} ${level}`} className={firedAt ? 'fired' : ''}>
            <time dateTime={at}>{dateAndTime(at)}</time> {t(`case.rungKinds.${kind}`)}
            {kind !== 'due' && kind !== 'remind' && ` → ${said(toTitle)}`}
            {firedAt && <span className="quiet"> {t('case.fired', { at: dateAndTime(firedAt) })}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}
