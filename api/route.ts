import type { Response } from 'express';
import type { z } from 'zod';
import { isPermission, type Permission } from '../domain/access.ts';
import type { Actor } from '../domain/actor.ts';
import type { Locale, Text } from '../domain/ids.ts';
import type { ProblemSlug } from '../domain/problems.ts';
import type { BodyType } from './read-body.ts';

/**
 * What a caller needs: nothing at all (`anyone`), or what domain/access.ts calls so. Permissions that the person alone decides (`person.import`, `case.list`) are
 * checked before the handler runs; those about one case, task or person the handler demands on that very row.
 */
export type RoutePermission = 'anyone' | Permission;

export type Method = 'get' | 'post' | 'put' | 'delete';

export interface RouteSpec {
  readonly title: Text;
  readonly permission: RoutePermission;
  /** One value of the path that does not parse means 404: such an address names nothing. */
  readonly params?: z.ZodObject;
  /** Strict: an unknown or repeated parameter is refused. */
  readonly query?: z.ZodObject;
  /** Strict: an unknown field is refused. */
  readonly body?: z.ZodType;
  /** JSON (up to 1 MB) unless stated; `csv` gives the handler's schema the text (up to 10 MB), `sheet` also the bytes of a workbook (up to 2 MB), `file` an `IncomingFile` that the handler reads. */
  readonly bodyType?: BodyType;
  /** Takes an `Idempotency-Key`; a caller that sends none gets a random one, and so no second try. */
  readonly idempotent?: true;
  /** How many requests to this route one source may send in an hour; for routes that nobody signs in for. */
  readonly perHour?: number;
  /** The answer. Documentation for callers; not checked at run time. */
  readonly view?: z.ZodType;
  /** Status of the ordinary answer, 200 unless stated (204 without a view). */
  readonly status?: number;
  /** Further statuses with the same view, such as 200 for a repeated request. */
  readonly otherStatuses?: readonly number[];
  /** `application/json` unless stated. */
  readonly mediaType?: string;
  /** Problems of this route beyond those that every route can answer. */
  readonly problems?: readonly ProblemSlug[];
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a handler gets: everything parsed, the caller known. */
export interface Call<S extends RouteSpec> {
  readonly actor: S['permission'] extends 'anyone' ? Actor | null : Actor;
  readonly params: Parsed<S['params']>;
  readonly query: Parsed<S['query']>;
  readonly body: Parsed<S['body']>;
  /** The idempotency key; unique only together with the actor. */
  readonly key: string;
  /** SHA-256 over method, path and the body's canonical JSON: the same key with another hash is a conflict. */
  readonly bodyHash: string;
  readonly locale: Locale;
  readonly requestId: string;
  /** The instant at which the request came in. */
  readonly at: Date;
  /** The caller's bearer token or session cookie. */
  readonly token: string | undefined;
  readonly ip: string;
  header(name: string): string | undefined;
  /** Aborted when the caller hangs up or the server stops. */
  readonly signal: AbortSignal;
}

export type AnyCall = Call<RouteSpec>;

/** An answer that is more than a body with the ordinary status. */
export class Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;

  constructor(status: number, body?: unknown, headers: Reply['headers'] = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** An answer that writes to the response by itself and is done when `write` resolves. */
export class Streamed {
  readonly write: (response: Response) => Promise<void>;

  constructor(write: Streamed['write']) {
    this.write = write;
  }
}

export interface Route {
  readonly method: Method;
  /** Below `/api/v1`, with `:name` parameters. */
  readonly path: string;
  readonly spec: RouteSpec;
  /** `call` has been parsed by this route's own `spec`. */
  readonly handle: (call: AnyCall) => Promise<unknown>;
}

const routeOf =
  (method: Method) =>
  <const S extends RouteSpec>(path: string, spec: S, handle: (call: Call<S>) => Promise<unknown>): Route => ({
    method,
    path,
    spec,
    // mount.ts parses with this very spec before it calls; the list of routes forgets the type of each.
    handle: (call) => handle(call as Call<S>),
  });

export const route = { get: routeOf('get'), post: routeOf('post'), put: routeOf('put'), delete: routeOf('delete') };

/** Refuses to start with routes that name no permission, or with two at one address. */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { method, path, spec } of routes) {
    const address = `${method.toUpperCase()} ${path.replace(/:\w+/g, ':')}`;
    if (seen.has(address)) throw new Error(`two routes at ${address}`);
    seen.add(address);
    // A cast or a spread can get past the type; this can't.
    const permission: unknown = spec.permission;
    if (permission !== 'anyone' && !isPermission(permission)) throw new Error(`${address} names no permission`);
  }
}
