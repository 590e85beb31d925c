import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/chain.ts';

/** SHA-256 (hex) of what a request asks for: two requests with the same hash ask for the same, however their JSON is spaced or ordered. */
export function bodyHash(method: string, path: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${path}\n${Buffer.isBuffer(body) ? body.toString('base64') : canonicalJson(body)}`)
    .digest('hex');
}
