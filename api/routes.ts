import type { ApiDeps } from './deps.ts';
import type { Route } from './route.ts';

/** The one list of all routes below /api/v1. */
export const routesOf = (_deps: ApiDeps): readonly Route[] => [];
