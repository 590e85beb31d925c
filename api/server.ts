import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { Problem } from '../domain/problems.ts';
import { sqlState } from '../store/in-transaction.ts';
import { localeOf } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import { frontPage } from './front-page.ts';
import { healthRoutes } from './health.ts';
import { API_BASE, mountRoutes } from './mount.ts';
import { openApiRoutes } from './openapi.ts';
import { pageRoutes } from './pages.ts';
import { isUnforeseen, problemOf, sendProblem } from './problem-response.ts';
import { measureRequests } from './request-metrics.ts';
import type { Route } from './route.ts';
import { routesOf } from './routes.ts';
import { staticPages } from './static-pages.ts';
import { answerUnreadable } from './unreadable-request.ts';

/** The whole HTTP side as one Express application. @throws when a route names no permission */
export function createApi(deps: ApiDeps, routes: readonly Route[] = routesOf(deps)): Express {
  const app = express();
  app.disable('x-powered-by').set('trust proxy', 'loopback').set('etag', false);
  app.use(helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: deps.secureCookies }));
  app.use(requestLog(deps), measureRequests);
  app.use(healthRoutes(deps), staticPages());
  const documented = [...routes, ...openApiRoutes(routes)];
  app.use(packed, compression());
  app.use(API_BASE, mountRoutes(deps, documented));
  app.use(pageRoutes(), frontPage(deps));
  app.use(() => {
    throw new Problem('not-found');
  });
  app.use(answerError(deps));
  return app;
}

/** Large, and the same for many: nothing in them could be guessed from how well it packs. */
const packed = ['/processes', '/openapi.json'].map((path) => `${API_BASE}${path}`);

/** Everything from this host, nothing inline: pages, their styles and scripts are files. */
const directives = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

// One line for each request: ids, route and time, but no query, body, name or token.
const requestLog = ({ log }: ApiDeps) =>
  pinoHttp({
    logger: log,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        path: withoutReceipt(url.split('?')[0] ?? ''),
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
      // The error itself has a line of its own, where it was caught.
      err: () => undefined,
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: { ignore: (request) => ['/healthz', '/readyz', '/metrics'].includes(request.url ?? '') },
  });

/** Whoever knows a clue's receipt code is its reporter: it stands in no log. */
const withoutReceipt = (path: string): string => path.replace(/(\/clues\/)[^/]+/, '$1…');

const answerError =
  ({ log }: ApiDeps): ErrorRequestHandler =>
  (error, request, response, _next) => {
    if (isUnforeseen(error)) log.error({ err: error, sqlState: sqlState(error), requestId: String(request.id) }, 'request failed');
    // Too late for a problem: cut the connection, so that nobody takes half an answer for a whole one.
    if (response.headersSent) return response.destroy();
    sendProblem(request, response, { problem: problemOf(error, request.method), locale: localeOf(request) });
  };

export interface RunningServer {
  readonly server: Server;
  readonly port: number;
  /** Stops accepting, ends streams, lets requests finish for at most `graceMs` milliseconds, then closes. */
  stop(graceMs?: number): Promise<void>;
}

/** How long a request may take to arrive: time enough for a large file over a slow line. */
const LONGEST_REQUEST_MS = 120_000;

/** Listens. @throws the system's own error (`EADDRINUSE`, `EACCES`) when the address can't be had */
export async function serve(app: Express, { host, port, endStreams }: ListenOptions): Promise<RunningServer> {
  const server = createServer(app);
  server.requestTimeout = LONGEST_REQUEST_MS;
  server.on('clientError', answerUnreadable);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address();
  return {
    server,
    port: address !== null && typeof address === 'object' ? address.port : port,
    stop: (graceMs = 10_000) => stop(server, endStreams, graceMs),
  };
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Aborts `ApiDeps.stopping`. */
  readonly endStreams: () => void;
}

async function stop(server: Server, endStreams: () => void, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  endStreams();
  // A connection that is kept alive turns idle only when its answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const overdue = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(overdue);
}
