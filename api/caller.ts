import type { Request } from 'express';
import type { Actor } from '../domain/actor.ts';
import type { Locale } from '../domain/ids.ts';

/** Who sends a request; known once `identify` (mount.ts) has run. */
export interface Caller {
  readonly actor: Actor | null;
  readonly token: string | undefined;
}

const callers = new WeakMap<Request, Caller>();

export const setCaller = (request: Request, caller: Caller): void => void callers.set(request, caller);

export const callerOf = (request: Request): Caller => callers.get(request) ?? { actor: null, token: undefined };

/** The language to answer in: what the request asks for, else the person's own, else Chinese. */
export function localeOf(request: Request): Locale {
  const asked = request.headers['accept-language'];
  const fallback = callerOf(request).actor?.locale ?? 'zh';
  if (asked === undefined || asked.trim() === '' || asked.trim() === '*') return fallback;
  const found = request.acceptsLanguages('zh', 'en');
  return found === 'zh' || found === 'en' ? found : fallback;
}
