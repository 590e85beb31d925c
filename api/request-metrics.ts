import type { RequestHandler } from 'express';
import { Histogram } from 'prom-client';
import { metrics } from '../platform/metrics.ts';

const seconds = new Histogram({
  name: 'fivefold_http_request_seconds',
  help: 'Time from request to the end of the answer, by method, route and status.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
});

/** Counts and times requests under the pattern of their route, never under ids. */
export const measureRequests: RequestHandler = (request, response, next) => {
  const end = seconds.startTimer();
  response.once('close', () => {
    const route: unknown = request.route?.path;
    end({ method: request.method, route: typeof route === 'string' ? route : 'none', status: String(response.statusCode) });
  });
  next();
};
