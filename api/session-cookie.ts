/*
 * How a request says who sends it. Programs send `Authorization: Bearer <token>`. Pages have the same token in an HttpOnly cookie, which browsers send by themselves,
 * also from a foreign page: so every request by cookie that changes something must carry `X-CSRF-Token`, a MAC of the session that only our own pages can read.
 */
import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { Problem } from '../domain/problems.ts';
import type { KeyRing } from '../platform/key-ring.ts';

const SESSION_COOKIE = 'fivefold_session';
const CSRF_COOKIE = 'fivefold_csrf';

export const csrfHeader = 'x-csrf-token';

/** The values of `Set-Cookie` that sign a browser in until `expiresAt`. */
export function signInCookies(ring: KeyRing, { token, expiresAt, secure }: { token: string; expiresAt: Date; secure: boolean }): string[] {
  const attributes = `Path=/; SameSite=Strict; Expires=${expiresAt.toUTCString()}${secure ? '; Secure' : ''}`;
  return [`${SESSION_COOKIE}=${token}; HttpOnly; ${attributes}`, `${CSRF_COOKIE}=${csrfToken(ring, token)}; ${attributes}`];
}

export const signOutCookies = (): string[] => [SESSION_COOKIE, CSRF_COOKIE].map((name) => `${name}=; Path=/; SameSite=Strict; Max-Age=0`);

/** The session token of a request, or undefined if it has none. @throws Problem `forbidden` for a change by cookie without its CSRF token */
export function sessionToken(request: Request, ring: KeyRing): string | undefined {
  const bearer = /^Bearer ([\w.~+/=-]{1,500})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const token = cookieOf(request, SESSION_COOKIE);
  if (token === undefined || ['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return token;
  if (!ring.verifyMac('sign', csrfSubject(token), request.get(csrfHeader) ?? '')) throw new Problem('forbidden', { detail: csrfDetail });
  return token;
}

const csrfToken = (ring: KeyRing, token: string): string => ring.mac('sign', csrfSubject(token));

const csrfSubject = (token: string): string => `csrf ${createHash('sha256').update(token).digest('hex')}`;

const csrfDetail = {
  zh: `页面请求须在 X-CSRF-Token 中带上 ${CSRF_COOKIE} 的值。`,
  en: `A request by cookie needs the value of ${CSRF_COOKIE} in X-CSRF-Token.`,
};

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value !== undefined && /^[\w.~+/=-]{1,500}$/.test(value) ? value : undefined;
}
