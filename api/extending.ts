import { demand } from '../domain/access.ts';
import { extendedDue, mayExtend } from '../domain/clock.ts';
import type { Duration } from '../domain/duration.ts';
import { Problem } from '../domain/problems.ts';
import { instantOf } from '../domain/time-zone.ts';
import type { Plan } from './act.ts';
import type { Asking, FoundTask } from './case-for.ts';
import { commandSettings } from './command-rules.ts';
import type { ApiDeps } from './deps.ts';

/** 延期, decided by a leader where policy asks for it. @throws Problem with the reason of the refusal */
export async function extending(
  deps: ApiDeps,
  { actor }: Asking,
  { found, by, reason }: { found: FoundTask; by: Duration; reason: string },
): Promise<Plan> {
  const { facts, taskFacts, task, record } = found;
  const decision = demand(actor, 'task.extend', { case: facts, task: taskFacts });
  await refuseBeyondCalendar(deps, found, by);
  const { extensionNeedsApproval, maxExtensions: most, maxExtension } = await commandSettings(deps, record);
  if (!mayExtend(task.moves, by, maxExtension)) throw new Problem('beyond-maximum');
  const asked = { action: 'extend', task: task.id, extendBy: by, reason, decide: !extensionNeedsApproval } as const;
  const action = { ...asked, ...(most !== undefined && { most }) };
  return { number: record.number, decision, action };
}

/** What no calendar reaches could be granted and never be written. @throws Problem `calendar-gap` */
async function refuseBeyondCalendar({ policies }: ApiDeps, { task, record }: FoundTask, by: Duration): Promise<void> {
  const { policy, calendar } = await policies.of(record.policyVersion);
  if (task.dueAt !== null) extendedDue(instantOf(Date.parse(task.dueAt)), by, calendar, policy.timeScale);
}
