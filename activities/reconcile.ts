import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { CaseNumber } from '../domain/ids.ts';
import { healthOf } from '../platform/workflow-health.ts';
import { runningCases } from '../store/running-cases.ts';
import { forgetClosed, type Look, noteLooks } from '../store/stuck-cases.ts';
import type { ActivityDeps } from './deps.ts';

export type ReconcileActivities = ReturnType<typeof reconcileActivities>;

/** So few that whoever waits for the engine does not notice. */
const AT_ONCE = 4;
const PAGE = 100;

export const reconcileActivities = ({ bureau, temporal, startSoon, log, stopping }: ActivityDeps) => ({
  /**
   * Looks at the workflow of every open case: starts the ones that the engine has lost, which then take from the record what they did before, and notes those that do not move, for
   * administrators (`GET /stuck`).
   */
  async reconcile(): Promise<void> {
    const { heartbeat, cancellationSignal } = Context.current();
    const ending = AbortSignal.any([cancellationSignal, stopping]);
    for await (const page of pagesOf(runningCases(bureau))) {
      heartbeat();
      if (ending.aborted) throw new Error('the worker ends: another one looks again');
      const looks = await looksAt(temporal, page);
      const stuck = new Set(await noteLooks(bureau.db, looks, new Date()));
      for (const { number, kind } of looks) {
        if (!stuck.has(number)) continue;
        log.warn({ case: number, kind }, 'the workflow of an open case does not go on');
        if (kind !== 'failing') startSoon(number);
      }
    }
    await forgetClosed(bureau.db);
  },
});

async function looksAt(temporal: Client, numbers: readonly CaseNumber[]): Promise<Look[]> {
  const looks: Look[] = [];
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    const some = numbers.slice(from, from + AT_ONCE);
    looks.push(...(await Promise.all(some.map((number) => lookAt(temporal, number)))));
  }
  return looks;
}

async function lookAt(temporal: Client, number: CaseNumber): Promise<Look> {
  const health = await healthOf(temporal, number);
  return { number, kind: health === 'running' ? null : health };
}

async function* pagesOf(numbers: AsyncIterable<CaseNumber>): AsyncGenerator<CaseNumber[]> {
  let page: CaseNumber[] = [];
  for await (const number of numbers) {
    page.push(number);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
