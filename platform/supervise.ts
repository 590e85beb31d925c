import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningService } from './child-process.ts';
import { reasonOf } from './setup-error.ts';
import type { Say } from './temporal-programs.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A service that ran this long before it ended is started again without the waits of earlier attempts. */
const STEADY_MS = 60_000;

export interface Supervised<Service> {
  /** As it was started first. */
  readonly first: Service;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/**
 * Starts a service and starts it again whenever it ends unasked, after 0.5 s, 1 s, 2 s … at most 30 s.
 * @throws what the first start throws
 */
export async function supervise<S extends RunningService>(name: string, start: () => Promise<S>, say: Say): Promise<Supervised<S>> {
  let isStopping = false;
  let stopWaiting: () => void = () => undefined;
  const stopAsked = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });
  const first = await start();
  let service: RunningService = first;
  const watch = (async () => {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      const startedAt = Date.now();
      const code = await service.ended;
      if (isStopping) return;
      if (Date.now() - startedAt > STEADY_MS) waitMs = FIRST_WAIT_MS;
      say(`${name} 意外退出（${code ?? '被终止'}），正在重启…`, `${name} ended (${code ?? 'killed'}), starting it again …`);
      await Promise.race([sleep(waitMs, undefined, { ref: false }), stopAsked]);
      if (isStopping) return;
      service = await start().catch((error: unknown) => failed(name, error, say));
      if (isStopping) return service.stop();
    }
  })();
  const stop = async () => {
    isStopping = true;
    stopWaiting();
    await service.stop();
    await watch;
  };
  return { first, stop };
}

function failed(name: string, error: unknown, say: Say): RunningService {
  say(`${name} 未能重启：${reasonOf(error)}`, `${name} did not start again.`);
  return { pid: 0, ended: Promise.resolve(null), stop: async () => undefined };
}
