import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { WAKE_AGAIN_MS, wakeDue } from '../activities/bell.ts';
import { instantOf } from '../domain/time-zone.ts';
import type { Bureau } from '../store/bureau.ts';
import { lanes, ringBell } from '../store/ring-bell.ts';
import { ringItems } from '../store/ring-items.ts';
import { until } from './until.ts';

type WakeDeps = Parameters<typeof wakeDue>[0];

/**
 * Lets time pass as it does with the bell: at each instant at which something is due it is rung, and whoever it woke takes their turn before time goes on.
 * The time-skipping server has no schedules that would ring it.
 */
export async function skipTo(env: TestWorkflowEnvironment, deps: WakeDeps, end: number): Promise<void> {
  for (let next = await nextDue(deps.bureau); next !== null && next <= end; next = await nextDue(deps.bureau)) {
    const now = await env.currentTimeMs();
    if (next > now) await env.sleep(next - now);
    await ringAt(deps, Math.max(next, now));
  }
  const left = end - (await env.currentTimeMs());
  if (left > 0) await env.sleep(left);
}

async function ringAt(deps: WakeDeps, ms: number): Promise<void> {
  const at = instantOf(ms);
  while ((await ringItems(deps.bureau, at)).isFull);
  for (const lane of lanes) {
    while ((await ringBell(deps.bureau, lane, at)).isFull);
    await wakeDue(deps, lane, at);
  }
  await until(async () => (await noted(deps.bureau, ms)) === 0, 'a case that was woken did not take its turn');
}

async function nextDue({ db }: Bureau): Promise<number | null> {
  const [row] = await db.$queryRaw<[{ next: Date | null }]>`
    select least((select min(least(ring_at, wake_at)) from task), (select min(wake_at) from case_wait), (select min(ring_at) from round_item)) as next`;
  return row.next?.getTime() ?? null;
}

/** How many were woken then and have not taken their turn. */
async function noted({ db }: Bureau, ms: number): Promise<number> {
  const again = new Date(ms + WAKE_AGAIN_MS);
  const [row] = await db.$queryRaw<[{ left: number }]>`
    select ((select count(*) from task where wake_at = ${again}) + (select count(*) from case_wait where wake_at = ${again}))::integer as left`;
  return row.left;
}
