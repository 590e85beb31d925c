import { App } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from './client.ts';
import { ProblemError } from './problem.ts';

/**
 * Something that is to happen once: while no definite answer has come, each further try carries the same key, so that it takes effect once.
 * @returns its runner, whether it runs, and the last refusal
 */
export function useAction<A extends readonly unknown[], T>(act: (key: string, ...args: A) => Promise<T>) {
  const { notification } = App.useApp();
  const { t } = useTranslation();
  const key = useRef<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ProblemError | null>(null);

  const run = async (...args: A): Promise<T | undefined> => {
    key.current ??= newKey();
    setBusy(true);
    setRefusal(null);
    try {
      const result = await act(key.current, ...args);
      key.current = null;
      return result;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (!error.isPassing) key.current = null;
      setRefusal(error);
      if (error.errors.length === 0)
        notification.error({
          title: t('errors.title'),
          description: error.message,
          ...(error.requestId !== null && error.status >= 500 && { actions: t('errors.request', { id: error.requestId }) }),
        });
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, isBusy, refusal };
}
