import { i18n } from '../texts/i18n.ts';
import { ProblemError, problemOf } from './problem.ts';

export const API = '/api/v1';

/** No answer within this time means that the service is away. */
const PATIENCE_MS = 20_000;

/** Reads. @throws ProblemError */
export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>('GET', path, { ...(signal && { signal }) });

export interface Sending {
  readonly body?: unknown;
  /** The same for every try of one action, so that it takes effect once. */
  readonly key?: string;
  readonly file?: FormData;
}

/** Changes. @throws ProblemError */
export const send = <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, sending: Sending = {}): Promise<T> =>
  request<T>(method, path, sending);

/** A key of one action. `crypto.randomUUID` is missing where the page comes over plain HTTP from another machine. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Told when the session has ended: the page stays as it is and asks for the password. */
export const sessionEnd = new EventTarget();

/** Fetches a file and saves it under the name that the service gives it. @throws ProblemError */
export async function download(method: 'GET' | 'POST', path: string): Promise<void> {
  const response = await fetch(API + path, { method, credentials: 'same-origin', headers: headersOf(method, {}) }).catch(unreachable);
  if (!response.ok) throw await problemOf(response);
  const [, name = 'fivefold'] = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  const address = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

const unreachable = (): never => {
  throw new ProblemError({ slug: 'unreachable', status: 0, detail: i18n.t('errors.unreachable') });
};

const headersOf = (method: string, { body, key }: Sending): Record<string, string> => ({
  Accept: 'application/json, */*',
  'Accept-Language': i18n.language,
  ...(body !== undefined && { 'Content-Type': 'application/json' }),
  ...(method !== 'GET' && { 'X-CSRF-Token': csrfToken() }),
  ...(key !== undefined && { 'Idempotency-Key': key }),
});

async function request<T>(method: string, path: string, { body, key, file, signal }: Sending & { signal?: AbortSignal }): Promise<T> {
  const response = await fetch(path.startsWith('/api/') ? path : API + path, {
    method,
    credentials: 'same-origin',
    headers: headersOf(method, { body, ...(key !== undefined && { key }) }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(file && { body: file }),
    signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    return unreachable();
  });
  if (response.status === 401 && path !== '/auth/login') sessionEnd.dispatchEvent(new Event('ended'));
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Whether this browser has ever been signed in: if not, nobody need be asked who it is. */
export const hasSession = (): boolean => csrfToken() !== '';

const csrfToken = (): string => /(?:^|; )fivefold_csrf=([^;]*)/.exec(document.cookie)?.[1] ?? '';
