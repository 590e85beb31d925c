/*
 * Carries bulk operations out, item by item, beside the requests of every API node.
 * - An item is leased in the database, so that two nodes do not work at the same one, and given up by a dead node after the lease.
 * - It is done by the function of the single route, with the rights that whoever started the bulk has at that moment, under the key `bulk:<id>:<n>`: twice is once.
 * - While the engine is away, items wait. What cannot be known at once (`outcome-unknown`) is asked again under the same key.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { itemKey } from '../../domain/bulk.ts';
import { Problem } from '../../domain/problems.ts';
import { instantOf } from '../../domain/time-zone.ts';
import { actorOfPerson } from '../../store/actor.ts';
import { endFinished, endItem, type ItemEnd, type TakenItem, takeItem } from '../../store/bulk.ts';
import { stepOf } from '../../store/steps.ts';
import { type Acting, carryOut, causeOf, doOnce } from '../act.ts';
import type { ApiDeps } from '../deps.ts';
import { kindOf } from './kinds.ts';

const LEASE_MS = 15_000;
const LOOK_EVERY_MS = 1000;
/** What fails unforeseen is tried so often, a lease apart. */
const MOST_ATTEMPTS = 10;

export interface BulkRunner {
  /** Lets the item in hand end. */
  stop(): Promise<void>;
}

export function openBulkRunner(deps: ApiDeps): BulkRunner {
  const stopping = new AbortController();
  const running = runUntil(stopping.signal, deps);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function runUntil(signal: AbortSignal, deps: ApiDeps): Promise<void> {
  while (!signal.aborted) {
    try {
      while (!signal.aborted && (await doNext(deps)));
      await endFinished(deps.db);
    } catch {
      // The database is away; readiness says so, and the next look comes by itself.
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** @returns whether there was anything to do */
async function doNext(deps: ApiDeps): Promise<boolean> {
  const item = await takeItem(deps, LEASE_MS);
  if (item === null) return false;
  const end = await endOf(deps, item).catch((error: unknown) => endOfFailure(deps, item, error));
  if (end !== null) await endItem(deps.db, item, end);
  return true;
}

async function endOf(deps: ApiDeps, item: TakenItem): Promise<ItemEnd> {
  const actor = await actorOfPerson(deps.db, item.by, new Date());
  if (actor === null || item.isDisabled) throw new Problem('forbidden');
  const key = itemKey(item.bulk, item.n);
  const acting = { actor, locale: actor.locale, at: new Date(), key, bodyHash: item.bodyHash, requestId: key };
  const number = kindOf(item.kind).caseOf(item.target);
  const cause = number === null ? `intake:${causeOf(acting)}` : causeOf(acting);
  if (item.bulkState === 'cancelled') {
    const done = await stepOf(deps, cause);
    return done === null ? { state: 'cancelled' } : { state: 'done', ...(number === null && { opened: done.number }) };
  }
  if (number === null) return { state: 'done', opened: await openOnce(deps, acting, item) };
  await doOnce(deps, acting, number, async () => {
    const { work } = await kindOf(item.kind).judge(deps, acting, item);
    if (!('plan' in work)) throw new Error(`${item.kind} opens a case and has one`);
    await carryOut(deps, acting, work.plan);
  });
  return { state: 'done' };
}

/** Opens the item's case, unless an earlier attempt has. */
async function openOnce(deps: ApiDeps, acting: Acting, item: TakenItem): Promise<string> {
  const earlier = await stepOf(deps, `intake:${causeOf(acting)}`);
  if (earlier !== null) return earlier.number;
  const { work } = await kindOf(item.kind).judge(deps, acting, item);
  if (!('acceptance' in work)) throw new Error(`${item.kind} has no case to act in`);
  const { key, bodyHash, at } = acting;
  const { number, input } = await deps.intake({
    acceptance: work.acceptance,
    key,
    bodyHash,
    at: instantOf(at.getTime()),
    engineUp: deps.engine.isUp,
  });
  if (input !== null) deps.starter.startSoon(input);
  return number;
}

/** Null where the item is to be tried again when its lease has run out. */
function endOfFailure({ log }: ApiDeps, { bulk, n, attempts }: TakenItem, error: unknown): ItemEnd | null {
  if (error instanceof Problem) return error.status < 500 ? { state: 'refused', problem: error.slug } : null;
  log.error({ err: error, bulk, n, attempts }, 'an item of a bulk operation failed');
  return attempts < MOST_ATTEMPTS ? null : { state: 'refused', problem: 'internal' };
}
