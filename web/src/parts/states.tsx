import { Button, Empty, Result, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../contract/problem.ts';

/** While something is read: in the shape of what comes, and told to screen readers. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')} className="loading">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** What the API answered, with a way on. */
export function Refused({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const { t } = useTranslation();
  const isMissing = error instanceof ProblemError && error.status === 404;
  const text = isMissing ? t('errors.notFound') : error instanceof Error ? error.message : String(error);
  return (
    <div role="alert">
      <Result
        status={isMissing ? '404' : 'warning'}
        title={isMissing ? t('errors.notFound') : t('errors.title')}
        subTitle={isMissing ? undefined : text}
        extra={
          retry && !isMissing ? (
            <Button type="primary" onClick={() => retry()}>
              {t('errors.retry')}
            </Button>
          ) : (
            <Button href="/">{t('errors.backHome')}</Button>
          )
        }
      />
    </div>
  );
}

export const Nothing = ({ children }: { readonly children: ReactNode }) => (
  <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={children} />
);
