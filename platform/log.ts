import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * The one place logs come from: JSON lines on standard output. They hold ids, codes, durations and counts, never form data, people's names or tokens;
 * as a second line of defence, fields that could carry such things are struck out wherever a caller passes them.
 * @param service `api`, `worker`, …
 */
export function createLogger(service: string, destination: DestinationStream = pino.destination(1)): Logger {
  return pino(
    { base: { service }, redact: { paths: secretPaths, censor: '[redacted]' }, formatters: { level: (level) => ({ level }) } },
    destination,
  );
}

const secretFields = ['password', 'token', 'authorization', 'cookie', 'data', 'body', 'form', 'name', 'username', 'payload'];
const secretPaths = [...secretFields, ...secretFields.map((field) => `*.${field}`), 'req.headers', 'res.headers'];
