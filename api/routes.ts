import type { ApiDeps } from './deps.ts';
import type { Route } from './route.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { caseCommandRoutes } from './routes/case-commands.ts';
import { caseNoteRoutes } from './routes/case-notes.ts';
import { caseRecordRoutes } from './routes/case-record.ts';
import { caseRoutes } from './routes/cases.ts';
import { draftRoutes } from './routes/drafts.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { processRoutes } from './routes/processes.ts';
import { ruleRoutes } from './routes/rules.ts';
import { streamRoutes } from './routes/stream.ts';
import { taskActionRoutes } from './routes/task-actions.ts';
import { taskRoutes } from './routes/tasks.ts';

/** The one list of all routes below /api/v1. */
export const routesOf = (deps: ApiDeps): readonly Route[] => [
  ...processRoutes(deps),
  ...caseRoutes(deps),
  ...caseCommandRoutes(deps),
  ...caseNoteRoutes(deps),
  ...caseRecordRoutes(deps),
  ...taskRoutes(deps),
  ...taskActionRoutes(deps),
  ...draftRoutes(deps),
  ...notificationRoutes(deps),
  ...streamRoutes(deps),
  ...ruleRoutes(deps),
  ...calendarRoutes(deps),
];
