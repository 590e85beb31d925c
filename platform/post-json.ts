import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP } from 'node:net';
import { SEND_LIMIT_MS, Undelivered } from './outbound.ts';
import type { Receivers } from './receivers.ts';

const MOST_ANSWER = 100_000;

export interface Posting {
  readonly url: URL;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts JSON to an address that may be posted to; follows no redirection. @returns the answer's text, at most 100 kB @throws Undelivered unless it was 2xx in time */
export function postJson(receivers: Receivers, { url, body, headers = {} }: Posting): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // An address is connected to as it stands, without the lookup.
  if (isIP(host) !== 0 && !receivers.allows(host)) return Promise.reject(new Undelivered('not-allowed'));
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.timeout(SEND_LIMIT_MS);
    const fail = (error: Error) => {
      if (error instanceof Undelivered) reject(error);
      else reject(new Undelivered(limit.aborted ? 'no-answer' : 'unreachable', undefined, { cause: error }));
    };
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) },
      lookup: receivers.lookup,
      agent: false,
      signal: limit,
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const { statusCode = 0 } = response;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > MOST_ANSWER) response.destroy(new Undelivered('refused', 'answer-too-long'));
      });
      response.on('error', fail);
      response.on('end', () => (statusCode >= 200 && statusCode < 300 ? resolve(text) : reject(new Undelivered('refused', statusCode))));
    });
    request.end(body);
  });
}
