import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { CaseNumber, Instant } from '../domain/ids.ts';
import { instantOf } from '../domain/time-zone.ts';
import { withDeadline } from '../platform/temporal.ts';
import { settleFigures } from '../store/figures/settle.ts';
import { type Lane, noteWoken, ringBell, type Sleeper, sleepers } from '../store/ring-bell.ts';
import { ringItems } from '../store/ring-items.ts';
import { wakeSignal } from '../workflows/kit/submission.ts';
import type { ActivityDeps } from './deps.ts';

export type BellActivities = ReturnType<typeof bellActivities>;

const SHIFT_MS = 60_000;
const LOOK_EVERY_MS = 250;
/** A case that was woken and has done nothing is woken again after this time. */
export const WAKE_AGAIN_MS = 30_000;
const WAKE_LIMIT_MS = 5000;
const WAKE_AT_ONCE = 20;

export const bellActivities = ({ bureau, temporal, startSoon, stopping }: ActivityDeps) => ({
  /** Rings the bell of a lane for a minute, or until this worker ends: at once where more is due, else four times a second. */
  async ring(lane: Lane): Promise<void> {
    const { heartbeat, cancellationSignal } = Context.current();
    const ending = AbortSignal.any([cancellationSignal, stopping]);
    for (const until = Date.now() + SHIFT_MS; Date.now() < until && !ending.aborted; ) {
      heartbeat();
      const at = instantOf(Date.now());
      const { isFull } = await ringBell(bureau, lane, at);
      const items = lane === 'usual' && (await ringItems(bureau, at)).isFull;
      const woken = await wakeDue({ bureau, temporal, startSoon }, lane, at);
      if (!isFull && !items && woken === 0) await sleep(LOOK_EVERY_MS, undefined, { signal: ending }).catch(() => undefined);
    }
    if (lane === 'usual') await settleFigures(bureau.db);
  },
});

/**
 * Wakes the cases whose workflows have something to do, a batch at a time. One that could not be reached is tried again the next time, one that did nothing after half a minute.
 * @returns how many were woken
 */
export async function wakeDue(deps: Pick<ActivityDeps, 'bureau' | 'temporal' | 'startSoon'>, lane: Lane, at: Instant): Promise<number> {
  const { bureau } = deps;
  const due = await sleepers(bureau, lane, at);
  const woken: Sleeper[] = [];
  for (let from = 0; from < due.length; from += WAKE_AT_ONCE) {
    const some = due.slice(from, from + WAKE_AT_ONCE);
    const answers = await Promise.all(some.map(({ number }) => wake(deps, number)));
    woken.push(...some.filter((_, index) => answers[index]));
  }
  if (woken.length > 0) await noteWoken(bureau, woken, { at, again: instantOf(Date.parse(at) + WAKE_AGAIN_MS) });
  return woken.length;
}

/** A case that the engine has not begun yet, or has lost, is started. @returns false where the engine did not answer */
async function wake({ temporal, startSoon }: Pick<ActivityDeps, 'temporal' | 'startSoon'>, number: CaseNumber): Promise<boolean> {
  try {
    await withDeadline(temporal, WAKE_LIMIT_MS, () => temporal.workflow.getHandle(number).signal(wakeSignal));
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) return false;
    startSoon(number);
    return true;
  }
}
