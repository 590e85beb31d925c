import { SetupError } from './setup-error.ts';

/** Exit codes of the entry points, as in sysexits.h: a fault in the set-up, and a fault of ours. */
export const EXIT_SETUP = 78;
const EXIT_INTERNAL = 70;

/**
 * Runs an entry point to its end.
 * @param main gets a promise that resolves when the process is asked to end: Ctrl-C, SIGTERM, or the end of the process that started it (npm, or our own)
 */
export async function runEntry(main: (askedToEnd: Promise<void>) => Promise<void>): Promise<void> {
  try {
    await main(untilAskedToEnd());
    process.exitCode = 0;
  } catch (error) {
    const isSetup = error instanceof SetupError;
    process.stderr.write(`${isSetup ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = isSetup ? EXIT_SETUP : EXIT_INTERNAL;
  }
  if (process.connected) process.disconnect();
  // What a failed start left open, such as a pool of connections, would keep the process alive for ever.
  if (process.exitCode !== 0) process.exit();
}

/** Tells the process that started this one (see entry-process.ts) that it serves. */
export const sayReady = (): void => void process.send?.('ready');

function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
    process.once('disconnect', () => resolve());
    if (process.send && !process.connected) resolve(); // whoever started us was gone before we got here
    if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(resolve);
  });
}

/** npm passes SIGTERM to its shell only, which ends without passing it on. */
function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, 500).unref();
}
