import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider, App as Feedback } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { ProblemError } from '../contract/problem.ts';
import { ClockProvider } from '../time/clock.tsx';
import { CrashBoundary } from './crash-boundary.tsx';
import { router } from './routes.tsx';
import { SessionGate } from './session.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // No answer at all took long enough: whoever waits is told after the second time.
      retry: (count, error) => error instanceof ProblemError && error.isPassing && count < (error.status === 0 ? 1 : 3),
      refetchOnWindowFocus: true,
    },
  },
});

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

const theme = {
  token: {
    colorPrimary: '#12408f',
    colorInfo: '#12408f',
    colorLink: '#12408f',
    colorError: '#b42318',
    colorWarning: '#9a5b00',
    colorSuccess: '#14683c',
    // The shades that the library derives from dark colours are muddy.
    colorInfoBg: '#e8eefb',
    colorInfoBorder: '#b9c8ea',
    colorErrorBg: '#fdeceb',
    colorErrorBorder: '#eeb4ae',
    colorWarningBg: '#fff4e0',
    colorWarningBorder: '#e8c48a',
    colorSuccessBg: '#e3f4ea',
    colorSuccessBorder: '#a8d5bb',
    colorTextDescription: '#52586a',
    colorTextPlaceholder: '#667085',
    borderRadius: 6,
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: 'var(--font)',
  },
};

export function App() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider locale={i18n.language === 'en' ? enUS : zhCN} theme={theme} csp={{ nonce }} button={{ autoInsertSpace: false }}>
      <Feedback>
        <CrashBoundary>
          <QueryClientProvider client={queries}>
            <SessionGate>
              <ClockProvider>
                <RouterProvider router={router} />
              </ClockProvider>
            </SessionGate>
          </QueryClientProvider>
        </CrashBoundary>
      </Feedback>
    </ConfigProvider>
  );
}
