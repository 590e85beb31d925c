import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * The one place logs come from: JSON lines on standard output. They hold ids, codes, durations and counts, never form data, people's names or tokens;
 * as a second line of defence, fields that could carry such things are struck out wherever a caller passes them.
 * @param service `api`, `worker`, …
 */
export function createLogger(service: string, destination: DestinationStream = pino.destination(1)): Logger {
  return pino(
    {
      base: { service },
      redact: { paths: secretPaths, censor: '[redacted]' },
      formatters: { level: (level) => ({ level }) },
      serializers: { err: faultOf },
    },
    destination,
  );
}

const secretFields = ['password', 'token', 'authorization', 'cookie', 'data', 'body', 'form', 'name', 'username', 'payload'];
const secretPaths = [...secretFields, ...secretFields.map((field) => `*.${field}`), 'req.headers', 'res.headers'];

/** Of an error only its class, code and the places in the code: a message can quote a form, a name or a row. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.constructor.name,
    ...('code' in error && { code: error.code }),
    at: at.map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: faultOf(error.cause) }),
  };
}
