import { createBrowserRouter, type RouteObject } from 'react-router';
import { adminRoutes } from '../pages/admin/places.ts';
import { HomePage } from '../pages/home.tsx';
import { Loading } from '../parts/states.tsx';
import { Crashed } from './crash-boundary.tsx';
import { Missing } from './missing.tsx';
import { Shell } from './shell.tsx';

/** Every page but the first one is loaded when it is opened. */
const pages: RouteObject[] = [
  { index: true, element: <HomePage /> },
  { path: 'inbox', lazy: async () => ({ Component: (await import('../pages/inbox.tsx')).InboxPage }) },
  { path: 'start', lazy: async () => ({ Component: (await import('../pages/start.tsx')).StartPage }) },
  { path: 'start/:process', lazy: async () => ({ Component: (await import('../pages/start-form.tsx')).StartFormPage }) },
  { path: 'cases', lazy: async () => ({ Component: (await import('../pages/cases.tsx')).CasesPage }) },
  { path: 'cases/:number', lazy: async () => ({ Component: (await import('../pages/case/case.tsx')).CasePage }) },
  { path: 'me', lazy: async () => ({ Component: (await import('../pages/me/me.tsx')).MePage }) },
  { path: 'tasks', lazy: async () => ({ Component: (await import('../pages/tasks.tsx')).TasksPage }) },
  { path: 'figures', lazy: async () => ({ Component: (await import('../pages/figures/figures.tsx')).FiguresPage }) },
  adminRoutes,
  { path: '*', element: <Missing /> },
];

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Crashed />,
    hydrateFallbackElement: <Loading rows={8} />,
    // A page that breaks leaves standing what is around it.
    children: [{ errorElement: <Crashed />, children: pages }],
  },
  {
    path: 'wall',
    errorElement: <Crashed />,
    hydrateFallbackElement: <Loading rows={8} />,
    lazy: async () => ({ Component: (await import('../pages/wall/wall.tsx')).WallPage }),
  },
]);
