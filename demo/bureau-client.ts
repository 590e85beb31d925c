import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** What the demonstration needs of the HTTP API, asked as any client would. */
export interface BureauClient {
  readonly url: string;
  /** Sends `POST /cases` or the like as one of the demo accounts, signing it in first. @returns the answer's JSON @throws Refused */
  ask(who: string, request: string, asking?: Asking): Promise<unknown>;
  /** Opens the stream of live changes as one of the demo accounts. @throws Refused */
  stream(who: string, signal: AbortSignal, lastEventId?: string): Promise<ReadableStream<Uint8Array>>;
}

export interface Asking {
  readonly body?: unknown;
  /** Idempotency key: with one, an answer that did not come is asked for again until it does. */
  readonly key?: string;
}

/** An error that the API names (RFC 9457). */
export class Refused extends Error {
  readonly status: number;
  readonly slug: string;

  constructor(status: number, { type, detail, errors = [] }: z.output<typeof ProblemBody>) {
    super(errors.length > 0 ? errors.map(({ path, message }) => `${message}（${path}）`).join('；') : detail);
    this.name = 'Refused';
    this.status = status;
    this.slug = type.replace('/problems/', '');
  }
}

const ProblemBody = z.object({
  type: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
const SignedIn = z.object({ token: z.string() });

/** How long the engine or the API may be away, in milliseconds, before a request with a key gives up. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 500;

export function bureauClient(url: string, { password, signal }: { password: string; signal?: AbortSignal }): BureauClient {
  const tokens = new Map<string, Promise<string>>();
  const send = (request: string, headers: Readonly<Record<string, string>>, body?: unknown): Promise<Response> => {
    const [method = 'GET', path = ''] = request.split(' ');
    return fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'Accept-Language': 'zh', ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  };
  const signIn = async (username: string): Promise<string> =>
    SignedIn.parse(await answerOf(await send('POST /auth/login', {}, { username, password }))).token;
  const authorization = async (who: string) => {
    const token = tokens.get(who) ?? signIn(who);
    tokens.set(who, token);
    token.catch(() => tokens.delete(who));
    return { Authorization: `Bearer ${await token}` };
  };

  const once = async (who: string, request: string, { body, key }: Asking): Promise<unknown> =>
    answerOf(await send(request, { ...(await authorization(who)), ...(key !== undefined && { 'Idempotency-Key': key }) }, body));
  return {
    url,
    ask: async (who, request, asking = {}) => {
      const until = Date.now() + (asking.key === undefined ? 0 : PATIENCE_MS);
      for (;;) {
        try {
          return await once(who, request, asking);
        } catch (error) {
          if (!isAway(error) || Date.now() > until || signal?.aborted) throw error;
          await sleep(RETRY_MS, undefined, { ref: false });
        }
      }
    },
    stream: async (who, ended, lastEventId) => {
      const response = await fetch(`${url}/api/v1/stream`, {
        headers: { ...(await authorization(who)), ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) },
        signal: signal ? AbortSignal.any([ended, signal]) : ended,
      });
      if (!response.ok || response.body === null) throw await refusalOf(response);
      return response.body;
    },
  };
}

async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) throw await refusalOf(response);
  return response.status === 204 ? undefined : response.json();
}

const refusalOf = async (response: Response): Promise<Refused> => new Refused(response.status, ProblemBody.parse(await response.json()));

/** 503, or nobody listens: the same request may be sent again. */
const isAway = (error: unknown): boolean => (error instanceof Refused ? error.status === 503 : error instanceof TypeError);
