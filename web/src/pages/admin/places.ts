import type { RouteObject } from 'react-router';

const staffKeepers = ['administrator', 'political-department'];
const rulers = [...staffKeepers, 'supervision-desk', 'auditor'];

export interface Place {
  readonly path: string;
  readonly roles: readonly string[];
}

/** The pages for those who keep the bureau, each with the roles that may use it; what is refused is the API's to say. */
export const adminPlaces = [
  { path: 'people', roles: staffKeepers },
  { path: 'import', roles: staffKeepers },
  { path: 'acting', roles: staffKeepers },
  { path: 'leavers', roles: staffKeepers },
  { path: 'policy', roles: rulers },
  { path: 'simulate', roles: rulers },
  { path: 'calendar', roles: rulers },
  { path: 'rules', roles: rulers },
  { path: 'deliveries', roles: ['administrator'] },
  { path: 'stuck', roles: ['administrator'] },
  { path: 'keys', roles: ['administrator', 'auditor'] },
  { path: 'audit', roles: ['administrator', 'auditor'] },
] as const satisfies readonly Place[];

/** Who finds the way here in the menu. */
export const administrators: readonly string[] = [...new Set(adminPlaces.flatMap(({ roles }) => roles))];

export const adminRoutes: RouteObject = {
  path: 'admin',
  lazy: async () => ({ Component: (await import('./admin.tsx')).AdminPages }),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./admin.tsx')).FirstPlace }) },
    { path: 'people', lazy: async () => ({ Component: (await import('./people.tsx')).PeoplePage }) },
    { path: 'people/:id', lazy: async () => ({ Component: (await import('./person.tsx')).PersonPage }) },
    { path: 'import', lazy: async () => ({ Component: (await import('./import.tsx')).ImportPage }) },
    { path: 'acting', lazy: async () => ({ Component: (await import('./acting.tsx')).ActingPage }) },
    { path: 'leavers', lazy: async () => ({ Component: (await import('./leavers.tsx')).LeaversPage }) },
    { path: 'policy', lazy: async () => ({ Component: (await import('./policy.tsx')).PolicyPage }) },
    { path: 'simulate', lazy: async () => ({ Component: (await import('./simulate.tsx')).SimulatePage }) },
    { path: 'calendar', lazy: async () => ({ Component: (await import('./calendar.tsx')).CalendarPage }) },
    { path: 'rules', lazy: async () => ({ Component: (await import('./rules.tsx')).RulesPage }) },
    { path: 'deliveries', lazy: async () => ({ Component: (await import('./deliveries.tsx')).DeliveriesPage }) },
    { path: 'stuck', lazy: async () => ({ Component: (await import('./stuck.tsx')).StuckPage }) },
    { path: 'keys', lazy: async () => ({ Component: (await import('./keys.tsx')).KeysPage }) },
    { path: 'audit', lazy: async () => ({ Component: (await import('./audit.tsx')).AuditPage }) },
  ],
};
