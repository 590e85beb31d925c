import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import type { Logger } from './log.ts';

/** Fields of the SDK's log lines that hold ids and counts only. */
const plainFields = [
  'sdkComponent',
  'namespace',
  'taskQueue',
  'workflowType',
  'workflowId',
  'runId',
  'activityType',
  'activityId',
  'attempt',
  'isLocal',
  'durationMs',
];

/**
 * Sends the Temporal SDK's own lines (warnings and worse) to our log. What comes from a case is left out: the message of a failure can quote a form, so of an error only its class and
 * the places in the code are kept. Call it once, before the first worker or native connection of the process.
 */
export function installTemporalLog(log: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('WARN', (entry) => write(log, entry)),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
    shutdownSignals: [],
  });
}

/** The same for a command that tells everything itself. */
export function silenceTemporalLog(): void {
  const silent = { core: 'ERROR', other: 'ERROR' } as const;
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging: { forward: {}, filter: silent } } });
}

function write(log: Logger, { level, message, meta }: LogEntry): void {
  const fields = Object.fromEntries(Object.entries(meta ?? {}).filter(([field]) => plainFields.includes(field)));
  const line = { ...fields, ...describe(meta?.error) };
  if (level === 'ERROR') log.error(line, message);
  else log.warn(line, message);
}

function describe(error: unknown): { error?: string; at?: readonly string[] } {
  if (!(error instanceof Error)) return {};
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.constructor.name, at: frames.map((line) => line.trim()) };
}
