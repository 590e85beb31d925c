import type { ApiDeps } from './deps.ts';
import type { Route } from './route.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { authRoutes } from './routes/auth.ts';
import { briefRoutes } from './routes/brief.ts';
import { bulkRoutes } from './routes/bulk.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { caseCommandRoutes } from './routes/case-commands.ts';
import { caseCourseRoutes } from './routes/case-course.ts';
import { caseInquiryRoutes } from './routes/case-inquiry.ts';
import { caseItemRoutes } from './routes/case-items.ts';
import { caseNoteRoutes } from './routes/case-notes.ts';
import { caseRecordRoutes } from './routes/case-record.ts';
import { caseRoutes } from './routes/cases.ts';
import { channelRoutes } from './routes/channels.ts';
import { checkpointRoutes } from './routes/checkpoints.ts';
import { clueRoutes } from './routes/clues.ts';
import { coverageRoutes } from './routes/coverage.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { directiveRoutes } from './routes/directives.ts';
import { documentRoutes } from './routes/documents.ts';
import { draftRoutes } from './routes/drafts.ts';
import { dutyRoutes } from './routes/duty.ts';
import { eligibilityRoutes } from './routes/eligibility.ts';
import { figureRoutes } from './routes/figures.ts';
import { fundRoutes } from './routes/funds.ts';
import { holdingRoutes } from './routes/holdings.ts';
import { keyRoutes } from './routes/keys.ts';
import { meRoutes } from './routes/me.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { ownFileRoutes } from './routes/own-file.ts';
import { peopleRoutes } from './routes/people.ts';
import { peopleImportRoutes } from './routes/people-import.ts';
import { policyRoutes } from './routes/policy.ts';
import { processRoutes } from './routes/processes.ts';
import { roleRoutes } from './routes/roles.ts';
import { ruleRoutes } from './routes/rules.ts';
import { savedViewRoutes } from './routes/saved-views.ts';
import { streamRoutes } from './routes/stream.ts';
import { stuckRoutes } from './routes/stuck.ts';
import { taskActionRoutes } from './routes/task-actions.ts';
import { taskPanelRoutes } from './routes/task-panel.ts';
import { taskRoutes } from './routes/tasks.ts';
import { unitRoutes } from './routes/units.ts';

/** The one list of all routes below /api/v1. */
export const routesOf = (deps: ApiDeps): readonly Route[] => [
  ...authRoutes(deps),
  ...meRoutes(deps),
  ...ownFileRoutes(deps),
  ...processRoutes(deps),
  ...caseRoutes(deps),
  ...caseCommandRoutes(deps),
  ...caseCourseRoutes(deps),
  ...caseNoteRoutes(deps),
  ...caseRecordRoutes(deps),
  ...caseInquiryRoutes(deps),
  ...caseItemRoutes(deps),
  ...attachmentRoutes(deps),
  ...documentRoutes(deps),
  ...checkpointRoutes(deps),
  ...keyRoutes(deps),
  ...policyRoutes(deps),
  ...stuckRoutes(deps),
  ...taskRoutes(deps),
  ...taskActionRoutes(deps),
  ...taskPanelRoutes(deps),
  ...draftRoutes(deps),
  ...savedViewRoutes(deps),
  ...bulkRoutes(deps),
  ...directiveRoutes(deps),
  ...notificationRoutes(deps),
  ...briefRoutes(deps),
  ...coverageRoutes(deps),
  ...figureRoutes(deps),
  ...fundRoutes(deps),
  ...dutyRoutes(deps),
  ...channelRoutes(deps),
  ...deliveryRoutes(deps),
  ...unitRoutes(deps),
  ...roleRoutes,
  ...peopleImportRoutes(deps), // before people/:id, which would take it for a person
  ...holdingRoutes(deps), // the same
  ...peopleRoutes(deps),
  ...eligibilityRoutes(deps),
  ...clueRoutes(deps),
  ...streamRoutes(deps),
  ...ruleRoutes(deps),
  ...calendarRoutes(deps),
];
