const OPEN_AFTER = 3;
const PROBE_EVERY_MS = 1000;

/** Spares callers the wait for an engine that is known to be away: after three failures in a row only one call a second goes through, until one succeeds. */
export interface CircuitBreaker {
  /** Whether a call may go out now. */
  allows(): boolean;
  /** Whether the engine is believed to answer. */
  readonly isClosed: boolean;
  succeeded(): void;
  failed(): void;
}

/** @param now milliseconds that only ever grow */
export function circuitBreaker(now: () => number = () => performance.now()): CircuitBreaker {
  let failures = 0;
  let probedAt = Number.NEGATIVE_INFINITY;
  return {
    allows: () => {
      if (failures < OPEN_AFTER) return true;
      if (now() - probedAt < PROBE_EVERY_MS) return false;
      probedAt = now();
      return true;
    },
    get isClosed() {
      return failures < OPEN_AFTER;
    },
    succeeded: () => {
      failures = 0;
    },
    failed: () => {
      failures += 1;
      if (failures >= OPEN_AFTER) probedAt = now();
    },
  };
}
