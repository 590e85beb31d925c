import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../contract/problem.ts';

/** While something is read: in the shape of what comes, and told to screen readers. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')} className="loading">
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="loading-row" />
      ))}
    </div>
  );
}

/** What the API answered, with a way on. */
export function Refused({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const { t } = useTranslation();
  const isMissing = error instanceof ProblemError && error.status === 404;
  const text = error instanceof Error ? error.message : String(error);
  return (
    <Stop title={isMissing ? t('errors.notFound') : t('errors.title')} text={isMissing ? '' : text}>
      {retry && !isMissing ? (
        <button type="button" className="main-button" onClick={() => retry()}>
          {t('errors.retry')}
        </button>
      ) : (
        <a href="/" className="main-button">
          {t('errors.backHome')}
        </a>
      )}
    </Stop>
  );
}

/** Where it does not go on: what happened, and the ways out. */
export function Stop({ title, text, children }: { readonly title: string; readonly text: string; readonly children: ReactNode }) {
  return (
    <div role="alert" className="stop">
      <h2>{title}</h2>
      {text !== '' && <p>{text}</p>}
      <div className="ways-out">{children}</div>
    </div>
  );
}

export const Nothing = ({ children }: { readonly children: ReactNode }) => <p className="nothing">{children}</p>;
