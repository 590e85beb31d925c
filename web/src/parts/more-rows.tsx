import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly isFetching: boolean;
  readonly fetch: () => unknown;
}

/** Reads on when it comes into sight, or is asked to. */
export function MoreRows({ isFetching, fetch }: Props) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const fetching = useRef(fetch);
  fetching.current = fetch;

  useEffect(() => {
    if (!button.current || isFetching) return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetching.current(), { rootMargin: '400px' });
    watcher.observe(button.current);
    return () => watcher.disconnect();
  }, [isFetching]);

  return (
    <button ref={button} type="button" className="more" disabled={isFetching} onClick={() => fetch()}>
      {isFetching ? t('loading') : t('inbox.more')}
    </button>
  );
}
