import { archiveActivities } from './archive.ts';
import { attachmentActivities } from './attachments.ts';
import { bellActivities } from './bell.ts';
import { briefActivities } from './brief.ts';
import { deliverActivities } from './deliver.ts';
import type { ActivityDeps } from './deps.ts';
import { postActivities } from './post.ts';
import { reconcileActivities } from './reconcile.ts';
import { recordActivities } from './record.ts';
import { roundActivities } from './rounds.ts';

/** Every activity that procedures may ask for; what a worker is given. */
export const createActivities = (deps: ActivityDeps) => ({
  ...recordActivities(deps),
  ...deliverActivities(),
  ...bellActivities(deps),
  ...roundActivities(deps),
  ...archiveActivities(deps),
  ...postActivities(deps),
  ...briefActivities(deps),
  ...attachmentActivities(deps),
  ...reconcileActivities(deps),
});
