import { randomUUID } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { demand, isGeneral } from '../domain/access.ts';
import { Problem } from '../domain/problems.ts';
import { actorOfToken } from '../store/actor.ts';
import { bodyHash } from './body-hash.ts';
import { callerOf, localeOf, setCaller } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import { refuseEvenly } from './even-refusal.ts';
import { parse } from './parse.ts';
import { readBody, refuseUnstorable } from './read-body.ts';
import { type AnyCall, checkRoutes, Reply, type Route, type RoutePermission, Streamed } from './route.ts';
import { sessionToken } from './session-cookie.ts';

export const API_BASE = '/api/v1';

const LIMIT_WINDOW_MS = 10_000;
const LIMIT_PER_WINDOW = 2000;

/** All routes under one router, each behind sign-in, rate limit, permission and its schemas. @throws when a route names no permission */
export function mountRoutes(deps: ApiDeps, routes: readonly Route[]): Router {
  checkRoutes(routes);
  const router = Router({ caseSensitive: true, strict: true });
  router.use(identify(deps), limit(deps.requestsPerWindow ?? LIMIT_PER_WINDOW));
  for (const path of new Set(routes.map((each) => each.path))) {
    const here = routes.filter((each) => each.path === path);
    for (const each of here) {
      const { perHour } = each.spec;
      const guards = perHour === undefined ? [] : [limitSource(perHour)];
      router[each.method](path, ...guards, (request: Request, response: Response) => answer(each, request, response));
    }
    router.all(path, refuseMethod(here.map(({ method }) => method.toUpperCase())));
  }
  return router;
}

const identify =
  ({ db, ring }: ApiDeps): RequestHandler =>
  async (request, _response, next) => {
    const token = sessionToken(request, ring);
    setCaller(request, { token, actor: token === undefined ? null : await actorOfToken(db, token, new Date()) });
    next();
  };

const limit = (perWindow: number): RequestHandler =>
  rateLimit({
    windowMs: LIMIT_WINDOW_MS,
    limit: perWindow,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    keyGenerator: (request) => callerOf(request).actor?.id ?? `ip ${request.ip}`,
    handler: () => {
      throw new Problem('too-many-requests', { retryAfter: LIMIT_WINDOW_MS / 1000 });
    },
  });

const HOUR_MS = 3_600_000;

// Whole IPv6 networks count as one source.
const limitSource = (perHour: number): RequestHandler =>
  rateLimit({
    windowMs: HOUR_MS,
    limit: perHour,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler: (request) => {
      const resetAt = (request as Request & { rateLimit?: { resetTime?: Date } }).rateLimit?.resetTime?.getTime();
      throw new Problem('too-many-requests', { retryAfter: Math.ceil(((resetAt ?? Date.now() + HOUR_MS) - Date.now()) / 1000) });
    },
  });

async function answer(route: Route, request: Request, response: Response): Promise<void> {
  const from = performance.now();
  checkPermission(route.spec.permission, request);
  const call = await callOf(route, request, response);
  const result = await route.handle(call).catch((refusal: unknown) => refuseEvenly(refusal, from));
  if (result instanceof Streamed) return result.write(response);
  const reply = result instanceof Reply ? result : new Reply(route.spec.status ?? (result === undefined ? 204 : 200), result);
  response.set('Cache-Control', 'no-store').status(reply.status);
  for (const [name, value] of Object.entries(reply.headers)) response.set(name, typeof value === 'string' ? value : [...value]);
  if (reply.body === undefined) response.end();
  else response.json(reply.body);
}

function checkPermission(permission: RoutePermission, request: Request): void {
  if (permission === 'anyone') return;
  const { actor } = callerOf(request);
  if (actor === null) throw new Problem('not-signed-in');
  if (isGeneral(permission)) demand(actor, permission, null);
}

async function callOf({ spec }: Route, request: Request, response: Response): Promise<AnyCall> {
  const locale = localeOf(request);
  refuseUnstorable([request.params, request.query]);
  const params = spec.params?.safeParse(request.params);
  if (params?.success === false) throw new Problem('not-found');
  const query = spec.query && parse(spec.query.strict(), withPlusSigns(request.query), { at: 'query', locale, slug: 'malformed' });
  const given = spec.body && (await readBody(request, response, spec.bodyType));
  const body = spec.body && parse(spec.body, given, { at: '', locale, slug: 'malformed' });
  return {
    ...callerOf(request),
    params: params?.data,
    query,
    body,
    key: idempotencyKey(request),
    bodyHash: bodyHash(request.method, request.path, given),
    locale,
    requestId: String(request.id),
    at: new Date(),
    ip: request.ip ?? '',
    header: (name) => request.get(name),
    signal: hangUp(response),
  } as AnyCall; // `actor` is set: checkPermission has seen to it
}

/** An offset's plus sign that the caller did not escape arrives as a blank: `2026-09-30T10:00:00 08:00`. */
const withPlusSigns = (query: Request['query']) =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/(T[\d:.]+) (\d\d:\d\d)$/, '$1+$2') : value,
    ]),
  );

function idempotencyKey(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return randomUUID();
  if (/^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/.test(key)) return key;
  const message = localeOf(request) === 'zh' ? '须为 1–200 个可打印的 ASCII 字符' : 'expected 1–200 printable ASCII characters';
  throw new Problem('malformed', { errors: [{ path: 'Idempotency-Key', message }] });
}

function hangUp(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

function refuseMethod(methods: readonly string[]): RequestHandler {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (request, response) => {
    response.set('Allow', allow);
    if (request.method !== 'OPTIONS') throw new Problem('method-not-allowed');
    response.status(204).end();
  };
}
