/*
 * Starts the workflows of accepted cases. Intake never waits for the engine: a case is safe once it is committed, and from then on this sees to it that its workflow begins.
 * - at once, in the background, a few at a time;
 * - by a sweep over `case_unstarted` every few seconds for those that were left behind: the engine was away, or the node that accepted them stopped.
 * Both may start the same case; the engine keeps one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseNumber } from '../domain/ids.ts';
import { Problem } from '../domain/problems.ts';
import type { StartInput } from '../domain/step.ts';
import type { Logger } from '../platform/log.ts';
import type { Bureau } from '../store/bureau.ts';
import { markStarted, markUnstarted, startInput, unstarted } from '../store/start-input.ts';
import type { Engine } from './engine.ts';

const AT_ONCE = 8;
/** What nobody waits for gives way to what somebody does: two at a time are as many as an engine on two cores takes. */
const SOON_AT_ONCE = 2;
const SWEEP_EVERY_MS = 3000;
const SWEEP_PAGE = 200;
const IMPATIENT_MS = 2000;

export interface Starter {
  /** Starts a case that was accepted just now, without waiting for it. What it starts from is read, unless it is given. */
  startSoon(accepted: CaseNumber | StartInput): void;
  /** The same; resolves true once the engine has the case, false when it did not say so within two seconds (the case is then `accepted` and swept later). */
  startNow(accepted: CaseNumber | StartInput): Promise<boolean>;
  /** Lets what has begun end. */
  stop(): Promise<void>;
}

export function openStarter(bureau: Bureau, engine: Engine, log: Logger): Starter {
  const stopping = new AbortController();
  const slots = slotsOf(AT_ONCE);
  const soon = slotsOf(SOON_AT_ONCE);
  const running = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    work.then(
      () => running.delete(work),
      () => running.delete(work),
    );
    return work;
  };

  const start = (input: () => Promise<StartInput>, isOpen = false): Promise<boolean> =>
    slots(async () => {
      const { number, ...rest } = await input();
      try {
        await engine.start({ number, ...rest });
        if (!isOpen) await markStarted(bureau, number);
        return true;
      } catch (error) {
        if (!(error instanceof Problem)) log.error({ err: error, case: number }, 'a case could not be started; the sweep tries again');
        return false;
      }
    });
  const startNow = async (accepted: CaseNumber | StartInput): Promise<boolean> => {
    const number = numberOf(accepted);
    const isNew = typeof accepted !== 'string';
    // A new case is open already where the engine was believed up; its first step says the rest.
    const started = track(start(async () => (isNew ? accepted : startInput(bureau, accepted)), isNew && engine.isUp));
    const inTime = await Promise.race([started, sleep(IMPATIENT_MS, false, { ref: false })]);
    if (!inTime) await markUnstarted(bureau, number);
    return inTime;
  };
  const sweeping = track(sweepUntil(stopping.signal, { bureau, engine, log, start }));
  return {
    startNow,
    startSoon: (accepted) =>
      void track(
        soon(() => startNow(accepted)).catch((error: unknown) =>
          log.error({ err: error, case: numberOf(accepted) }, 'a case could not be started'),
        ),
      ),
    stop: async () => {
      stopping.abort();
      await sweeping;
      await Promise.allSettled(running);
    },
  };
}

const numberOf = (accepted: CaseNumber | StartInput): CaseNumber => (typeof accepted === 'string' ? accepted : accepted.number);

interface Sweep {
  readonly bureau: Bureau;
  readonly engine: Engine;
  readonly log: Logger;
  readonly start: (input: () => Promise<StartInput>) => Promise<boolean>;
}

async function sweepUntil(signal: AbortSignal, { bureau, log, start }: Sweep): Promise<void> {
  while (!signal.aborted) {
    try {
      const left = await unstarted(bureau, SWEEP_PAGE);
      const results = await Promise.all(left.map((input) => start(async () => input)));
      const started = results.filter((done) => done).length;
      if (left.length > 0) log.info({ found: left.length, started }, 'cases that had not been started');
      if (started === SWEEP_PAGE) continue;
    } catch {
      // The database is away; readiness says so, and the next sweep comes by itself.
    }
    await sleep(SWEEP_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Runs at most `count` of the works given to it at a time. */
function slotsOf(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
