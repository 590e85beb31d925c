/** What one kind of call did under load. Times in milliseconds. */
export interface Load {
  readonly calls: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  /** What it takes where nothing else holds it up. */
  readonly fastest: number;
}

/** Makes `calls` calls, `callers` at a time; each caller sends its next one when the last is answered. */
export async function load(callers: number, calls: number, call: (index: number) => Promise<unknown>): Promise<Load> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const caller = async () => {
    while (next < calls) {
      const index = next++;
      const sent = performance.now();
      await call(index);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  return { calls, perSecond: calls / seconds, p50: quantile(times, 0.5), p95: quantile(times, 0.95), fastest: quantile(times, 0) };
}

const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

/** The median of several rounds, figure by figure. */
export function median(rounds: readonly Load[]): Load {
  const of = (pick: (load: Load) => number) =>
    quantile(
      rounds.map(pick).sort((a, b) => a - b),
      0.5,
    );
  return {
    calls: rounds[0]?.calls ?? 0,
    perSecond: of((l) => l.perSecond),
    p50: of((l) => l.p50),
    p95: of((l) => l.p95),
    fastest: of((l) => l.fastest),
  };
}
